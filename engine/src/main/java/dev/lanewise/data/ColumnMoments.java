package dev.lanewise.data;

import java.util.Arrays;

/**
 * Mean, variance and limits of columns: every row is added once, and once more, after all were, for
 * its squares.
 */
final class ColumnMoments {
  private final String what;
  private final double[] sum;
  private final double[] squares;
  private final float[] min;
  private final float[] max;
  private long rows;

  /** Starts without a row; {@code what} is a column's name in messages. */
  ColumnMoments(String what, int columns) {
    this.what = what;
    this.sum = new double[columns];
    this.squares = new double[columns];
    this.min = new float[columns];
    this.max = new float[columns];
    Arrays.fill(min, Float.POSITIVE_INFINITY);
    Arrays.fill(max, Float.NEGATIVE_INFINITY);
  }

  void add(int count, float[] values) {
    int columns = sum.length;
    for (int r = 0; r < count; r++) {
      Finite.check(what, values, r * columns, rows + r, columns);
      for (int c = 0; c < columns; c++) {
        float value = values[r * columns + c];
        sum[c] += value;
        min[c] = Math.min(min[c], value);
        max[c] = Math.max(max[c], value);
      }
    }
    rows += count;
  }

  void addSquares(int count, float[] values) {
    int columns = sum.length;
    for (int i = 0; i < count * columns; i++) {
      double d = values[i] - sum[i % columns] / rows;
      squares[i % columns] += d * d;
    }
  }

  /** Returns each column's mean. */
  float[] means() {
    float[] means = new float[sum.length];
    for (int c = 0; c < sum.length; c++) {
      means[c] = (float) (sum[c] / rows);
    }
    return means;
  }

  /** Returns each column's smallest value: the array itself. */
  float[] minimums() {
    return min;
  }

  /** Returns what makes each column's standard deviation 1. */
  float[] deviationFactors() {
    float[] factor = new float[sum.length];
    for (int c = 0; c < sum.length; c++) {
      factor[c] = factor(c, Math.sqrt(squares[c] / rows));
    }
    return factor;
  }

  /** Returns what makes each column's range 1. */
  float[] rangeFactors() {
    float[] factor = new float[sum.length];
    for (int c = 0; c < sum.length; c++) {
      factor[c] = factor(c, (double) max[c] - min[c]);
    }
    return factor;
  }

  /** Returns 1 where a column is constant, or so nearly that the factor is no float. */
  private float factor(int c, double spread) {
    float factor = (float) (1 / spread);
    return min[c] == max[c] || Float.isInfinite(factor) ? 1 : factor;
  }
}
