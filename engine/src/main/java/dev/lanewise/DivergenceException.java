package dev.lanewise;

/**
 * Training has left the numbers that a float can hold: a loss, or parameters after a step, were
 * infinite or not a number. The step that found it has changed nothing.
 */
public final class DivergenceException extends ArithmeticException {
  private static final long serialVersionUID = 1;

  private final double loss;
  private final long step;
  private final int layer;
  private final float learningRate;

  private DivergenceException(
      String message, double loss, long step, int layer, float learningRate) {
    super(message);
    this.loss = loss;
    this.step = step;
    this.layer = layer;
    this.learningRate = learningRate;
  }

  /** Tells that a loss is not finite, for no reason that is known. */
  static DivergenceException ofLoss(double loss, long step, int layer, float learningRate) {
    String where =
        layer < 0
            ? ", though all layers' outputs are finite: look at the targets"
            : ": layer " + layer + " is the first whose outputs are not finite";
    String message = "the loss of step " + step + " is " + loss + where + rate(learningRate);
    return new DivergenceException(message, loss, step, layer, learningRate);
  }

  /** Tells that a layer's parameters are not finite after some steps. */
  static DivergenceException ofParameters(long steps, int layer, float learningRate) {
    String message =
        "training has diverged: after "
            + steps
            + (steps == 1 ? " step" : " steps")
            + " the parameters of layer "
            + layer
            + " are not finite"
            + rate(learningRate);
    return new DivergenceException(message, Double.NaN, steps, layer, learningRate);
  }

  private static String rate(float learningRate) {
    return "; the learning rate is "
        + learningRate
        + " (lower it, clip gradients, or scale the inputs)";
  }

  /**
   * Returns the same exception with a number to blame that came with the data.
   *
   * @param number which one, such as "input 3 of row 7 is NaN"
   * @return a new exception
   */
  public DivergenceException because(String number) {
    String message =
        "the loss of step "
            + step
            + " is "
            + loss
            + (layer < 0 ? ", though all layers' outputs are finite: " : ": ")
            + number
            + ", as it was given: mend it or leave the row out";
    return new DivergenceException(message, loss, step, layer, learningRate);
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
   * @return the first layer with an output or parameter that is not finite, or -1 if there is none
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
