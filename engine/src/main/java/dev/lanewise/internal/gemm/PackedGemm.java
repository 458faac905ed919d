package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.gemm.BlockSizes.PANEL_COLUMNS;
import static dev.lanewise.internal.gemm.BlockSizes.PANEL_DEPTH;
import static dev.lanewise.internal.gemm.BlockSizes.PANEL_ROWS;
import static dev.lanewise.internal.gemm.BlockSizes.SUM_ROWS;
import static dev.lanewise.internal.gemm.BlockSizes.TILE_COLUMNS;
import static dev.lanewise.internal.gemm.BlockSizes.TILE_ROWS;
import static dev.lanewise.internal.simd.Lanes.LANES;

import java.util.Arrays;

/**
 * Large matrix products, block by block (Goto, van de Geijn: "Anatomy of High-Performance Matrix
 * Multiplication"; Van Zee, van de Geijn: "BLIS: A Framework for Rapidly Instantiating BLAS
 * Functionality"). Blocks of both factors are copied into panels, padded with zeros to whole tiles,
 * which tiles read from the first number to the last. So it makes no difference how far apart the
 * rows of the factors lie, nor on which pages.
 *
 * <p>Depth is cut into blocks as well. The chains go on in the result itself; those of a weight
 * gradient, which start from 0 and are added at their end, go on in the work space. So each number
 * is the one chain that it is without blocks.
 */
final class PackedGemm {
  /** What is multiplied, and what becomes of the product. */
  enum Shape {
    /** {@code c = c + a b}. */
    FORWARD,
    /** {@code c = a bT}. */
    INPUT_GRADIENT,
    /** {@code c = c + factor (aT b)}. */
    WEIGHT_GRADIENT
  }

  private static final int TILE = TILE_ROWS * TILE_COLUMNS;

  private PackedGemm() {}

  /** Returns how many numbers the work space of a product must have: more for larger ones. */
  static long work(int rows, int columns, int depth) {
    long panelDepth = Math.min(depth, PANEL_DEPTH);
    long width = wholeTiles(Math.min(columns, PANEL_COLUMNS), TILE_COLUMNS);
    long sums = depth > PANEL_DEPTH ? wholeTiles(Math.min(rows, SUM_ROWS), LANES) * width : 0;
    long height = wholeTiles(Math.min(rows, PANEL_ROWS), LANES);
    return 2L * TILE + panelDepth * width + height * panelDepth + sums;
  }

  /**
   * Computes a product.
   *
   * @param rows of {@code c}
   * @param columns of {@code c}
   * @param depth how many products each number of {@code c} sums
   * @param work room for {@link #work} numbers
   */
  static void run(
      Shape shape,
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
      int ldc,
      float[] work,
      int workOffset) {
    int blockDepth = even(depth, PANEL_DEPTH, 1);
    int blockColumns = even(columns, PANEL_COLUMNS, TILE_COLUMNS);
    int blockRows = even(rows, PANEL_ROWS, LANES);
    boolean sums = shape == Shape.WEIGHT_GRADIENT && depth > blockDepth;
    int sumRows = sums ? even(rows, SUM_ROWS, LANES) : rows;
    int panels = workOffset + 2 * TILE;
    int block = panels + blockDepth * wholeTiles(blockColumns, TILE_COLUMNS);
    int sumsAt = block + wholeTiles(blockRows, LANES) * blockDepth;
    Arrays.fill(work, workOffset, panels, 0);
    for (int j = 0; j < columns; j += blockColumns) {
      int n = Math.min(blockColumns, columns - j);
      for (int first = 0; first < rows; first += sumRows) {
        int end = Math.min(rows, first + sumRows);
        for (int k = 0; k < depth; k += blockDepth) {
          int d = Math.min(blockDepth, depth - k);
          if (shape == Shape.INPUT_GRADIENT) {
            Panels.packTransposed(TILE_COLUMNS, d, n, b, bOffset + j * ldb + k, ldb, work, panels);
          } else {
            Panels.pack(TILE_COLUMNS, d, n, b, bOffset + k * ldb + j, ldb, work, panels);
          }
          for (int r = first; r < end; r += blockRows) {
            int m = Math.min(blockRows, end - r);
            if (shape == Shape.WEIGHT_GRADIENT) {
              Panels.pack(LANES, d, m, a, aOffset + k * lda + r, lda, work, block);
            } else {
              Panels.packTransposed(LANES, d, m, a, aOffset + r * lda + k, lda, work, block);
            }
            int sAt = sumsAt + (r - first) * wholeTiles(n, TILE_COLUMNS);
            int cAt = cOffset + r * ldc + j;
            tiles(
                shape,
                m,
                n,
                d,
                k == 0,
                k + d == depth,
                factor,
                c,
                cAt,
                ldc,
                work,
                workOffset,
                panels,
                block,
                sAt);
          }
        }
      }
    }
  }

  /** Runs all tiles of a block: its panels stay in the first cache, its rows in the second. */
  private static void tiles(
      Shape shape,
      int rows,
      int columns,
      int depth,
      boolean first,
      boolean last,
      float factor,
      float[] c,
      int cOffset,
      int ldc,
      float[] work,
      int workOffset,
      int panels,
      int block,
      int sums) {
    int tile = workOffset + TILE;
    int lds = wholeTiles(columns, TILE_COLUMNS);
    for (int j = 0; j < columns; j += TILE_COLUMNS) {
      int n = Math.min(TILE_COLUMNS, columns - j);
      int b = panels + j * depth;
      for (int r = 0; r < rows; r += TILE_ROWS) {
        int m = Math.min(TILE_ROWS, rows - r);
        int a = block + r / LANES * (LANES * depth) + r % LANES;
        int cAt = cOffset + r * ldc + j;
        if (shape == Shape.WEIGHT_GRADIENT) {
          int sAt = sums + r * lds + j;
          int from = first ? workOffset : sAt;
          int ldFrom = first ? TILE_COLUMNS : lds;
          int to = last ? tile : sAt;
          int ldTo = last ? TILE_COLUMNS : lds;
          tile(depth, work, a, work, b, work, from, ldFrom, -0f, work, to, ldTo);
          if (last) {
            Panels.addTile(m, n, factor, work, tile, c, cAt, ldc);
          }
        } else if (m < TILE_ROWS || n < TILE_COLUMNS) {
          boolean fromZero = first && shape == Shape.INPUT_GRADIENT;
          if (!fromZero) {
            Panels.copyTile(m, n, c, cAt, ldc, work, tile, TILE_COLUMNS);
          }
          int from = fromZero ? workOffset : tile;
          tile(depth, work, a, work, b, work, from, TILE_COLUMNS, 0f, work, tile, TILE_COLUMNS);
          Panels.copyTile(m, n, work, tile, TILE_COLUMNS, c, cAt, ldc);
        } else if (first && shape == Shape.INPUT_GRADIENT) {
          tile(depth, work, a, work, b, work, workOffset, TILE_COLUMNS, 0f, c, cAt, ldc);
        } else {
          tile(depth, work, a, work, b, c, cAt, ldc, 0f, c, cAt, ldc);
        }
      }
    }
  }

  private static void tile(
      int depth,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] s,
      int sOffset,
      int lds,
      float end,
      float[] c,
      int cOffset,
      int ldc) {
    if (TILE_COLUMNS == 4 * LANES) {
      PanelProduct4x4v.run(depth, a, aOffset, b, bOffset, s, sOffset, lds, end, c, cOffset, ldc);
    } else {
      PanelProduct4x2v.run(depth, a, aOffset, b, bOffset, s, sOffset, lds, end, c, cOffset, ldc);
    }
  }

  /** Cuts {@code n} into as few blocks as there must be, as even as whole tiles allow. */
  private static int even(int n, int most, int multiple) {
    int blocks = (n + most - 1) / most;
    int even = (n + blocks - 1) / blocks;
    return Math.min(n, (even + multiple - 1) / multiple * multiple);
  }

  private static int wholeTiles(int n, int tile) {
    return (n + tile - 1) / tile * tile;
  }
}
