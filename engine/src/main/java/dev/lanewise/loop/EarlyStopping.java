package dev.lanewise.loop;

import dev.lanewise.metric.Metric;

/**
 * When a training loop gives up: after so many epochs in which what it watches did not get better.
 * The parameters of the best epoch are restored then, as they are when all epochs are done.
 * Prechelt, "Early Stopping, but when?", 1998.
 *
 * @param patience after how many epochs without improvement it stops, at least 1
 * @param minDelta by how much a value must be better than the best one so far to count, a finite
 *     number of at least 0
 * @param metric the metric to watch, one of the loop's; null for the loss
 */
public record EarlyStopping(int patience, double minDelta, Metric metric) {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is below that or not finite
   */
  public EarlyStopping {
    if (patience < 1) {
      throw new IllegalArgumentException("patience must be at least 1 epoch, not " + patience);
    }
    if (!(minDelta >= 0 && minDelta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the least improvement must be a finite number of at least 0, not " + minDelta);
    }
  }

  /**
   * Watches the loss: of the validation set, or of the training where there is none.
   *
   * @param patience after how many epochs without improvement it stops, at least 1
   * @throws IllegalArgumentException if {@code patience} is below 1
   */
  public EarlyStopping(int patience) {
    this(patience, 0, null);
  }

  boolean isBetter(double value, double best) {
    if (Double.isNaN(value) || Double.isNaN(best)) {
      return !Double.isNaN(value);
    }
    boolean largerIsBetter = metric != null && metric.largerIsBetter();
    return largerIsBetter ? value > best + minDelta : value < best - minDelta;
  }
}
