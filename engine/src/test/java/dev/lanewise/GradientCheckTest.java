package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.model.Activation;
import dev.lanewise.model.Init;
import dev.lanewise.model.Sgd;
import dev.lanewise.model.StandardLoss;
import dev.lanewise.model.StandardLoss.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a step subtracts is the gradient of the loss, as found by trying neighbouring parameters.
 */
class GradientCheckTest {
  /** So large that the parameters' own rounding is nothing beside the update; a power of two. */
  private static final float RATE = 0x1p12f;

  private static final double STEP = 1e-5;
  private static final int INPUTS = 4;

  static Stream<Arguments> activations() {
    List<Arguments> pairs = new ArrayList<>();
    for (Activation hidden : kinds()) {
      for (Activation last : kinds()) {
        if (!hidden.equals(Activation.SOFTMAX)) {
          pairs.add(Arguments.of(hidden, last));
        }
      }
    }
    return pairs.stream();
  }

  private static List<Activation> kinds() {
    return Arrays.stream(Activation.Kind.values())
        .map(Samples::activation)
        .filter(activation -> !activation.needsSums())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("activations")
  void aStepSubtractsTheGradientOfTheLoss(Activation hidden, Activation last) {
    for (Backend backend : Backend.values()) {
      for (StandardLoss loss : Samples.losses()) {
        if (last.equals(Activation.SIGMOID) && loss.kind() == Kind.BINARY_CROSS_ENTROPY) {
          continue;
        }
        for (int outputs : new int[] {1, 3}) {
          for (int rows : new int[] {1, 5}) {
            check(network(hidden, last, outputs, true, backend), loss, rows);
            check(network(hidden, last, outputs, false, backend), loss, rows);
          }
        }
      }
    }
  }

  private static Network network(
      Activation hidden, Activation last, int outputs, boolean bias, Backend backend) {
    Network network =
        Network.builder(INPUTS)
            .layer(6, hidden, bias)
            .layer(5, hidden, bias)
            .layer(outputs, last, bias)
            .init(Init.HE, 17)
            .backend(backend)
            .build();
    for (int l = 0; l < 3; l++) {
      float[] values = Samples.numbers(network.bias(l).length, 100 + l);
      network.setBias(l, values);
    }
    return network;
  }

  private static void check(Network network, StandardLoss loss, int rows) {
    float[] x = Samples.numbers(rows * INPUTS, 8);
    float[] targets = Samples.probabilities(rows, network.outputs(), 9);
    String what = network.layers() + ", " + loss + ", " + rows + " rows";
    float[] before = network.parameters();
    double[] numeric = numericGradient(network, loss, rows, x, targets);
    double value =
        new ReferenceNetwork(network.layers(), doubles(before)).loss(loss, rows, x, targets);

    double got = new Trainer(network, loss, new Sgd(RATE)).step(x, targets);

    assertEquals(value, got, 5e-6 * (1 + Math.abs(value)), what);
    float[] after = network.parameters();
    for (int i = 0; i < before.length; i++) {
      double applied = ((double) before[i] - after[i]) / RATE;
      int parameter = i;
      assertEquals(
          numeric[i], applied, 5e-6 * (1 + Math.abs(value)), () -> what + ", number " + parameter);
    }
  }

  private static double[] numericGradient(
      Network network, StandardLoss loss, int rows, float[] x, float[] targets) {
    double[] parameters = doubles(network.parameters());
    ReferenceNetwork reference = new ReferenceNetwork(network.layers(), parameters);
    double[] gradient = new double[parameters.length];
    for (int i = 0; i < gradient.length; i++) {
      double old = parameters[i];
      parameters[i] = old + STEP;
      double above = reference.loss(loss, rows, x, targets);
      parameters[i] = old - STEP;
      double below = reference.loss(loss, rows, x, targets);
      parameters[i] = old;
      gradient[i] = (above - below) / (2 * STEP);
    }
    return gradient;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
