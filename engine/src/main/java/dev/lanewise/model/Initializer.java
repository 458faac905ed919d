package dev.lanewise.model;

import dev.lanewise.internal.random.SplitMix64;

/**
 * How the weights of a new network are drawn; biases start at zero.
 *
 * <p>The {@code n}-th weight of a network, counted from zero in public order (layer by layer, row
 * by row, see {@code Network.parameters()}), is made from the {@code n}-th number of SplitMix64, so
 * that a seed means the same weights on every machine and for ever.
 */
public enum Initializer {
  /** Uniform over {@code [0, 1)}. */
  UNIFORM,

  /**
   * Uniform over {@code [-a, a)} with {@code a = sqrt(6 / in)}, which has the variance {@code 2 /
   * in} of He et al., "Delving Deep into Rectifiers", 2015. For ReLU layers.
   */
  HE,

  /**
   * Uniform over {@code [-a, a)} with {@code a = sqrt(6 / (in + out))}: Glorot and Bengio,
   * "Understanding the difficulty of training deep feedforward neural networks", 2010. For sigmoid,
   * tanh and softmax layers.
   */
  XAVIER;

  /**
   * Returns one weight.
   *
   * @param in the inputs of the weight's layer, at least 1
   * @param out the outputs of the weight's layer, at least 1
   * @param seed the network's seed
   * @param n which weight of the network, from 0
   * @return the weight's starting value
   */
  public float weight(int in, int out, long seed, long n) {
    float u = SplitMix64.uniform(seed, n);
    return switch (this) {
      case UNIFORM -> u;
      case HE -> symmetric(u, 6.0 / in);
      case XAVIER -> symmetric(u, 6.0 / ((double) in + out));
    };
  }

  private static float symmetric(float u, double limitSquared) {
    float limit = (float) Math.sqrt(limitSquared);
    return (2 * u - 1) * limit;
  }
}
