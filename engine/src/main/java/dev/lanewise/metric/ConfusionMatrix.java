package dev.lanewise.metric;

import java.util.Locale;
import java.util.Objects;

/**
 * How many rows of each class were taken for which one, and what follows for each class. Where a
 * share is one of nothing, as the precision of a class that is never predicted, it is 0. A macro
 * average is the mean over the classes that have a row or a prediction, each counting the same.
 *
 * <p>Unchangeable, so any number of threads may use one.
 */
public final class ConfusionMatrix {
  /** One array holds their counts. */
  private static final int MOST_CLASSES = 46_340;

  private final int classes;

  /** {@code actual x predicted}. */
  private final int[] counts;

  private final ClassCounts totals;

  private ConfusionMatrix(int classes, int rows) {
    long bytes = (long) classes * classes * Integer.BYTES;
    if (classes > MOST_CLASSES || bytes > Runtime.getRuntime().maxMemory()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a confusion matrix of %d classes has %d x %1$d counts, %.1f GB; expected at most %d"
                  + " classes and the %.1f GB that Java may use: ask for metrics, which need no"
                  + " matrix",
              classes,
              classes,
              bytes / 1e9,
              MOST_CLASSES,
              Runtime.getRuntime().maxMemory() / 1e9));
    }
    this.classes = classes;
    this.counts = new int[classes * classes];
    this.totals = new ClassCounts(classes, rows);
  }

  private void add(int actual, int predicted) {
    counts[actual * classes + predicted]++;
    totals.add(actual, predicted);
  }

  /**
   * Counts predictions and targets of classes; what a class is, the package says.
   *
   * @param rows how many rows, at least 1
   * @param outputs how many outputs a row has, at least 1
   * @param y predictions, {@code rows x outputs}
   * @param t targets, {@code rows x outputs}
   * @return a matrix with a class for each output; 2 classes for a single one
   * @throws IllegalArgumentException as {@link Metric#of} says, or if there are so many classes
   *     that their table has no room
   */
  public static ConfusionMatrix of(int rows, int outputs, float[] y, float[] t) {
    return of(Predictions.of(rows, outputs, y, t));
  }

  /**
   * Counts classes.
   *
   * @param classes how many classes there are, at least 1
   * @param predicted the predicted class of each row, from 0; at least one row
   * @param actual the true class of each row, from 0
   * @return a matrix
   * @throws IllegalArgumentException if there is no class or no row, the lengths differ, there is
   *     no such class, or there are so many that their table has no room
   */
  public static ConfusionMatrix of(int classes, int[] predicted, int[] actual) {
    if (classes < 1 || predicted.length < 1) {
      throw new IllegalArgumentException(
          "a confusion matrix needs at least 1 class and 1 row, not "
              + classes
              + " and "
              + predicted.length);
    }
    if (actual.length != predicted.length) {
      throw new IllegalArgumentException(
          "actual must hold " + predicted.length + " numbers, but holds " + actual.length);
    }
    Predictions.checkLabels("predicted", predicted.length, classes, predicted);
    Predictions.checkLabels("actual", actual.length, classes, actual);
    ConfusionMatrix matrix = new ConfusionMatrix(classes, actual.length);
    for (int r = 0; r < actual.length; r++) {
      matrix.add(actual[r], predicted[r]);
    }
    return matrix;
  }

  private static ConfusionMatrix of(Predictions p) {
    ConfusionMatrix matrix = new ConfusionMatrix(p.classes(), p.rows());
    for (int r = 0; r < p.rows(); r++) {
      matrix.add(p.label(r), p.predicted(r));
    }
    return matrix;
  }

  /**
   * Returns how many classes there are.
   *
   * @return at least 1
   */
  public int classes() {
    return classes;
  }

  /**
   * Returns how many rows of a class were taken for another one, or for itself.
   *
   * @param actual their class
   * @param predicted what they were taken for
   * @return a number of rows
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public int count(int actual, int predicted) {
    Objects.checkIndex(actual, classes);
    return counts[actual * classes + Objects.checkIndex(predicted, classes)];
  }

  /**
   * Returns how many rows a class has.
   *
   * @param c the class
   * @return its support: a number of rows
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public int support(int c) {
    return totals.support(c);
  }

  /**
   * Returns how many rows were taken for a class.
   *
   * @param c the class
   * @return a number of rows
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public int predicted(int c) {
    return totals.predicted(c);
  }

  /**
   * Returns how many of the rows taken for a class are of it.
   *
   * @param c the class
   * @return a share, 0 to 1
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public double precision(int c) {
    return totals.precision(c);
  }

  /**
   * Returns how many rows of a class were taken for it.
   *
   * @param c the class
   * @return a share, 0 to 1
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public double recall(int c) {
    return totals.recall(c);
  }

  /**
   * Returns the harmonic mean of precision and recall.
   *
   * @param c the class
   * @return 0 to 1
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public double f1(int c) {
    return totals.f1(c);
  }

  /**
   * Returns the share of rows whose class was predicted.
   *
   * @return 0 to 1
   */
  public double accuracy() {
    return totals.accuracy();
  }

  /**
   * Returns the macro average of {@link #precision}.
   *
   * @return 0 to 1
   */
  public double macroPrecision() {
    return totals.macro(totals::precision);
  }

  /**
   * Returns the macro average of {@link #recall}.
   *
   * @return 0 to 1
   */
  public double macroRecall() {
    return totals.macro(totals::recall);
  }

  /**
   * Returns the macro average of {@link #f1}.
   *
   * @return 0 to 1
   */
  public double macroF1() {
    return totals.macroF1();
  }
}
