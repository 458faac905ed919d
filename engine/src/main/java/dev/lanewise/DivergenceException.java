package dev.lanewise;

/**
 * Training has left the numbers that a float can hold: a loss was infinite or not a number. The
 * step that found it has changed nothing.
 */
public final class DivergenceException extends ArithmeticException {
  private static final long serialVersionUID = 1;

  private final long step;
  private final int layer;
  private final float learningRate;

  DivergenceException(double loss, long step, int layer, float learningRate) {
    super(
        "the loss of step "
            + step
            + " is "
            + loss
            + (layer < 0
                ? ", though all layers' outputs are finite: look at the targets"
                : ": layer " + layer + " is the first whose outputs are not finite")
            + "; the learning rate is "
            + learningRate
            + " (lower it, clip gradients, or scale the inputs)");
    this.step = step;
    this.layer = layer;
    this.learningRate = learningRate;
  }

  /**
   * Returns when it happened.
   *
   * @return how many steps the trainer had made before
   */
  public long step() {
    return step;
  }

  /**
   * Returns where it happened.
   *
   * @return the first layer with an output that is not finite, or -1 if there is none
   */
  public int layer() {
    return layer;
  }

  /**
   * Returns the learning rate of that step.
   *
   * @return the optimizer's rate
   */
  public float learningRate() {
    return learningRate;
  }
}
