package dev.lanewise.cli.article;

import dev.lanewise.Network;
import dev.lanewise.NetworkBuilder;
import dev.lanewise.Trainer;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import java.util.List;

/**
 * The program of "Deep Learning Basics (8): Intermediate layers and backpropagation": its data, its
 * network, and its way to train, which rounds each prediction to one decimal.
 */
final class Article implements AutoCloseable {
  static final int INPUTS = 3;
  static final int SAMPLES = 4;

  private static final float[] X = {
    1, 1, 1,
    1, 1, 0,
    0, 1, 0,
    0, 1, 1
  };
  private static final float[] EXPECTED = {1, 0, 1, 0};

  // As the article prints them.
  @SuppressWarnings("FloatingPointLiteralPrecision")
  private static final float[] FIRST_LAYER_AFTER_RUN_1 = {
    0.68186112f, -0.07723001f, 0.61481898f, 0.01363698f,
    0.28297269f, -0.07377539f, 0.00576834f, 0.54298254f,
    0.57557199f, 0.41983547f, 0.57342688f, 0.13776574f
  };

  @SuppressWarnings("FloatingPointLiteralPrecision")
  private static final float[] FINAL_LAYER_AFTER_RUN_1 = {
    0.13677727f, 0.29952828f, -0.09968558f, 0.56497112f
  };

  private final Network network;
  private final Trainer trainer;
  private final float[] y = new float[1];
  private final float[] dy = new float[1];

  private int run;
  private double error;

  /**
   * Starts training.
   *
   * @param network 3 inputs and 1 output
   * @param runsBefore how many runs the network has behind it
   */
  Article(Network network, float learningRate, int runsBefore) {
    this.network = network;
    this.trainer = new Trainer(network, Loss.SQUARED_ERROR, new Sgd(learningRate), 1);
    this.run = runsBefore;
  }

  static float[] inputs() {
    return X.clone();
  }

  static float[] expected() {
    return EXPECTED.clone();
  }

  /** Returns a network without bias whose weights are drawn from {@code [0, 1)}. */
  static Network network(List<Integer> hidden, Activation activation, long seed) {
    NetworkBuilder builder = Network.builder(INPUTS);
    for (int nodes : hidden) {
      builder.dense(nodes, activation, false);
    }
    return builder
        .dense(1, Activation.IDENTITY, false)
        .initializer(Initializer.UNIFORM, seed)
        .build();
  }

  /** Returns the article's network with the weights that it prints after its run 1. */
  static Network networkAfterRun1() {
    Network network = network(List.of(SAMPLES), Activation.RELU, 0);
    network.setWeights(0, FIRST_LAYER_AFTER_RUN_1);
    network.setWeights(1, FINAL_LAYER_AFTER_RUN_1);
    return network;
  }

  /** Takes every sample once, each with an update of its own. */
  void run() {
    error = 0;
    for (int sample = 0; sample < SAMPLES; sample++) {
      trainer.forward(1, X, sample * INPUTS, y, 0);
      double delta = oneDecimal(y[0]) - EXPECTED[sample];
      dy[0] = (float) delta;
      trainer.backward(dy, 0);
      error += delta * delta;
    }
    run++;
  }

  /** Rounds as numpy does, which gives 0.2 for 0.25. */
  static double oneDecimal(double value) {
    return Math.rint(value * 10) / 10;
  }

  /** Returns how many runs the network has behind it. */
  int runs() {
    return run;
  }

  /** Returns the last run's error: the squares of all samples' differences, added up. */
  double error() {
    return error;
  }

  /** Returns what the article's program prints after a run. */
  String printed() {
    int last = network.layers().size() - 1;
    StringBuilder text = new StringBuilder();
    for (int layer = last; layer >= 0; layer--) {
      text.append("The weights in ").append(name(layer, last)).append(" are:\n");
      text.append(weights(layer)).append('\n');
    }
    text.append("The overall error for the run ").append(run).append(" is ");
    return text.append(NumpyFormat.number(error)).append('\n').toString();
  }

  private static String name(int layer, int last) {
    if (layer == last) {
      return "the final layer";
    }
    return layer == 0 ? "the first layer" : "layer " + (layer + 1);
  }

  private String weights(int layer) {
    int in = network.layers().get(layer).in();
    int out = network.layers().get(layer).out();
    float[] weights = network.weights(layer);
    return out == 1 ? NumpyFormat.vector(weights) : NumpyFormat.matrix(in, out, weights);
  }

  @Override
  public void close() {
    trainer.close();
  }
}
