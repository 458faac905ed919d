package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.gemm.BlockSizes.TILE_COLUMNS;
import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Copies of blocks of matrices that tiles read from the first number to the last: panels, each with
 * a few columns, row after row, the last one padded with zeros.
 */
final class Panels {
  private Panels() {}

  /** Copies a block of {@code depth x columns} numbers into panels. */
  static void pack(
      int width,
      int depth,
      int columns,
      float[] b,
      int bOffset,
      int ldb,
      float[] panels,
      int offset) {
    int j = 0;
    for (; j + width <= columns; j += width) {
      int from = bOffset + j;
      int to = offset + j * depth;
      for (int k = 0; k < depth; k++) {
        for (int v = 0; v < width; v += LANES) {
          FloatVector.fromArray(F, b, from + v).intoArray(panels, to + v);
        }
        from += ldb;
        to += width;
      }
    }
    int left = columns - j;
    if (left > 0) {
      int to = offset + j * depth;
      Arrays.fill(panels, to, to + width * depth, 0);
      for (int k = 0; k < depth; k++) {
        System.arraycopy(b, bOffset + k * ldb + j, panels, to + k * width, left);
      }
    }
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
    for (int j = 0; j < columns; j += width) {
      int n = Math.min(width, columns - j);
      int to = offset + j * depth;
      if (n < width) {
        Arrays.fill(panels, to, to + width * depth, 0);
      }
      Transpose.run(n, depth, b, bOffset + j * ldb, ldb, panels, to, width);
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

  /** Adds a multiple of part of a tile: {@code c = c + factor tile}. */
  static void addTile(
      int rows,
      int columns,
      float factor,
      float[] tile,
      int offset,
      float[] c,
      int cOffset,
      int ldc) {
    FloatVector f = FloatVector.broadcast(F, factor);
    for (int r = 0; r < rows; r++) {
      int from = offset + r * TILE_COLUMNS;
      int to = cOffset + r * ldc;
      int j = 0;
      for (; j + LANES <= columns; j += LANES) {
        FloatVector sum = FloatVector.fromArray(F, tile, from + j);
        sum.fma(f, FloatVector.fromArray(F, c, to + j)).intoArray(c, to + j);
      }
      for (; j < columns; j++) {
        c[to + j] = Math.fma(factor, tile[from + j], c[to + j]);
      }
    }
  }
}
