package dev.lanewise.cli.article;

import dev.lanewise.Network;
import dev.lanewise.Trainer;
import dev.lanewise.cli.text.Terminal;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Who is to blame for an error. */
@Command(
    name = "attribution",
    description =
        "A hidden node is to blame for an error as much as its weight in the final layer says.")
final class AttributionCommand implements Callable<Integer> {
  /** The article's picture: the topmost node has the weight 0, the lowermost one 100. */
  static final float[] FINAL_WEIGHTS = {0, 1, 100};

  private static final float FIRST_WEIGHT = 0.5f;
  private static final float LEARNING_RATE = 0x1p-10f;

  @Spec private CommandSpec spec;

  /**
   * Makes one step and returns by how much it changed each weight of the first layer.
   *
   * @param x the inputs
   * @param delta the prediction less the expected value
   * @return {@code inputs x 3}: row {@code i} holds the weights that leave input {@code i}
   */
  static float[] changes(float[] x, float delta) {
    Network network =
        Network.builder(x.length)
            .dense(FINAL_WEIGHTS.length, Activation.RELU, false)
            .dense(1, Activation.IDENTITY, false)
            .build();
    float[] before = new float[x.length * FINAL_WEIGHTS.length];
    Arrays.fill(before, FIRST_WEIGHT);
    network.setWeights(0, before);
    network.setWeights(1, FINAL_WEIGHTS);
    try (Trainer trainer = new Trainer(network, Loss.SQUARED_ERROR, new Sgd(LEARNING_RATE), 1)) {
      trainer.forward(1, x, 0, new float[1], 0);
      trainer.backward(new float[] {delta}, 0);
    }
    float[] changes = network.weights(0);
    for (int i = 0; i < changes.length; i++) {
      changes[i] -= before[i];
    }
    return changes;
  }

  @Override
  public Integer call() {
    PrintWriter out = Terminal.out(spec);
    float[] changes = changes(new float[] {1, 0}, 1);
    out.println("Two inputs, 1 and 0; three hidden nodes; the prediction is 1 too large.");
    out.println("How a step changes the weights that lead to each hidden node:");
    out.println();
    out.println("its weight in the final layer   from input 1   from input 0");
    for (int node = 0; node < FINAL_WEIGHTS.length; node++) {
      out.printf(
          "%29.0f   %12.6f   %12.6f%n",
          FINAL_WEIGHTS[node], changes[node], changes[FINAL_WEIGHTS.length + node]);
    }
    out.println();
    out.println("The node of weight 0 had no part in the error and is left alone; the one of");
    out.println("weight 100 gets 100 times the blame. So it is with inputs: 0 gets none.");
    return 0;
  }
}
