package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.Lanes.LANES;

import dev.lanewise.internal.tuning.Sizes;
import java.util.Arrays;

/**
 * Small matrix products, as loops over tiles of the result: operands are used where they lie, but
 * for what an input gradient transposes first.
 */
final class InPlaceGemm {
  private InPlaceGemm() {}

  /** Adds a product: {@code c = c + a b}. */
  static void product(
      int rows,
      int columns,
      int depth,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float[] c,
      int cOffset,
      int ldc) {
    boolean fetch = rows <= Sizes.MOST_ROWS_FETCHED && BlockSizes.worthFetching(depth, columns);
    int block = BlockSizes.depth(fetch, columns);
    int k = 0;
    do {
      int n = Math.min(block, depth - k);
      if (fetch) {
        n = Prefetch.rows(n, columns, b, bOffset + k * ldb, ldb);
      }
      int j = 0;
      while (j < columns) {
        int width = BlockSizes.tileColumns(columns - j);
        int bAt = bOffset + k * ldb + j;
        int r = 0;
        while (r < rows) {
          int height = BlockSizes.tileRows(width, rows - r);
          int aAt = aOffset + r * lda + k;
          int cAt = cOffset + r * ldc + j;
          productTile(height, width, n, a, aAt, lda, b, bAt, ldb, c, cAt, ldc);
          r += height;
        }
        j += width;
      }
      k += n;
    } while (k < depth);
  }

  private static void productTile(
      int rows,
      int columns,
      int depth,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float[] c,
      int cOffset,
      int ldc) {
    if (columns == 4 * LANES) {
      if (rows == 6) {
        Product6x4v.run(depth, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc);
      } else {
        Product4x4v.run(rows, depth, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc);
      }
    } else if (columns == 2 * LANES) {
      if (rows == 6) {
        Product6x2v.run(depth, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc);
      } else {
        Product4x2v.run(rows, depth, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc);
      }
    } else if (rows == 8) {
      Product8x1v.run(depth, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc);
    } else {
      ProductMasked.run(rows, columns, depth, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc);
    }
  }

  /** Adds a multiple of a product with the transpose: {@code c = c + factor (aT b)}. */
  static void weightGradient(
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
          weightGradientTile(
              height, width, depth, a, aAt, lda, b, bOffset + j, ldb, factor, c, cAt, ldc);
          r += height;
        }
        j += width;
      }
    }
  }

  private static void weightGradientTile(
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

  /**
   * Multiplies by a transposed matrix: {@code dx = dy wT}. Lanes run over rows, the last vector's
   * in part in vain, with {@code dy} and {@code dx} transposed, or over inputs, with {@code w}
   * transposed.
   *
   * @param work room for {@link #inputGradientWork} numbers
   */
  static void inputGradient(
      int rows,
      int in,
      int out,
      float[] dy,
      int dyOffset,
      int lddy,
      float[] w,
      int wOffset,
      int ldw,
      float[] dx,
      int dxOffset,
      int lddx,
      float[] work,
      int workOffset) {
    if (lanesOverRows(rows, in, out, Sizes.TRANSPOSING)) {
      int lanes = wholeVectors(rows);
      int dxAt = workOffset + lanes * out;
      Transpose.run(rows, out, dy, dyOffset, lddy, work, workOffset, lanes);
      Arrays.fill(work, dxAt, dxAt + lanes * in, 0);
      product(in, lanes, out, w, wOffset, ldw, work, workOffset, lanes, work, dxAt, lanes);
      Transpose.run(in, rows, work, dxAt, lanes, dx, dxOffset, lddx);
    } else {
      Transpose.run(in, out, w, wOffset, ldw, work, workOffset, in);
      if (lddx == in) {
        Arrays.fill(dx, dxOffset, dxOffset + rows * in, 0);
      } else {
        for (int r = 0; r < rows; r++) {
          Arrays.fill(dx, dxOffset + r * lddx, dxOffset + r * lddx + in, 0);
        }
      }
      product(rows, in, out, dy, dyOffset, lddy, work, workOffset, in, dx, dxOffset, lddx);
    }
  }

  /**
   * Returns how many numbers {@link #inputGradient} writes to its work space: never more than there
   * are weights, whatever it costs to transpose them.
   */
  static long inputGradientWork(int rows, int in, int out, int transposing) {
    return lanesOverRows(rows, in, out, transposing)
        ? wholeVectors(rows) * ((long) in + out)
        : (long) in * out;
  }

  /** Tells whether that fits into the work space, and is the faster way. */
  private static boolean lanesOverRows(int rows, int in, int out, int transposing) {
    long lanes = wholeVectors(rows);
    long weights = (long) in * out;
    return lanes * ((long) in + out) <= weights
        && lanes * (weights + transposing * ((long) in + out)) <= weights * (rows + transposing);
  }

  private static int wholeVectors(int n) {
    return (n + LANES - 1) / LANES * LANES;
  }
}
