package dev.lanewise.model;

/** How a gradient changes the parameters. */
public sealed interface Optimizer permits Sgd {
  /**
   * Returns the learning rate.
   *
   * @return the factor on the gradient, a finite number, at least 0
   */
  float learningRate();

  /**
   * Returns this optimizer with another learning rate.
   *
   * @param learningRate the new factor on the gradient
   * @return an optimizer that differs from this one in its learning rate only
   * @throws IllegalArgumentException if the rate is negative, infinite or not a number
   */
  Optimizer withLearningRate(float learningRate);
}
