package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Training does what PyTorch does, step by step, but for rounding. */
class TorchTracesTest {
  /** A recorded training run; its weights are {@code out x in}, as PyTorch's are. */
  private static final class Trace {
    private final Map<String, Object> fields;

    Trace(String name) throws IOException {
      try (InputStream file = TorchTracesTest.class.getResourceAsStream("/torch/" + name)) {
        assertNotNull(file, name);
        fields = JSON.std.mapFrom(file);
      }
    }

    int number(String field) {
      return ((Number) fields.get(field)).intValue();
    }

    float learningRate() {
      return ((Number) ((Map<?, ?>) fields.get("hp")).get("lr")).floatValue();
    }

    double[] numbers(String field) {
      return numbers(fields.get(field));
    }

    static double[] numbers(Object list) {
      return ((List<?>) list).stream().mapToDouble(n -> ((Number) n).doubleValue()).toArray();
    }

    List<String> strings(String field) {
      List<String> strings = new ArrayList<>();
      for (Object string : (List<?>) fields.get(field)) {
        strings.add(String.valueOf(string));
      }
      return strings;
    }

    List<double[]> parameters(String moment, String kind) {
      List<double[]> layers = new ArrayList<>();
      for (Object layer : (List<?>) ((Map<?, ?>) fields.get(moment)).get(kind)) {
        layers.add(numbers(layer));
      }
      return layers;
    }

    boolean hasBias() {
      return (boolean) fields.get("bias");
    }

    boolean classes() {
      return ((String) fields.get("loss")).startsWith("softmax_ce");
    }
  }

  static Stream<Arguments> runs() {
    return Stream.of("sgd-relu-mse.json", "sgd-batch1.json", "sgd-sigmoid.json", "wide.json")
        .flatMap(file -> Stream.of(Backend.values()).map(backend -> Arguments.of(file, backend)));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void aRunEndsWherePyTorchEnds(String file, Backend backend) throws IOException {
    Trace trace = new Trace(file);
    Network network = network(trace, backend);
    float[] inputs = floats(trace.numbers("inputs"));
    float[] targets = targets(trace, network.outputs());
    Loss loss = trace.classes() ? Loss.SOFTMAX_CROSS_ENTROPY : Loss.MEAN_SQUARED_ERROR;
    Trainer trainer = new Trainer(network, loss, new Sgd(trace.learningRate()));
    int batch = trace.number("batch");
    double[] losses = trace.numbers("losses");
    assertEquals(trace.number("steps"), losses.length);
    for (int step = 0; step < losses.length; step++) {
      int row = step % 2 * batch;
      double got =
          trainer.step(batch, inputs, row * network.inputs(), targets, row * network.outputs());
      assertEquals(losses[step], got, 2e-5 * losses[step], "loss of step " + step);
    }
    List<double[]> weights = trace.parameters("final", "weights");
    List<double[]> biases = trace.parameters("final", "biases");
    for (int l = 0; l < weights.size(); l++) {
      int in = network.layers().get(l).in();
      same("weights " + l, transposed(weights.get(l), in), network.weights(l), 1e-5);
      same("bias " + l, trace.hasBias() ? biases.get(l) : new double[0], network.bias(l), 1e-5);
    }
    same("outputs", trace.numbers("outputs"), network.predict(inputs), 5e-5);
  }

  static Stream<Arguments> firstSteps() {
    return Stream.of(
        Arguments.of("smooth.json", Loss.softmaxCrossEntropy(0.1f)),
        Arguments.of("rmsprop-bce.json", Loss.BINARY_CROSS_ENTROPY),
        Arguments.of("adam-l2.json", Loss.huber(1)),
        Arguments.of("step-decay.json", Loss.MEAN_ABSOLUTE_ERROR));
  }

  /** Before the first update the loss depends on neither the optimizer nor our activations. */
  @ParameterizedTest
  @MethodSource("firstSteps")
  void aRunStartsWithThePyTorchLoss(String file, Loss loss) throws IOException {
    Trace trace = new Trace(file);
    double[] sizes = trace.numbers("sizes");
    int batch = trace.number("batch");
    int outputs = (int) sizes[sizes.length - 1];
    float[] y = Arrays.copyOf(floats(outputs(trace, sizes)), batch * outputs);
    float[] targets = Arrays.copyOf(targets(trace, outputs), batch * outputs);
    double first = trace.numbers("losses")[0];
    assertEquals(first, GradientCheck.of(loss, batch, outputs, y, targets).loss(), 1e-6 * first);
  }

  /** The outputs of all rows before training, in double precision. */
  private static double[] outputs(Trace trace, double[] sizes) {
    double[] x = trace.numbers("inputs");
    for (int l = 0; l < sizes.length - 1; l++) {
      int in = (int) sizes[l];
      int out = (int) sizes[l + 1];
      double[] weights = trace.parameters("initial", "weights").get(l);
      double[] bias = trace.parameters("initial", "biases").get(l);
      double[] y = new double[x.length / in * out];
      for (int k = 0; k < y.length; k++) {
        double z = bias[k % out];
        for (int i = 0; i < in; i++) {
          z += x[k / out * in + i] * weights[k % out * in + i];
        }
        y[k] = activated(trace.strings("acts").get(l), z);
      }
      x = y;
    }
    return x;
  }

  private static double activated(String activation, double z) {
    return switch (activation) {
      case "identity" -> z;
      case "relu" -> Math.max(z, 0);
      case "leaky_relu" -> z > 0 ? z : 0.01 * z;
      case "elu" -> z > 0 ? z : Math.expm1(z);
      case "gelu_tanh" ->
          z / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z * z * z)));
      default -> throw new IllegalArgumentException(activation);
    };
  }

  private static Network network(Trace trace, Backend backend) {
    double[] sizes = trace.numbers("sizes");
    List<String> activations = trace.strings("acts");
    NetworkBuilder builder = Network.builder((int) sizes[0]).backend(backend);
    for (int l = 0; l < activations.size(); l++) {
      String name = activations.get(l).toUpperCase(Locale.ROOT);
      builder.layer(
          (int) sizes[l + 1], new Activation(Activation.Kind.valueOf(name), 0), trace.hasBias());
    }
    Network network = builder.build();
    List<double[]> weights = trace.parameters("initial", "weights");
    List<double[]> biases = trace.parameters("initial", "biases");
    for (int l = 0; l < weights.size(); l++) {
      network.setWeights(l, floats(transposed(weights.get(l), (int) sizes[l])));
      network.setBias(l, trace.hasBias() ? floats(biases.get(l)) : new float[0]);
    }
    return network;
  }

  /** The targets, where they are classes as rows with a one at the class. */
  private static float[] targets(Trace trace, int outputs) {
    float[] targets = floats(trace.numbers("targets"));
    if (!trace.classes()) {
      return targets;
    }
    float[] rows = new float[targets.length * outputs];
    for (int r = 0; r < targets.length; r++) {
      rows[r * outputs + (int) targets[r]] = 1;
    }
    return rows;
  }

  private static double[] transposed(double[] weights, int in) {
    int out = weights.length / in;
    double[] transposed = new double[weights.length];
    for (int j = 0; j < out; j++) {
      for (int i = 0; i < in; i++) {
        transposed[i * out + j] = weights[j * in + i];
      }
    }
    return transposed;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static void same(String what, double[] expected, float[] got, double tolerance) {
    assertEquals(expected.length, got.length, what);
    for (int i = 0; i < got.length; i++) {
      assertEquals(expected[i], got[i], tolerance, what + ", number " + i);
    }
  }
}
