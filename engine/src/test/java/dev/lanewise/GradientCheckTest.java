package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.model.Activation;
import dev.lanewise.model.Activation.Kind;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Layer.BatchNorm;
import dev.lanewise.model.Layer.Dense;
import dev.lanewise.model.Layer.LayerNorm;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import dev.lanewise.model.TrainingOptions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a step subtracts is the gradient of the loss, as found by trying neighbouring parameters.
 */
class GradientCheckTest {
  /** So large that the parameters' own rounding is nothing beside the update; a power of two. */
  private static final float RATE = 0x1p12f;

  private static final double STEP = 1e-5;
  private static final int INPUTS = 4;

  /** Larger than usual, so that a column of nearly equal numbers has no steep slope. */
  private static final float EPSILON = 0.0625f;

  private static final long SEED = 5;

  /** Every activation, those with a parameter with a usual one. */
  static List<Activation> activations() {
    return Stream.of(Activation.Kind.values()).map(Samples::activation).toList();
  }

  private static List<Activation> hidden() {
    return activations().stream().filter(a -> !a.equals(Activation.SOFTMAX)).toList();
  }

  static Stream<Arguments> pairs() {
    return hidden().stream()
        .flatMap(hidden -> activations().stream().map(last -> Arguments.of(hidden, last)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void ofEveryActivationAndLoss(Activation hidden, Activation last) {
    for (Loss.Standard loss : Samples.losses()) {
      for (Backend backend : Backend.values()) {
        if (makesSense(last, 1, loss)) {
          check(plain(hidden, last, 1, true, backend), options(loss), 1);
          check(plain(hidden, last, 1, false, backend), options(loss), 5);
        }
        if (makesSense(last, 3, loss)) {
          check(plain(hidden, last, 3, false, backend), options(loss), 1);
          check(plain(hidden, last, 3, true, backend), options(loss), 5);
        }
      }
    }
  }

  /** A trainer refuses the other pairs. */
  private static boolean makesSense(Activation last, int outputs, Loss.Standard loss) {
    boolean logits = last.equals(Activation.IDENTITY) || last.kind() == Kind.LEAKY_RELU;
    boolean alone = outputs == 1 && last.equals(Activation.SOFTMAX);
    return !alone
        && switch (loss.kind()) {
          case SOFTMAX_CROSS_ENTROPY ->
              outputs > 1 && !last.equals(Activation.SIGMOID) && !last.equals(Activation.TANH);
          case BINARY_CROSS_ENTROPY -> logits || last.equals(Activation.SIGMOID);
          case POISSON -> logits;
          default -> true;
        };
  }

  private static Network plain(
      Activation hidden, Activation last, int outputs, boolean bias, Backend backend) {
    return built(
        Network.builder(INPUTS)
            .dense(6, hidden, bias)
            .dense(5, hidden, bias)
            .dense(outputs, last, bias),
        backend);
  }

  static Stream<Activation> hiddenActivations() {
    return hidden().stream();
  }

  @ParameterizedTest
  @MethodSource("hiddenActivations")
  void throughLayerNorms(Activation hidden) {
    for (Loss.Standard loss : Samples.losses()) {
      for (Backend backend : Backend.values()) {
        Network network =
            built(
                Network.builder(INPUTS)
                    .layer(new LayerNorm(INPUTS, Activation.IDENTITY, EPSILON))
                    .dense(6, Activation.IDENTITY)
                    .layer(new LayerNorm(6, hidden, EPSILON))
                    .dense(5, hidden)
                    .layer(new LayerNorm(5, Activation.IDENTITY, EPSILON))
                    .dense(3, Activation.IDENTITY),
                backend);
        check(network, options(loss), 1);
        check(network, options(loss), 4);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("hiddenActivations")
  void throughBatchNorms(Activation hidden) {
    for (Loss.Standard loss : Samples.losses()) {
      for (Backend backend : Backend.values()) {
        Network network =
            built(
                Network.builder(INPUTS)
                    .layer(batchNorm(INPUTS, Activation.IDENTITY))
                    .dense(6, Activation.IDENTITY)
                    .layer(batchNorm(6, hidden))
                    .dense(5, hidden)
                    .layer(batchNorm(5, Activation.IDENTITY))
                    .dense(3, Activation.IDENTITY),
                backend);
        check(network, options(loss), 3);
        check(network, options(loss).freeze(2), 3);
        check(network, options(loss).freeze(0, 2, 4), 1);
      }
    }
  }

  private static BatchNorm batchNorm(int width, Activation activation) {
    return new BatchNorm(width, activation, EPSILON, BatchNorm.MOMENTUM);
  }

  @ParameterizedTest
  @MethodSource("hiddenActivations")
  void throughResidualBlocks(Activation hidden) {
    for (Backend backend : Backend.values()) {
      Network network =
          built(
              Network.builder(INPUTS)
                  .dense(INPUTS, hidden)
                  .residual(1, hidden)
                  .dense(6, hidden)
                  .dense(6, hidden)
                  .dense(6, Activation.IDENTITY)
                  .residual(1, Activation.IDENTITY)
                  .residual(3, hidden)
                  .dense(1, hidden)
                  .dense(1, hidden)
                  .residual(1, Activation.TANH)
                  .dense(3, Activation.IDENTITY),
              backend);
      check(network, options(Loss.MEAN_SQUARED_ERROR), 1);
      check(network, options(Loss.SOFTMAX_CROSS_ENTROPY), 5);
    }
  }

  @ParameterizedTest
  @EnumSource
  void throughDropoutWithTheMaskOfTheStep(Backend backend) {
    Network network =
        built(
            Network.builder(INPUTS)
                .dropout(0.25f)
                .dense(7, Activation.TANH)
                .dropout(0.5f)
                .dense(3, Activation.SIGMOID)
                .dropout(0.125f),
            backend);
    for (int step = 0; step < 4; step++) {
      check(network, options(Loss.MEAN_SQUARED_ERROR).seed(SEED + step), 5, step);
      check(network, options(Loss.MEAN_SQUARED_ERROR), 1, step);
    }
  }

  @ParameterizedTest
  @EnumSource
  void throughFrozenLayersOfEveryType(Backend backend) {
    Network network = everyType(backend);
    int layers = network.layers().size();
    TrainingOptions options = options(Loss.SOFTMAX_CROSS_ENTROPY);
    for (int l = 0; l < layers; l++) {
      check(network, options.freeze(l), 5);
      check(network, options.freeze(l, (l + 1) % layers, (l + 3) % layers), 5);
    }
    check(network, options, 5, 3);
    check(network, options.freeze(0, 1, 2, 3, 4, 5, 6), 1);
  }

  private static Network everyType(Backend backend) {
    return built(
        Network.builder(INPUTS)
            .normalization()
            .dense(6, Activation.TANH)
            .layer(batchNorm(6, Activation.SIGMOID))
            .dense(6, Activation.SIGMOID)
            .dropout(0.25f)
            .residual(2, Activation.TANH)
            .normalization()
            .layer(new LayerNorm(6, Activation.TANH, EPSILON))
            .residual(2, Activation.IDENTITY)
            .dense(3, Activation.SOFTMAX),
        backend);
  }

  private static TrainingOptions options(Loss.Standard loss) {
    return TrainingOptions.of(loss, new Sgd(RATE)).seed(SEED);
  }

  /** Builds a network of which no parameter or statistic is what it is at first. */
  private static Network built(NetworkBuilder builder, Backend backend) {
    Network network = builder.initializer(Initializer.HE, 17).backend(backend).build();
    for (int l = 0; l < network.layers().size(); l++) {
      network.setBias(l, Samples.numbers(network.bias(l).length, 100 + l));
      if (!(network.layers().get(l) instanceof Dense)) {
        network.setWeights(l, positive(network.weights(l).length, 200 + l));
      }
      network.setBuffers(l, positive(network.buffers(l).length, 300 + l));
    }
    return network;
  }

  /** Numbers between 0.5 and 1.5. */
  private static float[] positive(int n, long seed) {
    float[] numbers = Samples.numbers(n, seed);
    for (int i = 0; i < n; i++) {
      numbers[i] = 1 + numbers[i] / 2;
    }
    return numbers;
  }

  private static void check(Network network, TrainingOptions options, int rows) {
    check(network, options, rows, 0);
  }

  /** Checks a step of a copy, after so many steps that learn nothing. */
  private static void check(Network start, TrainingOptions options, int rows, int stepsBefore) {
    Network network = start.copy();
    float[] x = Samples.numbers(rows * INPUTS, 8);
    float[] targets = Samples.probabilities(rows, network.outputs(), 9);
    Trainer trainer = new Trainer(network, options);
    trainer.setLearningRate(0);
    for (int step = 0; step < stepsBefore; step++) {
      trainer.step(x, targets);
    }
    trainer.setLearningRate(RATE);
    float[] before = network.parameters();
    double[] parameters = ReferenceNetwork.doubles(before);
    ReferenceNetwork reference = new ReferenceNetwork(network, parameters, options, stepsBefore);
    double value = reference.loss(rows, x, targets);
    double[] numeric = numericGradient(network, options, reference, parameters, rows, x, targets);

    double got = trainer.step(x, targets);

    double tolerance = 5e-6 * (1 + Math.abs(value));
    String what = network.layers() + ", " + options.loss() + ", " + rows + " rows";
    assertEquals(value, got, tolerance, what);
    float[] after = network.parameters();
    for (int i = 0; i < before.length; i++) {
      double applied = ((double) before[i] - after[i]) / RATE;
      int parameter = i;
      assertEquals(numeric[i], applied, tolerance, () -> what + ", number " + parameter);
    }
  }

  /** The gradient of the layers that learn, and zeros for the others. */
  private static double[] numericGradient(
      Network network,
      TrainingOptions options,
      ReferenceNetwork reference,
      double[] parameters,
      int rows,
      float[] x,
      float[] targets) {
    double[] gradient = new double[parameters.length];
    int i = 0;
    for (int l = 0; l < network.layers().size(); l++) {
      int end = i + (int) network.layers().get(l).parameterCount();
      for (; i < end; i++) {
        if (options.rateFactor(l) == 0) {
          continue;
        }
        double old = parameters[i];
        parameters[i] = old + STEP;
        double above = reference.loss(rows, x, targets);
        parameters[i] = old - STEP;
        double below = reference.loss(rows, x, targets);
        parameters[i] = old;
        gradient[i] = (above - below) / (2 * STEP);
      }
    }
    return gradient;
  }
}
