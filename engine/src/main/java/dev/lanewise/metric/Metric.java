package dev.lanewise.metric;

/** One number that tells how good predictions are. Any number of threads may use one. */
public sealed interface Metric permits Classification, TopKAccuracy, Regression {
  /**
   * Compares predictions with targets.
   *
   * @param rows how many rows, at least 1
   * @param outputs how many outputs a row has, at least 1
   * @param y predictions, {@code rows x outputs}
   * @param t targets, {@code rows x outputs}
   * @return the metric; {@code NaN} where the data leave it undefined, which stands with each
   * @throws IllegalArgumentException if a number is below 1, an array is too short, a value is not
   *     finite, or targets do not fit the metric
   */
  double of(int rows, int outputs, float[] y, float[] t);

  /**
   * Returns which way is better.
   *
   * @return whether predictions are better where the metric is larger
   */
  boolean largerIsBetter();

  /**
   * Returns a short name.
   *
   * @return letters and digits, such as {@code logLoss}; another one for every metric
   */
  String label();

  /**
   * Compares two values of this metric.
   *
   * @param value one value
   * @param best another one; {@code NaN} if there is none yet
   * @return whether {@code value} is better than {@code best}; a {@code NaN} is better than nothing
   */
  default boolean isBetter(double value, double best) {
    if (Double.isNaN(value) || Double.isNaN(best)) {
      return !Double.isNaN(value);
    }
    return largerIsBetter() ? value > best : value < best;
  }
}
