package dev.lanewise.model;

/**
 * Lion (Chen et al., "Symbolic Discovery of Optimization Algorithms", 2023): first {@code w = w (1
 * - learningRate weightDecay)}, then {@code w = w - learningRate sign(beta1 m + (1 - beta1) g)},
 * and last {@code m = beta2 m + (1 - beta2) g}, from {@code m = 0} on. Each parameter changes by
 * the whole learning rate, so it wants one 3 to 10 times smaller than {@link AdamW}.
 *
 * @param learningRate how far each parameter goes, a finite number, at least 0
 * @param beta1 how much of the mean gradient decides the sign, at least 0 and below 1
 * @param beta2 how much of the mean gradient is kept, at least 0 and below 1
 * @param weightDecay the decoupled weight decay, a finite number, at least 0
 */
public record Lion(float learningRate, float beta1, float beta2, float weightDecay)
    implements Optimizer {
  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one of them lies outside its range
   */
  public Lion {
    HyperParameter.atLeastZero("learning rate", learningRate);
    HyperParameter.belowOne("beta1", beta1);
    HyperParameter.belowOne("beta2", beta2);
    HyperParameter.atLeastZero("weight decay", weightDecay);
  }

  /**
   * Makes one with the usual values: {@code beta1} 0.9, {@code beta2} 0.99, no weight decay.
   *
   * @param learningRate how far each parameter goes, a finite number, at least 0
   * @throws IllegalArgumentException if it is negative, infinite or not a number
   */
  public Lion(float learningRate) {
    this(learningRate, 0.9f, 0.99f, 0);
  }

  @Override
  public Lion withLearningRate(float learningRate) {
    return new Lion(learningRate, beta1, beta2, weightDecay);
  }

  /**
   * Returns this optimizer with another {@code beta1}.
   *
   * @param beta1 at least 0 and below 1
   * @return an optimizer that differs in this only
   * @throws IllegalArgumentException if it lies outside its range
   */
  public Lion withBeta1(float beta1) {
    return new Lion(learningRate, beta1, beta2, weightDecay);
  }

  /**
   * Returns this optimizer with another {@code beta2}.
   *
   * @param beta2 at least 0 and below 1
   * @return an optimizer that differs in this only
   * @throws IllegalArgumentException if it lies outside its range
   */
  public Lion withBeta2(float beta2) {
    return new Lion(learningRate, beta1, beta2, weightDecay);
  }

  @Override
  public Lion withWeightDecay(float weightDecay) {
    return new Lion(learningRate, beta1, beta2, weightDecay);
  }
}
