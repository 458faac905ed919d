package dev.lanewise.model;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, "Decoupled Weight Decay Regularization",
 * 2019), as PyTorch's: first {@code w = w (1 - learningRate weightDecay)}, then the change that
 * {@link Adam} makes without weight decay.
 *
 * @param learningRate the factor on the change and on the decay, a finite number, at least 0
 * @param beta1 how much of the mean gradient is kept, at least 0 and below 1
 * @param beta2 how much of the mean square is kept, at least 0 and below 1
 * @param epsilon what is added to the root, a finite number above 0
 * @param weightDecay the decoupled weight decay, a finite number, at least 0
 */
public record AdamW(float learningRate, float beta1, float beta2, float epsilon, float weightDecay)
    implements Optimizer {
  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one of them lies outside its range
   */
  public AdamW {
    HyperParameter.atLeastZero("learning rate", learningRate);
    HyperParameter.belowOne("beta1", beta1);
    HyperParameter.belowOne("beta2", beta2);
    HyperParameter.positive("epsilon", epsilon);
    HyperParameter.atLeastZero("weight decay", weightDecay);
  }

  /**
   * Makes one with the usual values: {@code beta1} 0.9, {@code beta2} 0.999, {@code epsilon} 1e-8,
   * weight decay 0.01.
   *
   * @param learningRate the factor on the change and on the decay, a finite number, at least 0
   * @throws IllegalArgumentException if it is negative, infinite or not a number
   */
  public AdamW(float learningRate) {
    this(learningRate, 0.9f, 0.999f, 1e-8f, 0.01f);
  }

  @Override
  public AdamW withLearningRate(float learningRate) {
    return new AdamW(learningRate, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * Returns this optimizer with another {@code beta1}.
   *
   * @param beta1 at least 0 and below 1
   * @return an optimizer that differs in this only
   * @throws IllegalArgumentException if it lies outside its range
   */
  public AdamW withBeta1(float beta1) {
    return new AdamW(learningRate, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * Returns this optimizer with another {@code beta2}.
   *
   * @param beta2 at least 0 and below 1
   * @return an optimizer that differs in this only
   * @throws IllegalArgumentException if it lies outside its range
   */
  public AdamW withBeta2(float beta2) {
    return new AdamW(learningRate, beta1, beta2, epsilon, weightDecay);
  }

  /**
   * Returns this optimizer with another epsilon.
   *
   * @param epsilon a finite number above 0
   * @return an optimizer that differs in this only
   * @throws IllegalArgumentException if it lies outside its range
   */
  public AdamW withEpsilon(float epsilon) {
    return new AdamW(learningRate, beta1, beta2, epsilon, weightDecay);
  }

  @Override
  public AdamW withWeightDecay(float weightDecay) {
    return new AdamW(learningRate, beta1, beta2, epsilon, weightDecay);
  }
}
