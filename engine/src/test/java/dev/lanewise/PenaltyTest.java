package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.model.Activation;
import dev.lanewise.model.AdamW;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Optimizer;
import dev.lanewise.model.Sgd;
import dev.lanewise.model.TrainingOptions;
import dev.lanewise.model.TrainingOptions.Penalty;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What penalties take from parameters whose loss has no gradient. */
class PenaltyTest {
  private static final float RATE = 0.25f;
  private static final int ROWS = 3;

  private final Network network = network(Backend.preferred());
  private final float[][] weights = {network.weights(0), network.weights(1), network.weights(2)};
  private final float[][] biases = {network.bias(0), network.bias(1), network.bias(2)};

  private static Network network(Backend backend) {
    Network network =
        Network.builder(3)
            .dense(5, Activation.TANH)
            .layerNorm(Activation.IDENTITY)
            .dense(2, Activation.IDENTITY)
            .backend(backend)
            .build();
    float[] parameters = Samples.numbers(network.parameterCount(), 1);
    parameters[1] = 0;
    network.setParameters(parameters);
    return network;
  }

  private static TrainingOptions options(Optimizer optimizer) {
    return TrainingOptions.of(Loss.SQUARED_ERROR, optimizer);
  }

  /** Makes a step whose outputs have a gradient of zero. */
  private static void step(Network network, TrainingOptions options) {
    Trainer trainer = new Trainer(network, options);
    trainer.forward(ROWS, Samples.numbers(ROWS * 3, 2), 0, new float[ROWS * 2], 0);
    trainer.backward(new float[ROWS * 2], 0);
  }

  private static void becomes(DoubleUnaryOperator formula, float[] before, float[] after) {
    for (int i = 0; i < before.length; i++) {
      assertEquals(formula.applyAsDouble(before[i]), after[i], 1e-7, "number " + i);
    }
  }

  private void allBecome(DoubleUnaryOperator formula) {
    for (int l = 0; l < 3; l++) {
      becomes(formula, weights[l], network.weights(l));
      becomes(formula, biases[l], network.bias(l));
    }
  }

  @Test
  void withoutAPenaltyNothingChanges() {
    float[] before = network.parameters();
    step(network, options(new Sgd(RATE, 0.9f)));
    step(network, options(new AdamW(RATE, 0.9f, 0.999f, 1e-8f, 0)));
    assertArrayEquals(before, network.parameters());
  }

  @ParameterizedTest
  @EnumSource
  void l1TakesItsSign(Backend backend) {
    Network one = network(backend);
    step(one, options(new Sgd(RATE)).l1(0.125f));
    becomes(w -> w - RATE * 0.125 * Math.signum(w), weights[0], one.weights(0));
    becomes(w -> w - RATE * 0.125 * Math.signum(w), biases[2], one.bias(2));
    assertEquals(0, one.weights(0)[1]);
  }

  @Test
  void theWeightDecayOfSgdIsAddedToTheGradient() {
    step(network, options(new Sgd(RATE, 0, false, 0.5f)));
    allBecome(w -> w - RATE * 0.5 * w);
  }

  @Test
  void theWeightDecayOfAdamWIsTakenBesideTheGradient() {
    step(network, options(new AdamW(RATE, 0.9f, 0.999f, 1e-8f, 0.5f)));
    allBecome(w -> w * (1 - RATE * 0.5));
  }

  @Test
  void l1AndTheWeightDecayOfTheOptimizerAddUp() {
    step(network, options(new Sgd(RATE, 0, false, 0.5f)).l1(0.125f));
    allBecome(w -> w - RATE * (0.5 * w + 0.125 * Math.signum(w)));
  }

  @ParameterizedTest
  @EnumSource
  void aLayersOwnPenaltyTakesThePlaceOfTheOthers(Backend backend) {
    Network own = network(backend);
    Penalty all = new Penalty(0.125f, 0.25f, 0.5f);
    step(
        own, options(new Sgd(RATE, 0, false, 0.5f)).l1(1).penalty(0, Penalty.NONE).penalty(2, all));
    assertArrayEquals(weights[0], own.weights(0));
    assertArrayEquals(biases[0], own.bias(0));
    becomes(w -> w - RATE * (0.5 * w + Math.signum(w)), weights[1], own.weights(1));
    DoubleUnaryOperator formula =
        w -> {
          double left = w * (1 - RATE * 0.5);
          return left - RATE * (0.125 * Math.signum(left) + 0.25 * left);
        };
    becomes(formula, weights[2], own.weights(2));
    becomes(formula, biases[2], own.bias(2));
  }

  @Test
  void withoutPenaltyOnBiasesOnlyTheWeightsOfDenseLayersShrink() {
    TrainingOptions options = options(new Sgd(RATE, 0, false, 0.5f)).withoutPenaltyOnBiases();
    step(network, options.penalty(2, new Penalty(0, 1, 0)));
    becomes(w -> w - RATE * 0.5 * w, weights[0], network.weights(0));
    assertArrayEquals(weights[1], network.weights(1));
    becomes(w -> w - RATE * w, weights[2], network.weights(2));
    for (int l = 0; l < 3; l++) {
      assertArrayEquals(biases[l], network.bias(l));
    }
  }

  @Test
  void aFrozenLayerIsNotPenalized() {
    step(network, options(new AdamW(RATE)).l1(1).freeze(0, 1));
    assertArrayEquals(weights[0], network.weights(0));
    assertArrayEquals(weights[1], network.weights(1));
    assertArrayEquals(biases[1], network.bias(1));
    assertEquals(0, Float.compare(0, network.weights(0)[1]));
  }

  @Test
  void aFactorOnTheLearningRateScalesThePenaltyAsWell() {
    step(network, options(new AdamW(RATE, 0.9f, 0.999f, 1e-8f, 0.5f)).rateFactor(2, 0.5f));
    becomes(w -> w * (1 - RATE * 0.5), weights[0], network.weights(0));
    becomes(w -> w * (1 - RATE * 0.5 * 0.5), weights[2], network.weights(2));
  }

  @Test
  void theLossOfAStepDoesNotContainThePenalty() {
    float[] x = Samples.numbers(ROWS * 3, 2);
    float[] targets = Samples.numbers(ROWS * 2, 3);
    double plain = new Trainer(network.copy(), options(new Sgd(RATE))).step(x, targets);
    assertEquals(plain, new Trainer(network, options(new Sgd(RATE)).l1(1)).step(x, targets));
  }
}
