package dev.lanewise.model;

/**
 * What is taken from parameters besides the gradient of the loss, to keep them small. The loss that
 * a step returns does not contain it.
 *
 * @param l1 {@code l1 sign(w)} is added to the gradient; finite, at least 0
 * @param l2 {@code l2 w} is added to the gradient; finite, at least 0
 * @param decay before each update {@code w = w (1 - learningRate decay)}, apart from the gradient:
 *     Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019; finite, at least 0
 */
public record Penalty(float l1, float l2, float decay) {
  /** No penalty. */
  public static final Penalty NONE = new Penalty(0, 0, 0);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is negative, infinite or not a number
   */
  public Penalty {
    HyperParameter.atLeastZero("l1", l1);
    HyperParameter.atLeastZero("l2", l2);
    HyperParameter.atLeastZero("decay", decay);
  }
}
