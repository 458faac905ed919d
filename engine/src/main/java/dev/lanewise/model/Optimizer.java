package dev.lanewise.model;

import java.io.Serializable;

/**
 * How a gradient {@code g} changes a parameter {@code w}. Optimizers are immutable; each starts
 * from a learning rate, and its other numbers have names:
 *
 * <pre>{@code
 * Optimizer optimizer = new RmsProp(0.01f).withMomentum(0.8f).centered();
 * }</pre>
 *
 * <p>What is not named has PyTorch's value, or where PyTorch has no such optimizer that of its
 * paper.
 *
 * <p>Weight decay comes in two kinds. The coupled one, of all but {@link AdamW} and {@link Lion},
 * adds {@code weightDecay w} to the gradient before anything else is made of it. The decoupled one
 * (Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019) multiplies the parameter
 * by {@code 1 - learningRate weightDecay} and leaves the gradient alone.
 *
 * <p>Serializable, to be sent to another virtual machine with the same Lanewise.
 */
public sealed interface Optimizer extends Serializable
    permits Sgd, Adam, AdamW, RmsProp, AdaGrad, Lion {
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
   * Returns the weight decay, coupled or decoupled.
   *
   * @return a finite number, at least 0
   */
  float weightDecay();

  /**
   * Returns this optimizer with another weight decay.
   *
   * @param weightDecay a finite number of at least 0
   * @return an optimizer that differs from this one in its weight decay only
   * @throws IllegalArgumentException if it is negative, infinite or not a number
   */
  Optimizer withWeightDecay(float weightDecay);
}
