package dev.lanewise.model;

/**
 * Stochastic gradient descent: {@code w = w - learningRate g}, as one fused multiply-add.
 *
 * <p>With a momentum each parameter has a velocity, {@code v = momentum v + g} from {@code v = 0}
 * on, and {@code w = w - learningRate v}. With Nesterov's (in the form of Sutskever et al., "On the
 * importance of initialization and momentum in deep learning", 2013, as PyTorch's) it is {@code w =
 * w - learningRate (g + momentum v)}, with the new velocity.
 *
 * @param learningRate the factor on the gradient, a finite number, at least 0
 * @param momentum how much of the velocity is kept, at least 0 and below 1
 * @param nesterov whether the momentum is Nesterov's
 * @param weightDecay the coupled weight decay, a finite number, at least 0
 */
public record Sgd(float learningRate, float momentum, boolean nesterov, float weightDecay)
    implements Optimizer {
  /**
   * Checks the hyper-parameters.
   *
   * @throws IllegalArgumentException if one of them lies outside its range, or {@code nesterov} is
   *     asked for without a momentum
   */
  public Sgd {
    HyperParameter.atLeastZero("learning rate", learningRate);
    HyperParameter.belowOne("momentum", momentum);
    HyperParameter.atLeastZero("weight decay", weightDecay);
    if (nesterov && momentum == 0) {
      throw new IllegalArgumentException(
          "Nesterov's momentum needs a momentum above 0, but it was 0; 0.9 is usual");
    }
  }

  /**
   * Makes plain gradient descent, without momentum and weight decay.
   *
   * @param learningRate the factor on the gradient, a finite number, at least 0
   * @throws IllegalArgumentException if it is negative, infinite or not a number
   */
  public Sgd(float learningRate) {
    this(learningRate, 0, false, 0);
  }

  /**
   * Makes gradient descent with momentum and without weight decay.
   *
   * @param learningRate the factor on the velocity, a finite number, at least 0
   * @param momentum how much of the velocity is kept, at least 0 and below 1
   * @throws IllegalArgumentException if one of them lies outside its range
   */
  public Sgd(float learningRate, float momentum) {
    this(learningRate, momentum, false, 0);
  }

  @Override
  public Sgd withLearningRate(float learningRate) {
    return new Sgd(learningRate, momentum, nesterov, weightDecay);
  }

  /**
   * Returns this optimizer with another momentum.
   *
   * @param momentum at least 0 and below 1
   * @return an optimizer with plain momentum
   * @throws IllegalArgumentException if it lies outside its range
   */
  public Sgd withMomentum(float momentum) {
    return new Sgd(learningRate, momentum, false, weightDecay);
  }

  /**
   * Returns this optimizer with Nesterov's momentum.
   *
   * @param momentum how much of the velocity is kept, above 0 and below 1
   * @return an optimizer that differs in this only
   * @throws IllegalArgumentException if it lies outside its range
   */
  public Sgd withNesterovMomentum(float momentum) {
    return new Sgd(learningRate, momentum, true, weightDecay);
  }

  @Override
  public Sgd withWeightDecay(float weightDecay) {
    return new Sgd(learningRate, momentum, nesterov, weightDecay);
  }
}
