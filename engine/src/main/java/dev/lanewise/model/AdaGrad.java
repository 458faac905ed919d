package dev.lanewise.model;

/**
 * AdaGrad (Duchi et al., "Adaptive Subgradient Methods for Online Learning and Stochastic
 * Optimization", 2011), as PyTorch's: {@code s = s + g^2} from {@code initialSum} on, and {@code w
 * = w - learningRate g / (sqrt(s) + epsilon)}.
 *
 * @param learningRate the factor on the change, a finite number, at least 0
 * @param epsilon what is added to the root, a finite number above 0
 * @param initialSum where the sums of squares start, a finite number, at least 0
 * @param weightDecay the coupled weight decay, a finite number, at least 0
 */
public record AdaGrad(float learningRate, float epsilon, float initialSum, float weightDecay)
    implements Optimizer {
  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one of them lies outside its range
   */
  public AdaGrad {
    HyperParameter.atLeastZero("learning rate", learningRate);
    HyperParameter.positive("epsilon", epsilon);
    HyperParameter.atLeastZero("initial sum", initialSum);
    HyperParameter.atLeastZero("weight decay", weightDecay);
  }

  /**
   * Makes one with the usual values: {@code epsilon} 1e-10, sums from 0 on, no weight decay.
   *
   * @param learningRate the factor on the change, a finite number, at least 0
   * @throws IllegalArgumentException if it is negative, infinite or not a number
   */
  public AdaGrad(float learningRate) {
    this(learningRate, 1e-10f, 0, 0);
  }

  @Override
  public AdaGrad withLearningRate(float learningRate) {
    return new AdaGrad(learningRate, epsilon, initialSum, weightDecay);
  }

  /**
   * Returns this optimizer with another epsilon.
   *
   * @param epsilon a finite number above 0
   * @return an optimizer that differs in this only
   * @throws IllegalArgumentException if it lies outside its range
   */
  public AdaGrad withEpsilon(float epsilon) {
    return new AdaGrad(learningRate, epsilon, initialSum, weightDecay);
  }

  /**
   * Returns this optimizer with another start of the sums of squares.
   *
   * @param initialSum a finite number of at least 0
   * @return an optimizer that differs in this only
   * @throws IllegalArgumentException if it lies outside its range
   */
  public AdaGrad withInitialSum(float initialSum) {
    return new AdaGrad(learningRate, epsilon, initialSum, weightDecay);
  }

  @Override
  public AdaGrad withWeightDecay(float weightDecay) {
    return new AdaGrad(learningRate, epsilon, initialSum, weightDecay);
  }
}
