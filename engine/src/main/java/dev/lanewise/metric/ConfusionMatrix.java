package dev.lanewise.metric;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;

/**
 * How many rows of each class were taken for which one, and what follows for each class. Where a
 * share is one of nothing, as the precision of a class that is never predicted, it is 0. A macro
 * average is the mean over the classes that have a row or a prediction, each counting the same.
 *
 * <p>Unchangeable, so any number of threads may use one.
 */
public final class ConfusionMatrix {
  private final int classes;

  /** {@code actual x predicted}. */
  private final int[] counts;

  private ConfusionMatrix(int classes) {
    this.classes = classes;
    this.counts = new int[Math.multiplyExact(classes, classes)];
  }

  /**
   * Counts predictions and targets of classes; what a class is, the package says.
   *
   * @param rows how many rows, at least 1
   * @param outputs how many outputs a row has, at least 1
   * @param y predictions, {@code rows x outputs}
   * @param t targets, {@code rows x outputs}
   * @return a matrix with a class for each output; 2 classes for a single one
   * @throws IllegalArgumentException as {@link Metric#of} says
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
   * @throws IllegalArgumentException if there is no class or no row, the lengths differ, or there
   *     is no such class
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
    ConfusionMatrix matrix = new ConfusionMatrix(classes);
    for (int r = 0; r < actual.length; r++) {
      matrix.counts[actual[r] * classes + predicted[r]]++;
    }
    return matrix;
  }

  static ConfusionMatrix of(Predictions p) {
    ConfusionMatrix matrix = new ConfusionMatrix(p.classes());
    for (int r = 0; r < p.rows(); r++) {
      matrix.counts[p.label(r) * matrix.classes + p.predicted(r)]++;
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
    int sum = 0;
    for (int predicted = 0; predicted < classes; predicted++) {
      sum += count(c, predicted);
    }
    return sum;
  }

  /**
   * Returns how many rows were taken for a class.
   *
   * @param c the class
   * @return a number of rows
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public int predicted(int c) {
    int sum = 0;
    for (int actual = 0; actual < classes; actual++) {
      sum += count(actual, c);
    }
    return sum;
  }

  /**
   * Returns how many of the rows taken for a class are of it.
   *
   * @param c the class
   * @return a share, 0 to 1
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public double precision(int c) {
    return share(count(c, c), predicted(c));
  }

  /**
   * Returns how many rows of a class were taken for it.
   *
   * @param c the class
   * @return a share, 0 to 1
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public double recall(int c) {
    return share(count(c, c), support(c));
  }

  /**
   * Returns the harmonic mean of precision and recall.
   *
   * @param c the class
   * @return 0 to 1
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public double f1(int c) {
    return share(2L * count(c, c), (long) support(c) + predicted(c));
  }

  /**
   * Returns the share of rows whose class was predicted.
   *
   * @return 0 to 1
   */
  public double accuracy() {
    long right = 0;
    for (int c = 0; c < classes; c++) {
      right += count(c, c);
    }
    return share(right, Arrays.stream(counts).asLongStream().sum());
  }

  /**
   * Returns the macro average of {@link #precision}.
   *
   * @return 0 to 1
   */
  public double macroPrecision() {
    return macro(this::precision);
  }

  /**
   * Returns the macro average of {@link #recall}.
   *
   * @return 0 to 1
   */
  public double macroRecall() {
    return macro(this::recall);
  }

  /**
   * Returns the macro average of {@link #f1}.
   *
   * @return 0 to 1
   */
  public double macroF1() {
    return macro(this::f1);
  }

  private double macro(IntToDoubleFunction ofClass) {
    double sum = 0;
    int seen = 0;
    for (int c = 0; c < classes; c++) {
      if (support(c) > 0 || predicted(c) > 0) {
        sum += ofClass.applyAsDouble(c);
        seen++;
      }
    }
    return sum / seen;
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
