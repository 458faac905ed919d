package dev.lanewise.model;

/**
 * The function that a layer applies to each of its weighted sums {@code z}.
 *
 * <p>A weighted sum of {@code -0.0} counts as {@code 0.0}.
 */
public enum Activation {
  /** {@code y = z}. */
  IDENTITY,

  /** {@code y = z > 0 ? z : 0}; a {@code NaN} stays one. The derivative at zero is zero. */
  RELU,

  /** {@code y = 1 / (1 + exp(-z))}. */
  SIGMOID,

  /** {@code y = tanh(z)}. */
  TANH,

  /**
   * {@code y[j] = exp(z[j]) / sum over k of exp(z[k])}, over the outputs of one sample. Only for
   * the last layer.
   */
  SOFTMAX
}
