package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.gemm.BlockSizes.ROW;
import static dev.lanewise.internal.gemm.BlockSizes.TILE_COLUMNS;
import static dev.lanewise.internal.gemm.BlockSizes.TILE_ROWS;
import static dev.lanewise.internal.gemm.BlockSizes.wholeTurns;
import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Copies of blocks of matrices that tiles read from the first number to the last: panels, each with
 * a few columns, row after row, the last one padded; or rows, where a tile takes one number of
 * each.
 *
 * <p>Depth is padded to whole turns, with 0 in one factor and -0 in the other: their product, -0,
 * changes no sum, not even one that is -0.
 */
final class Panels {
  /** Panels that are made together, so that a row's lines are read one after the other. */
  private static final int TOGETHER = 4;

  /** Room for the columns of one tile, where whole vectors are stored that overlap. */
  static final int COPIED_TILE = TILE_ROWS * ROW + LANES;

  private Panels() {}

  /** Copies a block of {@code depth x columns} numbers into panels. */
  static void pack(
      int depth, int columns, float[] b, int bOffset, int ldb, float[] panels, int offset) {
    int panel = TILE_COLUMNS * wholeTurns(depth);
    int whole = columns / TILE_COLUMNS;
    int count;
    for (int i = 0; i < whole; i += count) {
      count = Math.min(TOGETHER, whole - i);
      for (int k = 0; k < depth; k++) {
        int from = bOffset + k * ldb + i * TILE_COLUMNS;
        int to = offset + i * panel + k * TILE_COLUMNS;
        for (int p = 0; p < count; p++) {
          FloatVector.fromArray(F, b, from).intoArray(panels, to);
          FloatVector.fromArray(F, b, from + LANES).intoArray(panels, to + LANES);
          if (TILE_COLUMNS == 4 * LANES) {
            FloatVector.fromArray(F, b, from + 2 * LANES).intoArray(panels, to + 2 * LANES);
            FloatVector.fromArray(F, b, from + 3 * LANES).intoArray(panels, to + 3 * LANES);
          }
          from += TILE_COLUMNS;
          to += panel;
        }
      }
    }
    int left = columns - whole * TILE_COLUMNS;
    if (left > 0) {
      int to = offset + whole * panel;
      Arrays.fill(panels, to, to + panel, 0);
      for (int k = 0; k < depth; k++) {
        int from = bOffset + k * ldb + whole * TILE_COLUMNS;
        System.arraycopy(b, from, panels, to + k * TILE_COLUMNS, left);
      }
    }
    pad(depth, columns, panels, offset);
  }

  /** Copies the transpose of a block of {@code columns x depth} numbers into panels. */
  static void packTransposed(
      int depth, int columns, float[] b, int bOffset, int ldb, float[] panels, int offset) {
    int panel = TILE_COLUMNS * wholeTurns(depth);
    for (int j = 0; j < columns; j += TILE_COLUMNS) {
      int n = Math.min(TILE_COLUMNS, columns - j);
      int to = offset + j / TILE_COLUMNS * panel;
      if (n < TILE_COLUMNS) {
        Arrays.fill(panels, to, to + panel, 0);
      }
      Transpose.run(n, depth, b, bOffset + j * ldb, ldb, panels, to, TILE_COLUMNS);
    }
    pad(depth, columns, panels, offset);
  }

  private static void pad(int depth, int columns, float[] panels, int offset) {
    int panel = TILE_COLUMNS * wholeTurns(depth);
    int end = TILE_COLUMNS * depth;
    for (int j = 0; end < panel && j < columns; j += TILE_COLUMNS) {
      int to = offset + j / TILE_COLUMNS * panel;
      Arrays.fill(panels, to + end, to + panel, 0);
    }
  }

  /** Copies rows; those of a tile that there are not are zeros. */
  static void copyRows(
      int depth, int rows, float[] a, int aOffset, int lda, float[] copies, int offset) {
    for (int r = 0; r < rows; r++) {
      int to = offset + r / TILE_ROWS * COPIED_TILE + r % TILE_ROWS * ROW;
      System.arraycopy(a, aOffset + r * lda, copies, to, depth);
      Arrays.fill(copies, to + depth, to + wholeTurns(depth), -0f);
    }
    for (int r = rows; r % TILE_ROWS != 0; r++) {
      int to = offset + r / TILE_ROWS * COPIED_TILE + r % TILE_ROWS * ROW;
      Arrays.fill(copies, to, to + wholeTurns(depth), 0);
    }
  }

  /**
   * Copies columns, as many as a tile has rows side by side. Beyond those that there are it copies
   * what lies beside them, whose sums nobody reads.
   */
  static void copyColumns(
      int depth, int columns, float[] a, int aOffset, int lda, float[] copies, int offset) {
    int tiles = (columns + TILE_ROWS - 1) / TILE_ROWS;
    int read = (tiles - 1) * TILE_ROWS + (TILE_ROWS + LANES - 1) / LANES * LANES;
    // Whole vectors as long as they end within the array.
    int k = 0;
    for (; k < depth && aOffset + k * lda <= a.length - read; k++) {
      int from = aOffset + k * lda;
      int to = offset + k * TILE_ROWS;
      for (int t = 0; t < tiles; t++) {
        FloatVector.fromArray(F, a, from).intoArray(copies, to);
        if (TILE_ROWS > LANES) {
          FloatVector.fromArray(F, a, from + LANES).intoArray(copies, to + LANES);
        }
        from += TILE_ROWS;
        to += COPIED_TILE;
      }
    }
    for (; k < depth; k++) {
      for (int i = 0; i < columns; i++) {
        int to = offset + i / TILE_ROWS * COPIED_TILE + k * TILE_ROWS + i % TILE_ROWS;
        copies[to] = a[aOffset + k * lda + i];
      }
    }
    for (int t = 0; t < tiles; t++) {
      int to = offset + t * COPIED_TILE;
      Arrays.fill(copies, to + depth * TILE_ROWS, to + wholeTurns(depth) * TILE_ROWS, -0f);
    }
  }

  /** Copies part of a tile. */
  static void copyTile(
      int rows,
      int columns,
      float[] from,
      int fromOffset,
      int ldFrom,
      float[] to,
      int toOffset,
      int ldTo) {
    for (int r = 0; r < rows; r++) {
      System.arraycopy(from, fromOffset + r * ldFrom, to, toOffset + r * ldTo, columns);
    }
  }
}
