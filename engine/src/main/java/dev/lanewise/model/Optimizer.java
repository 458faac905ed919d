package dev.lanewise.model;

/**
 * How a gradient {@code g} changes a parameter {@code w}.
 *
 * <p>Weight decay comes in two kinds. The coupled one, {@link #l2}, adds {@code l2 w} to the
 * gradient before anything else is made of it. The decoupled one, {@link #decay} (Loshchilov and
 * Hutter, "Decoupled Weight Decay Regularization", 2019), multiplies the parameter by {@code 1 -
 * learningRate decay} and leaves the gradient alone. An optimizer has one of them or none.
 *
 * <p>Constructors of the learning rate alone take PyTorch's values for the rest, or where PyTorch
 * has no such optimizer those of its paper.
 */
public sealed interface Optimizer permits Sgd, Adam, AdamW, RmsProp, AdaGrad, Lion {
  /**
   * Returns the learning rate.
   *
   * @return the factor on each change, a finite number, at least 0
   */
  float learningRate();

  /**
   * Returns this optimizer with another learning rate.
   *
   * @param learningRate the new factor on each change
   * @return an optimizer that differs from this one in its learning rate only
   * @throws IllegalArgumentException if the rate is negative, infinite or not a number
   */
  Optimizer withLearningRate(float learningRate);

  /**
   * Returns the coupled weight decay.
   *
   * @return the factor of the parameter that is added to its gradient, at least 0
   */
  default float l2() {
    return 0;
  }

  /**
   * Returns the decoupled weight decay.
   *
   * @return the factor that, times the learning rate, is the share of a parameter that is taken
   *     away at each step, at least 0
   */
  default float decay() {
    return 0;
  }

  /**
   * Returns how much this optimizer remembers.
   *
   * @return how many floats of state each parameter has, at least 0
   */
  int stateBlocks();
}
