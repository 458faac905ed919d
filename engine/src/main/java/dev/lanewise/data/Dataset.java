package dev.lanewise.data;

import java.util.Arrays;
import java.util.Objects;

/** Rows of inputs, each with its targets. */
public final class Dataset {
  private final int rows;
  private final int inputs;
  private final int targets;
  private final float[] x;
  private final float[] t;

  /**
   * Makes a data set of arrays, which are not copied.
   *
   * @param inputs how many inputs a row has, at least 1
   * @param x {@code rows x inputs}, at least one row
   * @param targets how many targets a row has, at least 1
   * @param t {@code rows x targets}
   * @throws IllegalArgumentException if a number is below 1, or the lengths do not fit
   */
  public Dataset(int inputs, float[] x, int targets, float[] t) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(t, "t");
    if (inputs < 1 || targets < 1) {
      throw new IllegalArgumentException(
          "a row needs at least 1 input and 1 target, not " + inputs + " and " + targets);
    }
    if (x.length == 0 || x.length % inputs != 0) {
      throw new IllegalArgumentException(
          "x must hold a positive multiple of " + inputs + " numbers, but holds " + x.length);
    }
    this.rows = x.length / inputs;
    if (t.length != (long) rows * targets) {
      throw new IllegalArgumentException(
          "t must hold " + rows + " x " + targets + " numbers, but holds " + t.length);
    }
    this.inputs = inputs;
    this.targets = targets;
    this.x = x;
    this.t = t;
  }

  /**
   * Makes a data set for classification: the target of a row's class is 1, its others are 0.
   *
   * @param inputs how many inputs a row has, at least 1
   * @param x {@code rows x inputs}, which are not copied
   * @param labels the class of each row, from 0
   * @param classes how many classes there are, at least 1
   * @return a data set with {@code classes} targets
   * @throws IllegalArgumentException if a label is not below {@code classes}, or the lengths do not
   *     fit
   */
  public static Dataset ofClasses(int inputs, float[] x, int[] labels, int classes) {
    float[] t = new float[Math.multiplyExact(labels.length, classes)];
    for (int r = 0; r < labels.length; r++) {
      if (labels[r] < 0 || labels[r] >= classes) {
        throw new IllegalArgumentException(
            "the label of row " + r + " is " + labels[r] + "; expected 0 to " + (classes - 1));
      }
      t[r * classes + labels[r]] = 1;
    }
    return new Dataset(inputs, x, classes, t);
  }

  /**
   * Returns how many rows there are.
   *
   * @return at least 1
   */
  public int rows() {
    return rows;
  }

  /**
   * Returns how many inputs a row has.
   *
   * @return at least 1
   */
  public int inputs() {
    return inputs;
  }

  /**
   * Returns how many targets a row has.
   *
   * @return at least 1
   */
  public int targets() {
    return targets;
  }

  /**
   * Returns the inputs.
   *
   * @return {@code rows x inputs}, not a copy
   */
  public float[] x() {
    return x;
  }

  /**
   * Returns the targets.
   *
   * @return {@code rows x targets}, not a copy
   */
  public float[] t() {
    return t;
  }

  /**
   * The two parts of a data set.
   *
   * @param train the first rows
   * @param test the last rows
   */
  public record Split(Dataset train, Dataset test) {}

  /**
   * Splits off the last rows.
   *
   * @param testFraction how much of all rows the test part has, above 0 and below 1; rounded to
   *     whole rows
   * @return both parts, as copies
   * @throws IllegalArgumentException if the fraction is not between 0 and 1, or one part would be
   *     empty
   */
  public Split split(double testFraction) {
    if (!(testFraction > 0 && testFraction < 1)) {
      throw new IllegalArgumentException(
          "the test fraction must be above 0 and below 1, but was " + testFraction);
    }
    int testRows = (int) Math.round(rows * testFraction);
    if (testRows == 0 || testRows == rows) {
      throw new IllegalArgumentException(
          "a test fraction of "
              + testFraction
              + " leaves "
              + testRows
              + " of "
              + rows
              + " rows for testing; at least 1 must be for testing and 1 for training");
    }
    int trainRows = rows - testRows;
    return new Split(copy(0, trainRows), copy(trainRows, rows));
  }

  private Dataset copy(int from, int to) {
    return new Dataset(
        inputs,
        Arrays.copyOfRange(x, from * inputs, to * inputs),
        targets,
        Arrays.copyOfRange(t, from * targets, to * targets));
  }

  /**
   * Copies chosen rows, one after the other. Allocates nothing.
   *
   * @param chosen numbers of rows
   * @param from where in {@code chosen} to start
   * @param count how many to copy
   * @param xBatch where to put {@code count x inputs}
   * @param tBatch where to put {@code count x targets}
   * @throws IndexOutOfBoundsException if there is no such row, or an array is too short
   */
  public void gather(int[] chosen, int from, int count, float[] xBatch, float[] tBatch) {
    for (int i = 0; i < count; i++) {
      int row = Objects.checkIndex(chosen[from + i], rows);
      System.arraycopy(x, row * inputs, xBatch, i * inputs, inputs);
      System.arraycopy(t, row * targets, tBatch, i * targets, targets);
    }
  }
}
