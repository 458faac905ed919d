package dev.lanewise.model;

/**
 * RMSProp (Tieleman and Hinton, "Lecture 6.5", Coursera, 2012), as PyTorch's: {@code s = alpha s +
 * (1 - alpha) g^2} from 0 on, {@code d = g / (sqrt(s) + epsilon)}, and {@code w = w - learningRate
 * d}.
 *
 * <p>Centered (Graves, "Generating Sequences With Recurrent Neural Networks", 2013), {@code s -
 * a^2} with {@code a = alpha a + (1 - alpha) g} takes the place of {@code s} under the root; where
 * rounding makes it negative it counts as 0. With a momentum, {@code u = momentum u + d} from 0 on,
 * and {@code w = w - learningRate u}.
 *
 * @param learningRate the factor on the change, a finite number, at least 0
 * @param alpha how much of the means is kept, at least 0 and below 1
 * @param epsilon what is added to the root, a finite number above 0
 * @param momentum how much of the velocity is kept, at least 0 and below 1
 * @param isCentered whether the variance takes the place of the mean square
 * @param weightDecay the coupled weight decay, a finite number, at least 0
 */
public record RmsProp(
    float learningRate,
    float alpha,
    float epsilon,
    float momentum,
    boolean isCentered,
    float weightDecay)
    implements Optimizer {
  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one of them lies outside its range
   */
  public RmsProp {
    HyperParameter.atLeastZero("learning rate", learningRate);
    HyperParameter.belowOne("alpha", alpha);
    HyperParameter.positive("epsilon", epsilon);
    HyperParameter.belowOne("momentum", momentum);
    HyperParameter.atLeastZero("weight decay", weightDecay);
  }

  /**
   * Makes one with the usual values: {@code alpha} 0.99, {@code epsilon} 1e-8, neither momentum nor
   * centering nor weight decay.
   *
   * @param learningRate the factor on the change, a finite number, at least 0
   * @throws IllegalArgumentException if it is negative, infinite or not a number
   */
  public RmsProp(float learningRate) {
    this(learningRate, 0.99f, 1e-8f, 0, false, 0);
  }

  @Override
  public RmsProp withLearningRate(float learningRate) {
    return new RmsProp(learningRate, alpha, epsilon, momentum, isCentered, weightDecay);
  }

  /**
   * Returns this optimizer with another {@code alpha}.
   *
   * @param alpha at least 0 and below 1
   * @return an optimizer that differs in this only
   * @throws IllegalArgumentException if it lies outside its range
   */
  public RmsProp withAlpha(float alpha) {
    return new RmsProp(learningRate, alpha, epsilon, momentum, isCentered, weightDecay);
  }

  /**
   * Returns this optimizer with another epsilon.
   *
   * @param epsilon a finite number above 0
   * @return an optimizer that differs in this only
   * @throws IllegalArgumentException if it lies outside its range
   */
  public RmsProp withEpsilon(float epsilon) {
    return new RmsProp(learningRate, alpha, epsilon, momentum, isCentered, weightDecay);
  }

  /**
   * Returns this optimizer with another momentum.
   *
   * @param momentum at least 0 and below 1
   * @return an optimizer that differs in this only
   * @throws IllegalArgumentException if it lies outside its range
   */
  public RmsProp withMomentum(float momentum) {
    return new RmsProp(learningRate, alpha, epsilon, momentum, isCentered, weightDecay);
  }

  /**
   * Returns this optimizer with the variance in place of the mean square.
   *
   * @return an optimizer that differs in this only
   */
  public RmsProp centered() {
    return new RmsProp(learningRate, alpha, epsilon, momentum, true, weightDecay);
  }

  @Override
  public RmsProp withWeightDecay(float weightDecay) {
    return new RmsProp(learningRate, alpha, epsilon, momentum, isCentered, weightDecay);
  }

  /** As checkpoints of all versions have it. */
  @Override
  public String toString() {
    return "RmsProp[learningRate="
        + learningRate
        + ", alpha="
        + alpha
        + ", epsilon="
        + epsilon
        + ", momentum="
        + momentum
        + ", centered="
        + isCentered
        + ", weightDecay="
        + weightDecay
        + "]";
  }
}
