package dev.lanewise.jmh;

import dev.lanewise.Network;
import dev.lanewise.jmh.work.Operands;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Initializer;

/**
 * The network of the benchmarks, W-W-W-W: three dense layers with bias, ReLU between them and
 * nothing at the end.
 *
 * <p>Inputs and weights are symmetric around zero and biases start there, so half of the hidden
 * outputs are zero. The backends may skip what follows from a zero; it counts as done.
 */
final class ThreeLayers {
  private static final long SEED = 42;

  private ThreeLayers() {}

  static Network network(String backend, int width) {
    return Network.builder(width)
        .dense(width, Activation.RELU)
        .dense(width, Activation.RELU)
        .dense(width, Activation.IDENTITY)
        .initializer(Initializer.HE, SEED)
        .backend(LanewiseBenchmark.backend(backend))
        .build();
  }

  static float[] inputs(int width, int batch) {
    return Operands.symmetric(batch * width, SEED + 1);
  }

  /**
   * Returns what the network predicts now, and up to 0.1 more or less: something to learn that is
   * near, so that training settles and about as many hidden outputs stay zero, for however many
   * steps.
   */
  static float[] targets(Network network, float[] inputs) {
    float[] targets = network.predict(inputs);
    float[] change = Operands.symmetric(targets.length, SEED + 2);
    for (int i = 0; i < targets.length; i++) {
      targets[i] += 0.1f * change[i];
    }
    return targets;
  }
}
