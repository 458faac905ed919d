package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Training does what PyTorch does, step by step, but for rounding: every trace in the folder. */
class TorchTracesTest {
  private static final double LOSS_TOLERANCE = 2e-5;
  private static final double WEIGHT_TOLERANCE = 1e-5;
  private static final double OUTPUT_TOLERANCE = 5e-5;

  static Stream<Arguments> runs() throws IOException, URISyntaxException {
    Path folder = Path.of(TorchTracesTest.class.getResource("/torch").toURI());
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    return files.stream()
        .flatMap(
            file ->
                Stream.of(Backend.values()).map(b -> Arguments.of(file.getFileName(), b, file)));
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("runs")
  void aRunGoesWherePyTorchGoes(Path name, Backend backend, Path file) throws IOException {
    TorchTrace trace = TorchTrace.read(file);
    Network network = trace.network(backend);
    float[] inputs = trace.floats("inputs");
    float[] targets = trace.targets();
    Trainer trainer = new Trainer(network, trace.options());
    int batch = trace.batch();
    double[] losses = trace.numbers("losses");
    double[] recordedRates = trace.numbers("lrs");
    double[] rates = trace.learningRates();
    assertEquals(trace.steps(), losses.length);
    assertEquals(trace.steps(), recordedRates.length);
    for (int step = 0; step < losses.length; step++) {
      String what = " of step " + step;
      assertEquals(recordedRates[step], rates[step], 1e-9 * rates[0], "learning rate" + what);
      trainer.setLearningRate((float) rates[step]);
      int row = step % 2 * batch;
      double got =
          trainer.step(batch, inputs, row * network.inputs(), targets, row * network.outputs());
      assertEquals(losses[step], got, LOSS_TOLERANCE * losses[step], "loss" + what);
    }
    for (int l = 0; l < network.layers().size(); l++) {
      same("weights " + l, trace.weights("final", l), network.weights(l), WEIGHT_TOLERANCE);
      same("bias " + l, trace.bias("final", l), network.bias(l), WEIGHT_TOLERANCE);
    }
    same("outputs", trace.numbers("outputs"), network.predict(inputs), OUTPUT_TOLERANCE);
  }

  private static void same(String what, double[] expected, float[] got, double tolerance) {
    assertEquals(expected.length, got.length, what);
    for (int i = 0; i < got.length; i++) {
      assertEquals(expected[i], got[i], tolerance, what + ", number " + i);
    }
  }
}
