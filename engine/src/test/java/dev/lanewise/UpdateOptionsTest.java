package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.model.Activation;
import dev.lanewise.model.Adam;
import dev.lanewise.model.AdamW;
import dev.lanewise.model.Lion;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Optimizer;
import dev.lanewise.model.Sgd;
import dev.lanewise.model.TrainingOptions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Frozen layers, factors on the learning rate, limits of gradients, accumulation. */
class UpdateOptionsTest {
  private static final int ROWS = 12;
  private static final int INPUTS = 7;
  private static final int OUTPUTS = 3;

  /** A power of two, so that gradients are read from parameters but for their rounding. */
  private static final float LARGE = 0x1p12f;

  private final float[] x = Samples.numbers(ROWS * INPUTS, 1);
  private final float[] targets = Samples.numbers(ROWS * OUTPUTS, 2);

  private static Network network(Backend backend) {
    Network network =
        Network.builder(INPUTS)
            .dense(9, Activation.TANH)
            .layerNorm(Activation.TANH)
            .dense(6, Activation.SIGMOID)
            .dense(OUTPUTS, Activation.IDENTITY)
            .backend(backend)
            .build();
    network.setParameters(Samples.numbers(network.parameterCount(), 3));
    return network;
  }

  private static TrainingOptions options(Optimizer optimizer) {
    return TrainingOptions.of(Loss.MEAN_SQUARED_ERROR, optimizer);
  }

  private float[] afterStep(Network start, TrainingOptions options) {
    Network network = start.copy();
    new Trainer(network, options).step(x, targets);
    return network.parameters();
  }

  /** The gradient of the layers that learn, and zeros for the others. */
  private double[] gradient(Network network, int... frozen) {
    float[] before = network.parameters();
    float[] after = afterStep(network, options(new Sgd(LARGE)).freeze(frozen));
    double[] gradient = new double[before.length];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = ((double) before[i] - after[i]) / LARGE;
    }
    return gradient;
  }

  private static void isStep(double[] step, float[] before, float[] after) {
    for (int i = 0; i < step.length; i++) {
      assertEquals(before[i] - step[i], after[i], 1e-6, "number " + i);
    }
  }

  static List<Optimizer> optimizers() {
    return List.of(new Sgd(0.5f), new Sgd(0.5f, 0.9f), new AdamW(0.5f), new Lion(0.5f));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void frozenLayersKeepEveryBitAndThoseBelowLearnWhatTheyWouldLearn(Optimizer optimizer) {
    Network network = network(Backend.preferred());
    Network free = network.copy();
    Network start = network.copy();
    new Trainer(free, options(optimizer)).step(x, targets);
    Trainer trainer = new Trainer(network, options(optimizer).freeze(1, 2));
    trainer.step(x, targets);
    assertArrayEquals(free.weights(0), network.weights(0));
    assertArrayEquals(free.bias(0), network.bias(0));
    assertArrayEquals(free.weights(3), network.weights(3));
    for (int step = 0; step < 5; step++) {
      trainer.step(x, targets);
    }
    for (int l = 1; l <= 2; l++) {
      assertArrayEquals(start.weights(l), network.weights(l));
      assertArrayEquals(start.bias(l), network.bias(l));
    }
  }

  @Test
  void whereAllLayersAreFrozenAStepOnlyGivesTheLoss() {
    Network network = network(Backend.preferred());
    float[] before = network.parameters();
    for (TrainingOptions options :
        List.of(options(new Sgd(1)), options(new Sgd(1)).clipNorm(1).accumulate(2))) {
      Trainer trainer = new Trainer(network, options.freeze(0, 1, 2, 3));
      double loss = trainer.loss(ROWS, x, 0, targets, 0);
      assertEquals(loss, trainer.step(x, targets));
      assertEquals(loss, trainer.step(x, targets));
      assertArrayEquals(before, network.parameters());
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void aFactorScalesTheLearningRateOfItsLayer(Optimizer optimizer) {
    Network half = network(Backend.preferred());
    Network network = half.copy();
    Network full = half.copy();
    new Trainer(half, options(optimizer.withLearningRate(0.25f))).step(x, targets);
    new Trainer(full, options(optimizer)).step(x, targets);
    new Trainer(network, options(optimizer).rateFactor(1, 0.5f).rateFactor(2, 0.5f))
        .step(x, targets);
    for (int l = 0; l < 4; l++) {
      Network expected = l == 1 || l == 2 ? half : full;
      assertArrayEquals(expected.weights(l), network.weights(l), "layer " + l);
      assertArrayEquals(expected.bias(l), network.bias(l), "layer " + l);
    }
  }

  @ParameterizedTest
  @EnumSource
  void clippingByValueLimitsEachNumberOfTheGradient(Backend backend) {
    Network network = network(backend);
    double[] gradient = gradient(network);
    double limit = 0.03125;
    int limited = 0;
    for (int i = 0; i < gradient.length; i++) {
      limited += Math.abs(gradient[i]) > limit ? 1 : 0;
      gradient[i] = Math.max(-limit, Math.min(limit, gradient[i]));
    }
    assertTrue(limited > 5 && limited < gradient.length - 5, limited + " were limited");
    float[] after = afterStep(network, options(new Sgd(1)).clipValue((float) limit));
    isStep(gradient, network.parameters(), after);
  }

  private static double norm(double[] gradient) {
    return Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum());
  }

  @ParameterizedTest
  @EnumSource
  void clippingByNormScalesTheGradientOfAllLayersThatLearn(Backend backend) {
    Network network = network(backend);
    for (int[] frozen : new int[][] {{}, {0}, {3}, {1, 2}}) {
      double[] gradient = gradient(network, frozen);
      float limit = (float) norm(gradient) / 4;
      double factor = limit / (norm(gradient) + 1e-6);
      double[] step = Arrays.stream(gradient).map(g -> g * factor).toArray();
      TrainingOptions options = options(new Sgd(1)).freeze(frozen).clipNorm(limit);
      isStep(step, network.parameters(), afterStep(network, options));
    }
  }

  @Test
  void aGradientOfASmallerNormStaysAsItIs() {
    Network network = network(Backend.preferred());
    double[] gradient = gradient(network);
    float limit = 1.001f * (float) norm(gradient);
    float[] after = afterStep(network, options(new Sgd(1)).clipNorm(limit));
    isStep(gradient, network.parameters(), after);
  }

  @Test
  void clippingByValueComesBeforeClippingByNorm() {
    Network network = network(Backend.preferred());
    double[] gradient = gradient(network);
    double limit = 0.03125;
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = Math.max(-limit, Math.min(limit, gradient[i]));
    }
    double factor = 0.125 / (norm(gradient) + 1e-6);
    assertTrue(factor < 1);
    double[] step = Arrays.stream(gradient).map(g -> g * factor).toArray();
    TrainingOptions options = options(new Sgd(1)).clipValue((float) limit).clipNorm(0.125f);
    isStep(step, network.parameters(), afterStep(network, options));
  }

  static List<TrainingOptions> accumulated() {
    Adam adam = new Adam(0.05f, 0.9f, 0.999f, 1e-3f, 0.01f);
    return List.of(
        options(new Sgd(0.5f)),
        options(new Sgd(0.5f, 0.9f)).l1(0.01f),
        options(adam),
        options(adam).clipNorm(0.125f),
        options(adam).clipValue(0.03125f).freeze(2));
  }

  /** Three batches of four rows are one of twelve; only the third step changes anything. */
  @ParameterizedTest
  @MethodSource("accumulated")
  void accumulatedStepsAreOneStepOfTheWholeBatch(TrainingOptions options) {
    for (Backend backend : Backend.values()) {
      Network whole = network(backend);
      Network parts = whole.copy();
      Trainer wholes = new Trainer(whole, options);
      Trainer trainer = new Trainer(parts, options.accumulate(3));
      for (int update = 0; update < 4; update++) {
        float[] before = parts.parameters();
        double loss = wholes.step(x, targets);
        double sum = 0;
        for (int part = 0; part < 3; part++) {
          assertArrayEquals(before, parts.parameters());
          sum += trainer.step(4, x, part * 4 * INPUTS, targets, part * 4 * OUTPUTS);
        }
        assertEquals(loss, sum / 3, 1e-5 * loss);
        assertFalse(Arrays.equals(before, parts.parameters()));
        assertArrayEquals(whole.parameters(), parts.parameters(), 1e-5f);
      }
    }
  }
}
