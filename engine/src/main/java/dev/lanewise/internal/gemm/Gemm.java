package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.Lanes.LANES;

/**
 * Matrix products as loops over tiles of the result. Operands are row-major and used in place;
 * lanes run over columns of the result, so each of its elements is one chain of fused multiply-adds
 * in the order of the summed index, whatever the tile.
 *
 * <p>Callers have checked the operands.
 */
public final class Gemm {
  /** Rows of a tile. With 4 vectors that makes 24 sums, 4 loads and 1 broadcast: 29 registers. */
  private static final int ROWS = 6;

  /** Vectors of the widest tile. Below 512 bits a machine may have only 16 registers. */
  private static final int VECTORS = LANES == 16 ? 4 : 2;

  /** Side of the square blocks of a transposition: 16 lines of 64 bytes stay in the L1 cache. */
  private static final int TRANSPOSE = 16;

  private Gemm() {}

  /** Adds {@code c += a b}, with {@code a[r][k]} at {@code aOffset + r * aRow + k * aStep}. */
  public static void multiply(
      int rows,
      int columns,
      int depth,
      float[] a,
      int aOffset,
      int aRow,
      int aStep,
      float[] b,
      int bOffset,
      int ldb,
      float[] c,
      int cOffset,
      int ldc) {
    int j = 0;
    while (j < columns) {
      int left = columns - j;
      int width = left >= VECTORS * LANES ? VECTORS * LANES : left >= 2 * LANES ? 2 * LANES : LANES;
      for (int r = 0; r < rows; r += ROWS) {
        tile(
            Math.min(ROWS, rows - r),
            Math.min(width, left),
            depth,
            a,
            aOffset + r * aRow,
            aRow,
            aStep,
            b,
            bOffset + j,
            ldb,
            c,
            cOffset + r * ldc + j,
            ldc);
      }
      j += width;
    }
  }

  private static void tile(
      int rows,
      int columns,
      int depth,
      float[] a,
      int aOffset,
      int aRow,
      int aStep,
      float[] b,
      int bOffset,
      int ldb,
      float[] c,
      int cOffset,
      int ldc) {
    if (columns == 4 * LANES) {
      Tile6x4v.run(rows, depth, a, aOffset, aRow, aStep, b, bOffset, ldb, c, cOffset, ldc);
    } else if (columns == 2 * LANES) {
      Tile6x2v.run(rows, depth, a, aOffset, aRow, aStep, b, bOffset, ldb, c, cOffset, ldc);
    } else if (columns == LANES) {
      Tile6x1v.run(rows, depth, a, aOffset, aRow, aStep, b, bOffset, ldb, c, cOffset, ldc);
    } else {
      Tile6x1vMasked.run(
          rows, columns, depth, a, aOffset, aRow, aStep, b, bOffset, ldb, c, cOffset, ldc);
    }
  }

  /** Copies {@code to[c][r] = from[r][c]}, where {@code to} has no gaps between its rows. */
  public static void transpose(
      int rows, int columns, float[] from, int fromOffset, int ld, float[] to, int toOffset) {
    for (int r0 = 0; r0 < rows; r0 += TRANSPOSE) {
      int r1 = Math.min(rows, r0 + TRANSPOSE);
      for (int c0 = 0; c0 < columns; c0 += TRANSPOSE) {
        int c1 = Math.min(columns, c0 + TRANSPOSE);
        for (int c = c0; c < c1; c++) {
          for (int r = r0; r < r1; r++) {
            to[toOffset + c * rows + r] = from[fromOffset + r * ld + c];
          }
        }
      }
    }
  }
}
