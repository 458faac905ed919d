package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.gemm.BlockSizes.ROW;
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

  private Panels() {}

  /**
   * Copies a block of {@code depth x columns} numbers into panels.
   *
   * @param padding the numbers of steps beyond {@code depth}
   */
  static void pack(
      int width,
      int depth,
      int columns,
      float[] b,
      int bOffset,
      int ldb,
      float padding,
      float[] panels,
      int offset) {
    int deep = wholeTurns(depth);
    int j = 0;
    while (columns - j >= width) {
      int count = Math.min(TOGETHER, (columns - j) / width);
      for (int k = 0; k < depth; k++) {
        int from = bOffset + k * ldb + j;
        int to = offset + j * deep + k * width;
        for (int p = 0; p < count; p++) {
          FloatVector.fromArray(F, b, from).intoArray(panels, to);
          if (width > LANES) {
            FloatVector.fromArray(F, b, from + LANES).intoArray(panels, to + LANES);
          }
          if (width > 2 * LANES) {
            FloatVector.fromArray(F, b, from + 2 * LANES).intoArray(panels, to + 2 * LANES);
          }
          for (int v = 3 * LANES; v < width; v += LANES) {
            FloatVector.fromArray(F, b, from + v).intoArray(panels, to + v);
          }
          from += width;
          to += width * deep;
        }
      }
      j += count * width;
    }
    int left = columns - j;
    if (left > 0) {
      int to = offset + j * deep;
      Arrays.fill(panels, to, to + width * depth, 0);
      for (int k = 0; k < depth; k++) {
        System.arraycopy(b, bOffset + k * ldb + j, panels, to + k * width, left);
      }
    }
    pad(width, depth, columns, padding, panels, offset);
  }

  /** Copies the transpose of a block of {@code columns x depth} numbers into panels. */
  static void packTransposed(
      int width,
      int depth,
      int columns,
      float[] b,
      int bOffset,
      int ldb,
      float[] panels,
      int offset) {
    int deep = wholeTurns(depth);
    for (int j = 0; j < columns; j += width) {
      int n = Math.min(width, columns - j);
      int to = offset + j * deep;
      if (n < width) {
        Arrays.fill(panels, to, to + width * depth, 0);
      }
      Transpose.run(n, depth, b, bOffset + j * ldb, ldb, panels, to, width);
    }
    pad(width, depth, columns, 0, panels, offset);
  }

  private static void pad(
      int width, int depth, int columns, float padding, float[] panels, int offset) {
    int deep = wholeTurns(depth);
    for (int j = 0; deep > depth && j < columns; j += width) {
      int to = offset + j * deep;
      Arrays.fill(panels, to + depth * width, to + deep * width, padding);
    }
  }

  /** Copies rows; those of a tile that there are not are zeros. */
  static void copyRows(
      int depth, int rows, float[] a, int aOffset, int lda, float[] copies, int offset) {
    for (int r = 0; r < rows; r++) {
      int to = offset + r * ROW;
      System.arraycopy(a, aOffset + r * lda, copies, to, depth);
      Arrays.fill(copies, to + depth, to + wholeTurns(depth), -0f);
    }
    for (int r = rows; r % TILE_ROWS != 0; r++) {
      Arrays.fill(copies, offset + r * ROW, offset + r * ROW + wholeTurns(depth), 0);
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
