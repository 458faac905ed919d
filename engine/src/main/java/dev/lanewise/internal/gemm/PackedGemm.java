package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.gemm.BlockSizes.COPIED_ROWS;
import static dev.lanewise.internal.gemm.BlockSizes.KEPT_AT_ONCE;
import static dev.lanewise.internal.gemm.BlockSizes.KEPT_ROWS;
import static dev.lanewise.internal.gemm.BlockSizes.PANEL_COLUMNS;
import static dev.lanewise.internal.gemm.BlockSizes.PANEL_DEPTH;
import static dev.lanewise.internal.gemm.BlockSizes.SUM_PANELS;
import static dev.lanewise.internal.gemm.BlockSizes.TILE_COLUMNS;
import static dev.lanewise.internal.gemm.BlockSizes.TILE_ROWS;
import static dev.lanewise.internal.gemm.BlockSizes.TURN;
import static dev.lanewise.internal.gemm.BlockSizes.wholeTurns;

/**
 * Large matrix products, block by block (Goto, van de Geijn: "Anatomy of High-Performance Matrix
 * Multiplication"; Van Zee, van de Geijn: "BLIS: A Framework for Rapidly Instantiating BLAS
 * Functionality"). Blocks of both factors are copied into panels, padded with zeros to whole tiles,
 * which tiles read from the first number to the last. So it makes no difference how far apart the
 * rows of the factors lie, nor on which pages.
 *
 * <p>Where one set of panels that fills the second cache is not all columns, the copies of the
 * other factor's rows are kept for the sets to come: rows lie pages apart, copies do not.
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

  private PackedGemm() {}

  /** Returns how many numbers the work space of a product must have: more for larger ones. */
  static long work(int rows, int columns, int depth) {
    long panelDepth = wholeTurns(Math.min(depth, PANEL_DEPTH));
    long width = wholeTiles(Math.min(columns, PANEL_COLUMNS), TILE_COLUMNS);
    long kept = wholeTiles(Math.min(rows, KEPT_ROWS), KEPT_AT_ONCE);
    long copied = columns > PANEL_COLUMNS ? kept : COPIED_ROWS;
    long panels = Math.min(SUM_PANELS, (columns + PANEL_COLUMNS - 1L) / PANEL_COLUMNS);
    long sums = depth > PANEL_DEPTH ? kept * width * panels : 0;
    return PanelTiles.WORK + copied / TILE_ROWS * Panels.COPIED_TILE + panelDepth * width + sums;
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
    boolean gradient = shape == Shape.WEIGHT_GRADIENT;
    int blockDepth = even(depth, PANEL_DEPTH, TURN);
    int blockColumns = even(columns, PANEL_COLUMNS, TILE_COLUMNS);
    boolean summed = gradient && depth > blockDepth;
    boolean kept = columns > blockColumns;
    int blockRows = summed || kept ? even(rows, KEPT_ROWS, KEPT_AT_ONCE) : rows;
    int together = summed ? SUM_PANELS * blockColumns : columns;
    int copies = workOffset + PanelTiles.WORK;
    int atOnce = kept ? KEPT_AT_ONCE : COPIED_ROWS;
    int copied = kept ? wholeTiles(blockRows, KEPT_AT_ONCE) : COPIED_ROWS;
    int panels = copies + copied / TILE_ROWS * Panels.COPIED_TILE;
    int sums = panels + wholeTurns(blockDepth) * wholeTiles(blockColumns, TILE_COLUMNS);
    int sumsOfPanels = wholeTiles(blockRows, KEPT_AT_ONCE) * wholeTiles(blockColumns, TILE_COLUMNS);
    PanelTiles.prepare(work, workOffset);
    for (int left = 0; left < columns; left += together) {
      int right = Math.min(columns, left + together);
      for (int first = 0; first < rows; first += blockRows) {
        int end = Math.min(rows, first + blockRows);
        for (int k = 0; k < depth; k += blockDepth) {
          int d = Math.min(blockDepth, depth - k);
          boolean last = k + d == depth;
          for (int j = left; j < right; j += blockColumns) {
            int n = Math.min(blockColumns, right - j);
            if (shape == Shape.INPUT_GRADIENT) {
              Panels.packTransposed(d, n, b, bOffset + j * ldb + k, ldb, work, panels);
            } else {
              Panels.pack(d, n, b, bOffset + k * ldb + j, ldb, work, panels);
            }
            int sumsAt = sums + (j - left) / blockColumns * sumsOfPanels;
            for (int r = first; r < end; r += atOnce) {
              int m = Math.min(atOnce, end - r);
              int copy = copies + (kept ? (r - first) / TILE_ROWS * Panels.COPIED_TILE : 0);
              int cAt = cOffset + r * ldc + j;
              if (gradient) {
                if (j == left) {
                  Panels.copyColumns(d, m, a, aOffset + k * lda + r, lda, work, copy);
                }
                int s = sumsAt + (r - first) * wholeTiles(n, TILE_COLUMNS);
                PanelTiles.gradient(
                    m, n, d, k == 0, last, factor, c, cAt, ldc, work, workOffset, copy, panels, s);
              } else {
                if (j == left) {
                  Panels.copyRows(d, m, a, aOffset + r * lda + k, lda, work, copy);
                }
                boolean fromZero = k == 0 && shape == Shape.INPUT_GRADIENT;
                PanelTiles.product(m, n, d, fromZero, c, cAt, ldc, work, workOffset, copy, panels);
              }
            }
          }
        }
      }
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
