package dev.lanewise.spark;

/** Is told of each round of a training. */
@FunctionalInterface
public interface RoundListener {
  /**
   * What a round came to.
   *
   * @param number which one, from 1
   * @param of how many there will be
   * @param rows from how many rows it learned, each counted as often as it was taken
   * @param loss the mean loss of these rows, each before the step that learned from it; the sum for
   *     a loss that is one
   * @param validationLoss the loss of the validation rows after the round; {@code NaN} without any
   * @param seconds how long the round took, validation included
   */
  record Round(
      long number, long of, long rows, double loss, double validationLoss, double seconds) {}

  /**
   * Called on the driver after each round, by the thread that trains. What it throws ends the
   * training.
   *
   * @param round what it came to
   */
  void after(Round round);
}
