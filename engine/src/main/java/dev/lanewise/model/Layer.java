package dev.lanewise.model;

/** One layer of a network: what it is, not what it has learned. */
public sealed interface Layer
    permits Dense, LayerNorm, BatchNorm, Dropout, Residual, Normalization {
  /**
   * Returns how many inputs the layer has.
   *
   * @return at least 1
   */
  int in();

  /**
   * Returns how many outputs the layer has.
   *
   * @return at least 1
   */
  int out();

  /**
   * Returns what is applied to the outputs at the end.
   *
   * @return the activation
   */
  Activation activation();

  /**
   * Says what the layer is, in words and without its shape and activation.
   *
   * @return such as {@code dense, no bias}
   */
  String describe();

  /**
   * Returns how many rows of {@link #out} weights the layer learns.
   *
   * @return {@link #in} for a dense layer, 1 for a {@code gamma}, 0 for none
   */
  int weightRows();

  /**
   * Tells whether the layer learns a bias, {@link #out} numbers.
   *
   * @return true for a dense layer with one, and for a {@code beta}
   */
  boolean hasBias();

  /**
   * Returns how many numbers the layer knows but does not learn by gradients, its buffers.
   *
   * @return at least 0
   */
  long bufferLength();

  /**
   * Returns how many numbers the layer learns.
   *
   * @return its weights and its bias, at least 0
   */
  default long parameterCount() {
    return (long) weightRows() * out() + (hasBias() ? out() : 0);
  }
}
