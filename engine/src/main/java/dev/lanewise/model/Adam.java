package dev.lanewise.model;

/**
 * Adam (Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015), as PyTorch's: {@code m
 * = beta1 m + (1 - beta1) g} and {@code v = beta2 v + (1 - beta2) g^2}, both from 0 on, and in step
 * {@code t}, counted from 1, {@code w = w - learningRate m' / (sqrt(v') + epsilon)} with {@code m'
 * = m / (1 - beta1^t)} and {@code v' = v / (1 - beta2^t)}.
 *
 * <p>Its weight decay is coupled; {@link AdamW} has a decoupled one.
 *
 * @param learningRate the factor on the change, a finite number, at least 0
 * @param beta1 how much of the mean gradient is kept, at least 0 and below 1
 * @param beta2 how much of the mean square is kept, at least 0 and below 1
 * @param epsilon what is added to the root, a finite number above 0
 * @param weightDecay the coupled weight decay, a finite number, at least 0
 */
public record Adam(float learningRate, float beta1, float beta2, float epsilon, float weightDecay)
    implements Optimizer {
  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one of them lies outside its range
   */
  public Adam {
    HyperParameter.atLeastZero("learning rate", learningRate);
    HyperParameter.belowOne("beta1", beta1);
    HyperParameter.belowOne("beta2", beta2);
    HyperParameter.positive("epsilon", epsilon);
    HyperParameter.atLeastZero("weight decay", weightDecay);
  }

  /**
   * Makes one with the usual values: {@code beta1} 0.9, {@code beta2} 0.999, {@code epsilon} 1e-8,
   * no weight decay.
   *
   * @param learningRate the factor on the change, a finite number, at least 0
   * @throws IllegalArgumentException if it is negative, infinite or not a number
   */
  public Adam(float learningRate) {
    this(learningRate, 0.9f, 0.999f, 1e-8f, 0);
  }

  @Override
  public Adam withLearningRate(float learningRate) {
    return new Adam(learningRate, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * Returns this optimizer with another {@code beta1}.
   *
   * @param beta1 at least 0 and below 1
   * @return an optimizer that differs in this only
   * @throws IllegalArgumentException if it lies outside its range
   */
  public Adam withBeta1(float beta1) {
    return new Adam(learningRate, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * Returns this optimizer with another {@code beta2}.
   *
   * @param beta2 at least 0 and below 1
   * @return an optimizer that differs in this only
   * @throws IllegalArgumentException if it lies outside its range
   */
  public Adam withBeta2(float beta2) {
    return new Adam(learningRate, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * Returns this optimizer with another epsilon.
   *
   * @param epsilon a finite number above 0
   * @return an optimizer that differs in this only
   * @throws IllegalArgumentException if it lies outside its range
   */
  public Adam withEpsilon(float epsilon) {
    return new Adam(learningRate, beta1, beta2, epsilon, weightDecay);
  }

  @Override
  public Adam withWeightDecay(float weightDecay) {
    return new Adam(learningRate, beta1, beta2, epsilon, weightDecay);
  }
}
