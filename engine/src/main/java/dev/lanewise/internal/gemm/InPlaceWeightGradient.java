package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.Lanes.LANES;

/** Small weight gradients, as loops over tiles of the weights. Operands are used where they lie. */
final class InPlaceWeightGradient {
  private InPlaceWeightGradient() {}

  /** Adds a multiple of a product with the transpose: {@code c = c + factor (aT b)}. */
  static void run(
      int rows,
      int columns,
      int depth,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float factor,
      float[] c,
      int cOffset,
      int ldc) {
    boolean fetch = BlockSizes.worthFetching(rows, columns);
    for (int first = 0; first < rows; first += BlockSizes.UPDATE_ROWS) {
      int end = Math.min(rows, first + BlockSizes.UPDATE_ROWS);
      if (fetch) {
        end = first + Prefetch.rows(end - first, columns, c, cOffset + first * ldc, ldc);
      }
      int j = 0;
      while (j < columns) {
        int width = BlockSizes.tileColumns(columns - j);
        int r = first;
        while (r < end) {
          int height = BlockSizes.gradientRows(width, end - r);
          int aAt = aOffset + r;
          int cAt = cOffset + r * ldc + j;
          tile(height, width, depth, a, aAt, lda, b, bOffset + j, ldb, factor, c, cAt, ldc);
          r += height;
        }
        j += width;
      }
    }
  }

  private static void tile(
      int rows,
      int columns,
      int depth,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float factor,
      float[] c,
      int cOffset,
      int ldc) {
    if (columns == 4 * LANES) {
      if (rows == 6) {
        WeightGradient6x4v.run(depth, a, aOffset, lda, b, bOffset, ldb, factor, c, cOffset, ldc);
      } else {
        WeightGradient4x4v.run(
            rows, depth, a, aOffset, lda, b, bOffset, ldb, factor, c, cOffset, ldc);
      }
    } else if (columns == 2 * LANES) {
      if (rows == 6) {
        WeightGradient6x2v.run(depth, a, aOffset, lda, b, bOffset, ldb, factor, c, cOffset, ldc);
      } else {
        WeightGradient4x2v.run(
            rows, depth, a, aOffset, lda, b, bOffset, ldb, factor, c, cOffset, ldc);
      }
    } else if (rows == 8) {
      WeightGradient8x1v.run(depth, a, aOffset, lda, b, bOffset, ldb, factor, c, cOffset, ldc);
    } else {
      WeightGradientMasked.run(
          rows, columns, depth, a, aOffset, lda, b, bOffset, ldb, factor, c, cOffset, ldc);
    }
  }
}
