package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.gemm.BlockSizes.TILE_COLUMNS;
import static dev.lanewise.internal.gemm.BlockSizes.TILE_ROWS;
import static dev.lanewise.internal.gemm.BlockSizes.wholeTurns;
import static dev.lanewise.internal.simd.Lanes.LANES;

import java.util.Arrays;

/**
 * Runs the tiles of a few rows of a result, on panels and copies of rows. Tiles that go beyond the
 * result run on a copy of it.
 *
 * <p>The work space begins with a row of 0, a row of -0 and a tile.
 */
final class PanelTiles {
  private static final int MINUS_ZEROS = TILE_COLUMNS;
  private static final int TILE = 2 * TILE_COLUMNS;
  private static final int TILE_SIZE = TILE_ROWS * TILE_COLUMNS;

  /** Numbers of the work space that are needed here. */
  static final int WORK = TILE + TILE_SIZE;

  private PanelTiles() {}

  /** Writes the two rows that tiles start from. */
  static void prepare(float[] work, int workOffset) {
    Arrays.fill(work, workOffset, workOffset + MINUS_ZEROS, 0);
    Arrays.fill(work, workOffset + MINUS_ZEROS, workOffset + TILE, -0f);
  }

  /**
   * Runs the tiles of a few rows, one beside the other, so that the lines of the result are read in
   * their order. A tile's copied rows stay in the first cache, all panels in the second.
   */
  static void product(
      int rows,
      int columns,
      int depth,
      boolean fromZero,
      float[] c,
      int cOffset,
      int ldc,
      float[] work,
      int workOffset,
      int copies,
      int panels) {
    int deep = wholeTurns(depth);
    int tile = workOffset + TILE;
    int zeros = workOffset;
    for (int r = 0; r < rows; r += TILE_ROWS) {
      int m = Math.min(TILE_ROWS, rows - r);
      int a = copies + r / TILE_ROWS * Panels.COPIED_TILE;
      int whole = m == TILE_ROWS ? columns / TILE_COLUMNS : 0;
      int cAt = cOffset + r * ldc;
      if (fromZero) {
        productTiles(whole, deep, work, a, work, panels, work, zeros, 0, 0, c, cAt, ldc);
      } else {
        productTiles(whole, deep, work, a, work, panels, c, cAt, ldc, TILE_COLUMNS, c, cAt, ldc);
      }
      for (int j = whole * TILE_COLUMNS; j < columns; j += TILE_COLUMNS) {
        int n = Math.min(TILE_COLUMNS, columns - j);
        int b = panels + j * deep;
        if (fromZero) {
          productTiles(1, deep, work, a, work, b, work, zeros, 0, 0, work, tile, TILE_COLUMNS);
        } else {
          Panels.copyTile(m, n, c, cAt + j, ldc, work, tile, TILE_COLUMNS);
          productTiles(
              1, deep, work, a, work, b, work, tile, TILE_COLUMNS, 0, work, tile, TILE_COLUMNS);
        }
        Panels.copyTile(m, n, work, tile, TILE_COLUMNS, c, cAt + j, ldc);
      }
    }
  }

  /** Does so for a weight gradient, whose sums are added to the weights after the last block. */
  static void gradient(
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
      int copies,
      int panels,
      int sums) {
    int deep = wholeTurns(depth);
    int tile = workOffset + TILE;
    int minusZeros = workOffset + MINUS_ZEROS;
    int tiles = (columns + TILE_COLUMNS - 1) / TILE_COLUMNS;
    int from = first ? workOffset : sums;
    int ldFrom = first ? 0 : TILE_COLUMNS;
    int step = first ? 0 : TILE_SIZE;
    for (int r = 0; r < rows; r += TILE_ROWS) {
      int m = Math.min(TILE_ROWS, rows - r);
      int a = copies + r / TILE_ROWS * Panels.COPIED_TILE;
      int s = from + r / TILE_ROWS * tiles * step;
      if (!last) {
        int to = sums + r / TILE_ROWS * tiles * TILE_SIZE;
        gradientTiles(
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
      gradientTiles(
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
        gradientTiles(
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

  private static void productTiles(
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

  private static void gradientTiles(
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
}
