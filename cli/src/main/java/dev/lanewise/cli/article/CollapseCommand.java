package dev.lanewise.cli.article;

import dev.lanewise.Network;
import dev.lanewise.cli.text.Terminal;
import dev.lanewise.model.Activation;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The article's two layers without activation, as one. */
@Command(
    name = "collapse",
    description =
        "Layers without activation are one layer: W = W1 W2 ..., as in the article's formula.")
final class CollapseCommand implements Callable<Integer> {
  private static final float[] INPUTS = {1, 0, 0, 1, 0.5f, -0.25f};

  @Spec private CommandSpec spec;

  /** Returns the article's network of 2 inputs, 2 hidden nodes and 1 output. */
  static Network stack(float w1, float w2, float w3, float w4, float w5, float w6) {
    Network network =
        Network.builder(2)
            .dense(2, Activation.IDENTITY, false)
            .dense(1, Activation.IDENTITY, false)
            .build();
    network.setWeights(0, new float[] {w1, w3, w2, w4});
    network.setWeights(1, new float[] {w5, w6});
    return network;
  }

  @Override
  public Integer call() {
    PrintWriter out = Terminal.out(spec);
    Network stack = stack(1, 2, 3, 4, 5, 6);
    Network single = stack.collapse();
    float[] weights = single.weights(0);
    out.println("Two layers with W1 to W6 = 1, 2, 3, 4, 5, 6 and without activation:");
    out.println("W1W5 + W3W6 = 1*5 + 3*6 = 23");
    out.println("W2W5 + W4W6 = 2*5 + 4*6 = 34");
    out.println("The single layer that they collapse into has the weights");
    out.println(NumpyFormat.vector(weights));
    out.println();
    out.println("   I1     I2   two layers   one layer");
    float[] two = stack.predict(INPUTS);
    float[] one = single.predict(INPUTS);
    for (int r = 0; r < two.length; r++) {
      out.printf(
          "%5.2f  %5.2f   %10.2f  %10.2f%n", INPUTS[2 * r], INPUTS[2 * r + 1], two[r], one[r]);
    }
    return 0;
  }
}
