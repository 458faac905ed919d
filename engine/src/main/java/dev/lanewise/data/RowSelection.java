package dev.lanewise.data;

import dev.lanewise.kernel.SparseRows;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Some rows of another source, in an order of their own, without copies of them: a part to train on
 * or to test with, also of rows that are in a file. Unchangeable.
 */
public final class RowSelection implements RowSource {
  private final RowSource source;
  private final int[] chosen;

  /**
   * Chooses rows.
   *
   * @param source where they are
   * @param chosen their numbers, at least one, copied; the same one may be there more than once
   * @throws IllegalArgumentException if none is chosen
   * @throws IndexOutOfBoundsException if there is no such row
   */
  public RowSelection(RowSource source, int... chosen) {
    this(chosen.clone(), source);
    if (chosen.length == 0) {
      throw new IllegalArgumentException("a selection needs at least 1 row, but none is chosen");
    }
    for (int row : chosen) {
      Objects.checkIndex(row, source.rows());
    }
  }

  private RowSelection(int[] chosen, RowSource source) {
    this.source = Objects.requireNonNull(source, "source");
    this.chosen = chosen;
  }

  /** Chooses rows that are known to be there, or none for a shard that got none; not copied. */
  static RowSelection ofAny(RowSource source, int[] chosen) {
    return new RowSelection(chosen, source);
  }

  /**
   * The two parts of a source.
   *
   * @param train the rows to train on
   * @param test the rows to test with
   */
  public record Split(RowSelection train, RowSelection test) {}

  /**
   * Splits off the last rows.
   *
   * @param source the rows
   * @param testFraction how much of all rows the test part has, above 0 and below 1; rounded to
   *     whole rows
   * @return both parts
   * @throws IllegalArgumentException if the fraction is not between 0 and 1, or one part would be
   *     empty
   */
  public static Split last(RowSource source, double testFraction) {
    int rows = source.rows();
    int[] order = IntStream.range(0, rows).toArray();
    return split(source, order, rows - testRows(rows, testFraction), rows);
  }

  /**
   * Splits off rows that a seed chooses.
   *
   * @param source the rows
   * @param testFraction how much of all rows the test part has, above 0 and below 1; rounded to
   *     whole rows
   * @param seed which ones: the same seed gives the same ones on every machine and for ever
   * @return both parts, in another order
   * @throws IllegalArgumentException if the fraction is not between 0 and 1, or one part would be
   *     empty
   */
  public static Split shuffled(RowSource source, double testFraction, long seed) {
    int rows = source.rows();
    int testRows = testRows(rows, testFraction);
    return split(source, RowOrder.shuffled(rows, seed), rows - testRows, rows);
  }

  /**
   * Splits off rows that a seed chooses, as many of each class as its share, within one row. Goes
   * through all rows once.
   *
   * @param source the rows
   * @param testFraction how much of all rows the test part has, above 0 and below 1; rounded to
   *     whole rows
   * @param seed which ones: the same seed gives the same ones on every machine and for ever
   * @return both parts, in another order
   * @throws IllegalArgumentException if the fraction is not between 0 and 1, one part would be
   *     empty, or the targets are not classes: one 1 and otherwise 0, or with a single target 0 or
   *     1
   */
  public static Split stratified(RowSource source, double testFraction, long seed) {
    int rows = source.rows();
    int testRows = testRows(rows, testFraction);
    int classes = Math.max(source.outputs(), 2);
    int[] order = RowOrder.stratified(classes(source), classes, testRows, seed);
    return split(source, order, rows - testRows, rows);
  }

  /** Makes the rows from one place of an order to another the test part. */
  static Split split(RowSource source, int[] order, int testFrom, int testTo) {
    int[] train = new int[order.length - (testTo - testFrom)];
    System.arraycopy(order, 0, train, 0, testFrom);
    System.arraycopy(order, testTo, train, testFrom, order.length - testTo);
    int[] test = Arrays.copyOfRange(order, testFrom, testTo);
    return new Split(new RowSelection(train, source), new RowSelection(test, source));
  }

  private static int testRows(int rows, double testFraction) {
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
    return testRows;
  }

  /** Returns the class of each row. */
  private static int[] classes(RowSource source) {
    int outputs = source.outputs();
    SparseRows.Builder sparse = source.sparse() ? new SparseRows.Builder(source.inputs()) : null;
    float[] x = sparse == null ? new float[source.inputs()] : null;
    float[] t = new float[outputs];
    int[] row = new int[1];
    int[] classOf = new int[source.rows()];
    for (int r = 0; r < classOf.length; r++) {
      row[0] = r;
      if (sparse == null) {
        source.gather(row, 0, 1, x, t);
      } else {
        source.gather(row, 0, 1, sparse, t, null);
      }
      int ones = 0;
      int zeros = 0;
      for (int c = 0; c < outputs; c++) {
        zeros += t[c] == 0 ? 1 : 0;
        ones += t[c] == 1 ? 1 : 0;
        classOf[r] = t[c] != 1 ? classOf[r] : outputs == 1 ? 1 : c;
      }
      if (ones + zeros != outputs || (outputs > 1 && ones != 1)) {
        throw new IllegalArgumentException(
            "the targets of row "
                + r
                + " are not a class; expected "
                + (outputs == 1 ? "0 or 1" : "a single 1, and 0 otherwise")
                + "; split without classes by shuffledSplit");
      }
    }
    return classOf;
  }

  /**
   * Returns which rows of the source these are.
   *
   * @return their numbers, a copy
   */
  public int[] chosen() {
    return chosen.clone();
  }

  @Override
  public int rows() {
    return chosen.length;
  }

  @Override
  public int inputs() {
    return source.inputs();
  }

  @Override
  public int outputs() {
    return source.outputs();
  }

  @Override
  public boolean hasWeights() {
    return source.hasWeights();
  }

  /** Copies chosen rows. Allocates the {@code count} numbers that they have in the source. */
  @Override
  public void gather(
      int[] numbers, int from, int count, float[] xBatch, float[] tBatch, float[] weightBatch) {
    source.gather(there(numbers, from, count), 0, count, xBatch, tBatch, weightBatch);
  }

  @Override
  public boolean sparse() {
    return source.sparse();
  }

  /** Copies chosen rows. Allocates the {@code count} numbers that they have in the source. */
  @Override
  public void gather(
      int[] numbers,
      int from,
      int count,
      SparseRows.Builder xBatch,
      float[] tBatch,
      float[] weightBatch) {
    source.gather(there(numbers, from, count), 0, count, xBatch, tBatch, weightBatch);
  }

  private int[] there(int[] numbers, int from, int count) {
    int[] there = new int[count];
    for (int i = 0; i < count; i++) {
      there[i] = chosen[numbers[from + i]];
    }
    return there;
  }
}
