package dev.lanewise.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.model.TrainingOptions.Penalty;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizersTest {
  private static final String RATE =
      "learning rate must be a finite number of at least 0, but was ";
  private static final String DECAY =
      "weight decay must be a finite number of at least 0, but was ";
  private static final String BELOW_ONE = " must be at least 0 and below 1, but was ";
  private static final String EPSILON = "epsilon must be a finite number above 0, but was ";

  private static Arguments row(String message, Supplier<Optimizer> bad) {
    return Arguments.of(message, bad);
  }

  static Stream<Arguments> badNumbers() {
    return Stream.of(
        row(RATE + "-1.0E-9", () -> new Sgd(-1e-9f, 0.9f)),
        row(RATE + "NaN", () -> new Adam(Float.NaN)),
        row(RATE + "Infinity", () -> new AdamW(Float.POSITIVE_INFINITY)),
        row(RATE + "-1.0", () -> new RmsProp(-1)),
        row(RATE + "-1.0", () -> new AdaGrad(-1)),
        row(RATE + "-1.0", () -> new Lion(1).withLearningRate(-1)),
        row("momentum" + BELOW_ONE + "1.0", () -> new Sgd(1, 1)),
        row("momentum" + BELOW_ONE + "NaN", () -> new RmsProp(1, 0.9f, 1, Float.NaN, true, 0)),
        row(
            "Nesterov's momentum needs a momentum above 0, but it was 0; 0.9 is usual",
            () -> new Sgd(1, 0, true, 0)),
        row(DECAY + "-0.1", () -> new Sgd(1, 0, false, -0.1f)),
        row(DECAY + "-0.1", () -> new Adam(1, 0, 0, 1, -0.1f)),
        row(DECAY + "NaN", () -> new AdamW(1, 0, 0, 1, Float.NaN)),
        row(DECAY + "-0.1", () -> new RmsProp(1, 0, 1, 0, false, -0.1f)),
        row(DECAY + "-0.1", () -> new AdaGrad(1, 1, 0, -0.1f)),
        row(DECAY + "-0.1", () -> new Lion(1, 0, 0, -0.1f)),
        row("beta1" + BELOW_ONE + "1.0", () -> new Adam(1, 1, 0, 1, 0)),
        row("beta2" + BELOW_ONE + "-0.5", () -> new Adam(1, 0, -0.5f, 1, 0)),
        row("beta1" + BELOW_ONE + "1.0", () -> new AdamW(1, 1, 0, 1, 0)),
        row("beta2" + BELOW_ONE + "1.5", () -> new AdamW(1, 0, 1.5f, 1, 0)),
        row("beta1" + BELOW_ONE + "1.0", () -> new Lion(1, 1, 0, 0)),
        row("beta2" + BELOW_ONE + "1.0", () -> new Lion(1, 0, 1, 0)),
        row("alpha" + BELOW_ONE + "1.0", () -> new RmsProp(1, 1, 1, 0, false, 0)),
        row(EPSILON + "0.0", () -> new Adam(1, 0, 0, 0, 0)),
        row(EPSILON + "-1.0", () -> new AdamW(1, 0, 0, -1, 0)),
        row(EPSILON + "0.0", () -> new RmsProp(1, 0, 0, 0, false, 0)),
        row(EPSILON + "NaN", () -> new AdaGrad(1, Float.NaN, 0, 0)),
        row(
            "initial sum must be a finite number of at least 0, but was -2.0",
            () -> new AdaGrad(1, 1, -2, 0)));
  }

  @ParameterizedTest
  @MethodSource("badNumbers")
  void aNumberOutsideItsRangeIsRefusedByName(String message, Supplier<Optimizer> bad) {
    Exception e = assertThrows(IllegalArgumentException.class, bad::get);
    assertEquals(message, e.getMessage());
  }

  @Test
  void aLearningRateAloneMeansTheUsualNumbers() {
    assertEquals(new Sgd(0.5f, 0, false, 0), new Sgd(0.5f));
    assertEquals(new Sgd(0.5f, 0.9f, false, 0), new Sgd(0.5f, 0.9f));
    assertEquals(new Adam(0.5f, 0.9f, 0.999f, 1e-8f, 0), new Adam(0.5f));
    assertEquals(new AdamW(0.5f, 0.9f, 0.999f, 1e-8f, 0.01f), new AdamW(0.5f));
    assertEquals(new RmsProp(0.5f, 0.99f, 1e-8f, 0, false, 0), new RmsProp(0.5f));
    assertEquals(new AdaGrad(0.5f, 1e-10f, 0, 0), new AdaGrad(0.5f));
    assertEquals(new Lion(0.5f, 0.9f, 0.99f, 0), new Lion(0.5f));
  }

  static Stream<Arguments> decays() {
    return Stream.of(
        Arguments.of(new Sgd(1), true),
        Arguments.of(new Sgd(1).withNesterovMomentum(0.9f), true),
        Arguments.of(new Adam(1), true),
        Arguments.of(new AdamW(1), false),
        Arguments.of(new RmsProp(1).withMomentum(0.4f).centered(), true),
        Arguments.of(new AdaGrad(1), true),
        Arguments.of(new Lion(1), false));
  }

  @ParameterizedTest
  @MethodSource("decays")
  void weightDecayIsOfOneKind(Optimizer optimizer, boolean coupled) {
    Optimizer decaying = optimizer.withWeightDecay(0.3f);
    assertEquals(0.3f, decaying.weightDecay());
    assertEquals(
        coupled ? new Penalty(0, 0.3f, 0) : new Penalty(0, 0, 0.3f),
        TrainingOptions.of(Loss.POISSON, decaying).weightPenalty(0));
  }

  @ParameterizedTest
  @MethodSource("decays")
  void anotherLearningRateChangesNothingElse(Optimizer optimizer) {
    Optimizer other = optimizer.withLearningRate(0.125f);
    assertEquals(0.125f, other.learningRate());
    assertEquals(optimizer, other.withLearningRate(1));
  }

  @Test
  void hyperParametersAreNamed() {
    assertEquals(
        new Sgd(1, 0.9f, false, 0.5f), new Sgd(1).withMomentum(0.9f).withWeightDecay(0.5f));
    assertEquals(new Sgd(1, 0.9f, true, 0), new Sgd(1).withNesterovMomentum(0.9f));
    assertEquals(
        new Sgd(1, 0.8f, false, 0), new Sgd(1).withNesterovMomentum(1e-3f).withMomentum(0.8f));
    assertEquals(
        new Adam(1, 0.1f, 0.2f, 0.3f, 0.4f),
        new Adam(1).withBeta1(0.1f).withBeta2(0.2f).withEpsilon(0.3f).withWeightDecay(0.4f));
    assertEquals(
        new AdamW(1, 0.1f, 0.2f, 0.3f, 0.4f),
        new AdamW(1).withBeta1(0.1f).withBeta2(0.2f).withEpsilon(0.3f).withWeightDecay(0.4f));
    assertEquals(
        new RmsProp(1, 0.1f, 0.2f, 0.3f, true, 0.4f),
        new RmsProp(1)
            .withAlpha(0.1f)
            .withEpsilon(0.2f)
            .withMomentum(0.3f)
            .centered()
            .withWeightDecay(0.4f));
    assertEquals(
        new AdaGrad(1, 0.1f, 0.2f, 0.3f),
        new AdaGrad(1).withEpsilon(0.1f).withInitialSum(0.2f).withWeightDecay(0.3f));
    assertEquals(
        new Lion(1, 0.1f, 0.2f, 0.3f),
        new Lion(1).withBeta1(0.1f).withBeta2(0.2f).withWeightDecay(0.3f));
  }
}
