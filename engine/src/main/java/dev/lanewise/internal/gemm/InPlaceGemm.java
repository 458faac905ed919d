package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.gemm.BlockSizes.STRIP;
import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import dev.lanewise.internal.tuning.Sizes;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Small matrix products but for weight gradients, as loops over tiles of the result. Operands are
 * used where they lie, but for what an input gradient transposes first, and, where tiles have two
 * vectors, the columns of a product's right factor: a strip of them is copied, so that its rows lie
 * side by side. Tiles then need no check of an index, and lines of the cache no longer fall into
 * the same few sets.
 */
final class InPlaceGemm {
  private InPlaceGemm() {}

  /**
   * Adds a product: {@code c = c + a b}.
   *
   * @param work room for {@link #productWork} numbers
   */
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
      int ldc,
      float[] work,
      int workOffset) {
    boolean fetch = rows <= Sizes.MOST_ROWS_FETCHED && BlockSizes.worthFetching(depth, columns);
    boolean strips = BlockSizes.inStrips(rows) && ldb != STRIP;
    int most = BlockSizes.depth(fetch, columns);
    int block = strips ? BlockSizes.copiedDepth(most) : most;
    int k = 0;
    do {
      int n = Math.min(block, depth - k);
      if (fetch) {
        n = Prefetch.rows(n, columns, b, bOffset + k * ldb, ldb);
      }
      int j = 0;
      while (j < columns) {
        int width = BlockSizes.tileColumns(columns - j);
        int aAt = aOffset + k;
        int bAt = bOffset + k * ldb + j;
        int cAt = cOffset + j;
        if (strips && width == STRIP) {
          copyStrip(n, b, bAt, ldb, work, workOffset);
          productTiles(rows, STRIP, n, a, aAt, lda, work, workOffset, STRIP, c, cAt, ldc);
        } else {
          productTiles(rows, width, n, a, aAt, lda, b, bAt, ldb, c, cAt, ldc);
        }
        j += width;
      }
      k += n;
    } while (k < depth);
  }

  /** Returns how many numbers {@link #product} writes to its work space. */
  static int productWork(int rows, int depth) {
    return BlockSizes.inStrips(rows) ? STRIP * Math.min(depth, BlockSizes.PANEL_DEPTH) : 0;
  }

  /** Four rows a turn: the loop itself would take as long as the copy of one. */
  private static void copyStrip(
      int depth, float[] b, int bOffset, int ldb, float[] strip, int offset) {
    int k = 0;
    for (; k < depth - 3; k += 4) {
      int from = bOffset + k * ldb;
      int to = offset + k * STRIP;
      FloatVector.fromArray(F, b, from).intoArray(strip, to);
      FloatVector.fromArray(F, b, from + LANES).intoArray(strip, to + LANES);
      from += ldb;
      FloatVector.fromArray(F, b, from).intoArray(strip, to + 2 * LANES);
      FloatVector.fromArray(F, b, from + LANES).intoArray(strip, to + 3 * LANES);
      from += ldb;
      FloatVector.fromArray(F, b, from).intoArray(strip, to + 4 * LANES);
      FloatVector.fromArray(F, b, from + LANES).intoArray(strip, to + 5 * LANES);
      from += ldb;
      FloatVector.fromArray(F, b, from).intoArray(strip, to + 6 * LANES);
      FloatVector.fromArray(F, b, from + LANES).intoArray(strip, to + 7 * LANES);
    }
    for (; k < depth; k++) {
      int from = bOffset + k * ldb;
      int to = offset + k * STRIP;
      FloatVector.fromArray(F, b, from).intoArray(strip, to);
      FloatVector.fromArray(F, b, from + LANES).intoArray(strip, to + LANES);
    }
  }

  private static void productTiles(
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
    boolean strip = BlockSizes.isStrip(columns, ldb);
    int r = 0;
    while (r < rows) {
      int left = rows - r;
      int height = strip ? BlockSizes.stripRows(left) : BlockSizes.tileRows(columns, left);
      int aAt = aOffset + r * lda;
      int cAt = cOffset + r * ldc;
      if (strip && height == 6) {
        StripProduct6x2v.run(depth, a, aAt, lda, b, bOffset, c, cAt, ldc);
      } else if (strip && height == 5) {
        StripProduct5x2v.run(depth, a, aAt, lda, b, bOffset, c, cAt, ldc);
      } else {
        productTile(height, columns, depth, a, aAt, lda, b, bOffset, ldb, c, cAt, ldc);
      }
      r += height;
    }
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
      Arrays.fill(work, dxAt, dxAt + lanes * in, 0);
      transposedProduct(
          in,
          lanes,
          rows,
          out,
          w,
          wOffset,
          ldw,
          dy,
          dyOffset,
          lddy,
          work,
          dxAt,
          lanes,
          work,
          workOffset);
      Transpose.run(in, rows, work, dxAt, lanes, dx, dxOffset, lddx);
    } else {
      if (lddx == in) {
        Arrays.fill(dx, dxOffset, dxOffset + rows * in, 0);
      } else {
        for (int r = 0; r < rows; r++) {
          Arrays.fill(dx, dxOffset + r * lddx, dxOffset + r * lddx + in, 0);
        }
      }
      transposedProduct(
          rows,
          in,
          in,
          out,
          dy,
          dyOffset,
          lddy,
          w,
          wOffset,
          ldw,
          dx,
          dxOffset,
          lddx,
          work,
          workOffset);
    }
  }

  /**
   * Adds {@code c = c + a bT}, tile by tile of columns.
   *
   * @param given rows of {@code b}: columns beyond them have no meaning
   */
  private static void transposedProduct(
      int rows,
      int columns,
      int given,
      int depth,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float[] c,
      int cOffset,
      int ldc,
      float[] work,
      int workOffset) {
    int block = BlockSizes.copiedDepth(BlockSizes.depth(false, columns));
    int j = 0;
    while (j < columns) {
      int width = BlockSizes.tileColumns(columns - j);
      int at = workOffset + j * depth;
      Transpose.run(Math.min(width, given - j), depth, b, bOffset + j * ldb, ldb, work, at, width);
      for (int k = 0; k < depth; k += block) {
        int n = Math.min(block, depth - k);
        productTiles(
            rows, width, n, a, aOffset + k, lda, work, at + k * width, width, c, cOffset + j, ldc);
      }
      j += width;
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
