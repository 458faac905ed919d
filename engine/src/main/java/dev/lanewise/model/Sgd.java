package dev.lanewise.model;

/**
 * Stochastic gradient descent: {@code w = w - learningRate * dw}, as one fused multiply-add.
 *
 * @param learningRate the factor on the gradient, a finite number, at least 0
 */
public record Sgd(float learningRate) implements Optimizer {
  /**
   * Checks the learning rate.
   *
   * @throws IllegalArgumentException if it is negative, infinite or not a number
   */
  public Sgd {
    if (!(learningRate >= 0 && learningRate < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "learning rate must be a finite number of at least 0, but was " + learningRate);
    }
  }

  @Override
  public Sgd withLearningRate(float learningRate) {
    return new Sgd(learningRate);
  }
}
