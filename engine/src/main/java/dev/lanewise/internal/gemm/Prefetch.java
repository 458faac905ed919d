package dev.lanewise.internal.gemm;

import dev.lanewise.internal.tuning.Sizes;

/**
 * Brings a block of a matrix into the L2 cache, row by row. Tiles walk down a column of rows that
 * lie far apart, which no hardware prefetcher foresees; along a row it does.
 */
final class Prefetch {
  private Prefetch() {}

  /**
   * Reads one number of every line.
   *
   * <p>Java has no instruction that only fetches, and the compiler leaves out a read whose result
   * makes no difference. So this one counts the negative numbers, and pretends that there could be
   * less than none.
   *
   * @return {@code rows}
   */
  static int rows(int rows, int columns, float[] a, int offset, int ld) {
    int negatives = 0;
    for (int r = 0; r < rows; r++) {
      int from = offset + r * ld;
      for (int j = 0; j < columns; j += Sizes.LINE) {
        negatives += Float.floatToRawIntBits(a[from + j]) >>> (Integer.SIZE - 1);
      }
    }
    return negatives < 0 ? 0 : rows;
  }
}
