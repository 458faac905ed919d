package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.gemm.BlockSizes.COPIED_ROWS;
import static dev.lanewise.internal.gemm.BlockSizes.PANEL_COLUMNS;
import static dev.lanewise.internal.gemm.BlockSizes.PANEL_DEPTH;
import static dev.lanewise.internal.gemm.BlockSizes.ROW;
import static dev.lanewise.internal.gemm.BlockSizes.SUM_ROWS;
import static dev.lanewise.internal.gemm.BlockSizes.TILE_COLUMNS;
import static dev.lanewise.internal.gemm.BlockSizes.TILE_ROWS;
import static dev.lanewise.internal.gemm.BlockSizes.TURN;
import static dev.lanewise.internal.gemm.BlockSizes.wholeTurns;
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

  /** The work space begins with a row of 0, a row of -0 and a tile. */
  private static final int MINUS_ZEROS = TILE_COLUMNS;

  private static final int TILE = 2 * TILE_COLUMNS;
  private static final int TILE_SIZE = TILE_ROWS * TILE_COLUMNS;
  private static final int COPIES = TILE + TILE_SIZE;
  private static final int PANELS = COPIES + Panels.COPY_SIZE;

  private PackedGemm() {}

  /** Returns how many numbers the work space of a product must have: more for larger ones. */
  static long work(int rows, int columns, int depth) {
    long panelDepth = wholeTurns(Math.min(depth, PANEL_DEPTH));
    long width = wholeTiles(Math.min(columns, PANEL_COLUMNS), TILE_COLUMNS);
    long sums = depth > PANEL_DEPTH ? wholeTiles(Math.min(rows, SUM_ROWS), COPIED_ROWS) * width : 0;
    return PANELS + panelDepth * width + sums;
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
    int blockDepth = even(depth, PANEL_DEPTH, TURN);
    int blockColumns = even(columns, PANEL_COLUMNS, TILE_COLUMNS);
    boolean gradient = shape == Shape.WEIGHT_GRADIENT;
    int blockRows = gradient && depth > blockDepth ? even(rows, SUM_ROWS, COPIED_ROWS) : rows;
    int copies = workOffset + COPIES;
    int panels = workOffset + PANELS;
    int sums = panels + wholeTurns(blockDepth) * wholeTiles(blockColumns, TILE_COLUMNS);
    Arrays.fill(work, workOffset, workOffset + MINUS_ZEROS, 0);
    Arrays.fill(work, workOffset + MINUS_ZEROS, workOffset + TILE, -0f);
    for (int j = 0; j < columns; j += blockColumns) {
      int n = Math.min(blockColumns, columns - j);
      for (int first = 0; first < rows; first += blockRows) {
        int end = Math.min(rows, first + blockRows);
        for (int k = 0; k < depth; k += blockDepth) {
          int d = Math.min(blockDepth, depth - k);
          boolean last = k + d == depth;
          if (shape == Shape.INPUT_GRADIENT) {
            Panels.packTransposed(d, n, b, bOffset + j * ldb + k, ldb, work, panels);
          } else {
            Panels.pack(d, n, b, bOffset + k * ldb + j, ldb, work, panels);
          }
          for (int r = first; r < end; r += COPIED_ROWS) {
            int m = Math.min(COPIED_ROWS, end - r);
            int cAt = cOffset + r * ldc + j;
            if (gradient) {
              Panels.copyColumns(d, m, a, aOffset + k * lda + r, lda, work, copies);
              int s = sums + (r - first) * wholeTiles(n, TILE_COLUMNS);
              gradientTiles(m, n, d, k == 0, last, factor, c, cAt, ldc, work, workOffset, s);
            } else {
              Panels.copyRows(d, m, a, aOffset + r * lda + k, lda, work, copies);
              boolean fromZero = k == 0 && shape == Shape.INPUT_GRADIENT;
              productTiles(m, n, d, fromZero, c, cAt, ldc, work, workOffset);
            }
          }
        }
      }
    }
  }

  /**
   * Runs the tiles of a few rows, one beside the other, so that the lines of the result are read in
   * their order. A tile's copied rows stay in the first cache, all panels in the second.
   */
  private static void productTiles(
      int rows,
      int columns,
      int depth,
      boolean fromZero,
      float[] c,
      int cOffset,
      int ldc,
      float[] work,
      int workOffset) {
    int deep = wholeTurns(depth);
    int tile = workOffset + TILE;
    int zeros = workOffset;
    int panels = workOffset + PANELS;
    for (int r = 0; r < rows; r += TILE_ROWS) {
      int m = Math.min(TILE_ROWS, rows - r);
      int a = workOffset + COPIES + r * ROW;
      int whole = m == TILE_ROWS ? columns / TILE_COLUMNS : 0;
      int cAt = cOffset + r * ldc;
      if (fromZero) {
        product(whole, deep, work, a, work, panels, work, zeros, 0, 0, c, cAt, ldc);
      } else {
        product(whole, deep, work, a, work, panels, c, cAt, ldc, TILE_COLUMNS, c, cAt, ldc);
      }
      for (int j = whole * TILE_COLUMNS; j < columns; j += TILE_COLUMNS) {
        int n = Math.min(TILE_COLUMNS, columns - j);
        int b = panels + j * deep;
        if (fromZero) {
          product(1, deep, work, a, work, b, work, zeros, 0, 0, work, tile, TILE_COLUMNS);
        } else {
          Panels.copyTile(m, n, c, cAt + j, ldc, work, tile, TILE_COLUMNS);
          product(1, deep, work, a, work, b, work, tile, TILE_COLUMNS, 0, work, tile, TILE_COLUMNS);
        }
        Panels.copyTile(m, n, work, tile, TILE_COLUMNS, c, cAt + j, ldc);
      }
    }
  }

  /** Does so for a weight gradient, whose sums are added to the weights after the last block. */
  private static void gradientTiles(
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
      int sums) {
    int deep = wholeTurns(depth);
    int tile = workOffset + TILE;
    int minusZeros = workOffset + MINUS_ZEROS;
    int panels = workOffset + PANELS;
    int tiles = (columns + TILE_COLUMNS - 1) / TILE_COLUMNS;
    int from = first ? workOffset : sums;
    int ldFrom = first ? 0 : TILE_COLUMNS;
    int step = first ? 0 : TILE_SIZE;
    for (int r = 0; r < rows; r += TILE_ROWS) {
      int m = Math.min(TILE_ROWS, rows - r);
      int a = workOffset + COPIES + r / TILE_ROWS * Panels.COPIED_TILE;
      int s = from + r / TILE_ROWS * tiles * step;
      if (!last) {
        int to = sums + r / TILE_ROWS * tiles * TILE_SIZE;
        gradient(
            tiles,
            deep,
            work,
            a,
            work,
            panels,
            work,
            s,
            ldFrom,
            step,
            1,
            work,
            minusZeros,
            0,
            0,
            work,
            to,
            TILE_COLUMNS,
            TILE_SIZE);
        continue;
      }
      int whole = m == TILE_ROWS ? columns / TILE_COLUMNS : 0;
      int cAt = cOffset + r * ldc;
      gradient(
          whole,
          deep,
          work,
          a,
          work,
          panels,
          work,
          s,
          ldFrom,
          step,
          factor,
          c,
          cAt,
          ldc,
          TILE_COLUMNS,
          c,
          cAt,
          ldc,
          TILE_COLUMNS);
      for (int j = whole; j < tiles; j++) {
        int n = Math.min(TILE_COLUMNS, columns - j * TILE_COLUMNS);
        int at = cAt + j * TILE_COLUMNS;
        Panels.copyTile(m, n, c, at, ldc, work, tile, TILE_COLUMNS);
        gradient(
            1,
            deep,
            work,
            a,
            work,
            panels + j * TILE_COLUMNS * deep,
            work,
            s + j * step,
            ldFrom,
            0,
            factor,
            work,
            tile,
            TILE_COLUMNS,
            0,
            work,
            tile,
            TILE_COLUMNS,
            0);
        Panels.copyTile(m, n, work, tile, TILE_COLUMNS, c, at, ldc);
      }
    }
  }

  private static void product(
      int tiles,
      int depth,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] s,
      int sOffset,
      int lds,
      int sStep,
      float[] c,
      int cOffset,
      int ldc) {
    if (TILE_COLUMNS == 2 * LANES) {
      PanelProduct6x2v.run(
          tiles, depth, a, aOffset, b, bOffset, s, sOffset, lds, sStep, c, cOffset, ldc);
    } else if (TILE_ROWS == 6) {
      PanelProduct6x4v.run(
          tiles, depth, a, aOffset, b, bOffset, s, sOffset, lds, sStep, c, cOffset, ldc);
    } else {
      PanelProduct4x4v.run(
          tiles, depth, a, aOffset, b, bOffset, s, sOffset, lds, sStep, c, cOffset, ldc);
    }
  }

  private static void gradient(
      int tiles,
      int depth,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] s,
      int sOffset,
      int lds,
      int sStep,
      float factor,
      float[] t,
      int tOffset,
      int ldt,
      int tStep,
      float[] c,
      int cOffset,
      int ldc,
      int cStep) {
    if (TILE_COLUMNS == 2 * LANES) {
      PanelGradient6x2v.run(
          tiles, depth, a, aOffset, b, bOffset, s, sOffset, lds, sStep, factor, t, tOffset, ldt,
          tStep, c, cOffset, ldc, cStep);
    } else if (TILE_ROWS == 6) {
      PanelGradient6x4v.run(
          tiles, depth, a, aOffset, b, bOffset, s, sOffset, lds, sStep, factor, t, tOffset, ldt,
          tStep, c, cOffset, ldc, cStep);
    } else {
      PanelGradient4x4v.run(
          tiles, depth, a, aOffset, b, bOffset, s, sOffset, lds, sStep, factor, t, tOffset, ldt,
          tStep, c, cOffset, ldc, cStep);
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
