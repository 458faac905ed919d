package dev.lanewise.metric;

/**
 * The share of rows whose class is among those with the {@code k} largest outputs; 0 to 1. Among
 * equally large outputs the first ones count (in scikit-learn the last ones), so with {@code k = 1}
 * this is {@link Classification#ACCURACY}.
 *
 * @param k how many classes count, at least 1
 */
record TopKAccuracy(int k) implements Metric {
  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if {@code k} is below 1
   */
  public TopKAccuracy {
    if (k < 1) {
      throw new IllegalArgumentException("k must be at least 1, but was " + k);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException as {@link Metric#of} says, and if there are fewer than {@code
   *     k} classes
   */
  @Override
  public double of(int rows, int outputs, float[] y, float[] t) {
    return of(Predictions.of(rows, outputs, y, t));
  }

  /**
   * Compares predictions with classes.
   *
   * @param rows how many rows, at least 1
   * @param outputs how many outputs a row has, at least 1
   * @param y predictions, {@code rows x outputs}
   * @param labels the class of each row, from 0
   * @return 0 to 1
   * @throws IllegalArgumentException if a number is below 1, an array is too short, a prediction is
   *     not finite, there is no such class, or there are fewer than {@code k} classes
   */
  public double of(int rows, int outputs, float[] y, int[] labels) {
    return of(Predictions.of(rows, outputs, y, labels));
  }

  private double of(Predictions p) {
    if (k > p.classes()) {
      throw new IllegalArgumentException(
          "top " + k + " needs at least " + k + " classes, but there are " + p.classes());
    }
    int hits = 0;
    for (int r = 0; r < p.rows(); r++) {
      hits += p.rank(r, p.label(r)) < k ? 1 : 0;
    }
    return (double) hits / p.rows();
  }

  @Override
  public boolean largerIsBetter() {
    return true;
  }

  @Override
  public String label() {
    return "top" + k + "Accuracy";
  }
}
