package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Adam;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Layer.BatchNorm;
import dev.lanewise.model.Layer.LayerNorm;
import dev.lanewise.model.Loss;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** ONNX Runtime predicts what we predict. */
class OnnxTest {
  private static final float TOLERANCE = 1e-5f;

  @TempDir private Path directory;

  private void assertRunsAlike(Network network) throws IOException, OrtException {
    Path file = directory.resolve("network.onnx");
    ModelFiles.writeOnnx(network, file);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        OrtSession session = environment.createSession(file.toString(), options)) {
      for (int rows : new int[] {1, 5}) {
        float[] x = Samples.numbers(rows * network.inputs(), rows);
        for (int i = 0; i < x.length; i++) {
          x[i] *= 3;
        }
        long[] shape = {rows, network.inputs()};
        try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), shape);
            OrtSession.Result result = session.run(Map.of("input", input))) {
          float[][] y = (float[][]) result.get("output").orElseThrow().getValue();
          float[] expected = network.predict(x);
          assertEquals(rows, y.length);
          for (int i = 0; i < expected.length; i++) {
            float got = y[i / network.outputs()][i % network.outputs()];
            assertEquals(expected[i], got, TOLERANCE * Math.max(1, Math.abs(expected[i])));
          }
        }
      }
    }
  }

  private static Network trained(Network network) {
    Trainer trainer = new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Adam(0.01f), 1);
    for (int step = 0; step < 20; step++) {
      trainer.step(
          Samples.numbers(13 * network.inputs(), step),
          Samples.numbers(13 * network.outputs(), 100 + step));
    }
    return network;
  }

  @ParameterizedTest
  @EnumSource
  void everyActivation(Activation.Kind kind) throws IOException, OrtException {
    Activation activation = Samples.activation(kind);
    Network last =
        Network.builder(7).dense(9, activation).initializer(Initializer.XAVIER, 3).build();
    assertRunsAlike(trained(last));
    if (kind != Activation.Kind.SOFTMAX) {
      Network hidden =
          Network.builder(7)
              .dense(9, activation, false)
              .layer(new LayerNorm(9, activation, 0.1f))
              .layer(new BatchNorm(9, activation, 0.2f, 0.1f))
              .dense(9, Activation.IDENTITY)
              .residual(1, activation)
              .dense(2, Activation.IDENTITY)
              .initializer(Initializer.XAVIER, 3)
              .build();
      assertRunsAlike(trained(hidden));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyLayer(Backend backend) throws IOException, OrtException {
    assertRunsAlike(trained(Samples.everyLayer(backend)));
  }

  @Test
  void dropoutWhereverItStands() throws IOException, OrtException {
    assertRunsAlike(Network.builder(3).dropout(0.5f).build());
    assertRunsAlike(
        Network.builder(3)
            .dropout(0.5f)
            .dropout(0.25f)
            .residual(1, Activation.RELU)
            .dense(4, Activation.SILU)
            .dropout(0.5f)
            .build());
  }

  @Test
  void theInputsAddedAtTheEnd() throws IOException, OrtException {
    assertRunsAlike(
        Network.builder(4).dense(4, Activation.SILU).residual(1, Activation.IDENTITY).build());
  }
}
