package dev.lanewise.model;

/**
 * What training makes small: a function of the network's outputs {@code y} and the targets {@code
 * t}, both {@code rows x out}.
 */
public enum Loss {
  /**
   * {@code sum (y - t)^2 / 2} over all rows and outputs. Its gradient is {@code y - t}, the "delta"
   * of classic texts on backpropagation: not divided by anything.
   */
  SQUARED_ERROR,

  /** {@code sum (y - t)^2 / (rows * out)}. Its gradient is {@code 2 (y - t) / (rows * out)}. */
  MEAN_SQUARED_ERROR,

  /**
   * {@code -sum t log(softmax(z)) / rows}, with targets that are probabilities (one-hot rows for
   * classes). With a last layer of {@link Activation#SOFTMAX} the {@code z} are that layer's
   * weighted sums; with any other they are the network's outputs. Softmax and logarithm are fused:
   * no probability is ever rounded to zero before its logarithm is taken. The gradient is {@code
   * (softmax(z) - t) / rows} where the targets of a row add up to one.
   */
  SOFTMAX_CROSS_ENTROPY
}
