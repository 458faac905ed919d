package dev.lanewise.loop;

import dev.lanewise.metric.Metric;
import java.util.List;
import java.util.Map;

/**
 * The epochs of a training loop, and how it ended.
 *
 * @param epochs one entry for each epoch, in their order; unmodifiable
 * @param best the number of the epoch that was best by what early stopping watches, or the last one
 *     without early stopping; 0 if there was no epoch
 * @param end why the loop ended
 */
public record History(List<Epoch> epochs, int best, End end) {
  /** Why a loop ended. */
  public enum End {
    /** It has not ended. */
    RUNNING,

    /** All epochs are done. */
    COMPLETED,

    /** The patience of {@link EarlyStopping} was at its end. */
    EARLY_STOPPING,

    /** A callback asked for it. */
    CALLBACK
  }

  /**
   * One epoch.
   *
   * @param number its number, from 1
   * @param steps how many steps there were up to its end
   * @param learningRate the learning rate of its last step
   * @param loss the mean loss of its rows, each before the update by its batch, weighted by their
   *     weights where they have some; for {@link dev.lanewise.model.Loss#SQUARED_ERROR} the sum
   * @param validationLoss the loss of the validation set after it; {@code NaN} without one
   * @param metrics the metrics after it, of the validation set or, without one, of the training
   *     set; rows of weight 0 are left out, all others count alike; unmodifiable
   * @param seconds how long it took, with its evaluation
   */
  public record Epoch(
      int number,
      long steps,
      float learningRate,
      double loss,
      double validationLoss,
      Map<Metric, Double> metrics,
      double seconds) {}

  /**
   * Returns the last epoch.
   *
   * @return the entry
   * @throws IndexOutOfBoundsException if there was none
   */
  public Epoch last() {
    return epochs.get(epochs.size() - 1);
  }

  /**
   * Returns the best epoch.
   *
   * @return the entry
   * @throws IndexOutOfBoundsException if there was none
   */
  public Epoch bestEpoch() {
    return epochs.get(best - 1);
  }
}
