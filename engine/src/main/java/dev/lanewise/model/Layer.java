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
   * Returns how many numbers the layer learns.
   *
   * @return at least 0
   */
  long parameterCount();
}
