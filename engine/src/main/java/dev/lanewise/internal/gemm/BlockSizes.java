package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.Lanes.LANES;

import dev.lanewise.internal.tuning.Tunable;
import java.util.EnumMap;
import java.util.Map;

/** Every block size of the matrix products, chosen by measurement; none changes a bit. */
final class BlockSizes {
  /** Summed elements a tile of a product takes at once; the chain can be interrupted anywhere. */
  private static final int DEPTH = Tunable.BLOCK_DEPTH.orElse(512);

  /**
   * Rows of an update that go together through all columns: a multiple of the rows of the usual
   * tile, and few enough to stay in the L2 cache.
   */
  static final int UPDATE_ROWS = Tunable.UPDATE_ROWS.orElse(LANES == 8 ? 50 : 48);

  /** Numbers of a matrix that stay in the L2 cache while others pass by. */
  private static final int IN_L2 = Tunable.FETCH_BLOCK.orElse(131_072);

  /** Numbers of a matrix that does not. */
  private static final int BEYOND_L2 = Tunable.FETCH_FROM.orElse(400_000);

  private static final int LEAST_FETCHED = 16;

  /**
   * With more rows a product is not fetched: waiting for its matrix is spread over all of them, and
   * the blocks that stay in the cache are so low that the result is written over and over.
   */
  static final int FEW_ROWS = 128;

  /** Vectors of the widest tile. Below 512 bits a machine may have only 16 registers. */
  private static final int VECTORS = Tunable.TILE_VECTORS.orElse(LANES == 16 ? 4 : 2);

  private BlockSizes() {}

  static Map<Tunable, Integer> tuned() {
    Map<Tunable, Integer> values = new EnumMap<>(Tunable.class);
    values.put(Tunable.TILE_VECTORS, VECTORS);
    values.put(Tunable.BLOCK_DEPTH, DEPTH);
    values.put(Tunable.UPDATE_ROWS, UPDATE_ROWS);
    values.put(Tunable.FETCH_FROM, BEYOND_L2);
    values.put(Tunable.FETCH_BLOCK, IN_L2);
    return values;
  }

  /** Tells whether tiles of a matrix would wait for memory if it were not fetched first. */
  static boolean worthFetching(int rows, int columns) {
    return (long) rows * columns >= BEYOND_L2;
  }

  /** Returns how many summed elements of a product come at once. */
  static int depth(boolean fetched, int columns) {
    return fetched ? Math.max(LEAST_FETCHED, IN_L2 / columns) : DEPTH;
  }

  /** Returns how many columns the next tile has, where {@code left} are left. */
  static int tileColumns(int left) {
    if (VECTORS == 4 && left >= 4 * LANES) {
      return 4 * LANES;
    }
    return VECTORS > 1 && left >= 2 * LANES ? 2 * LANES : Math.min(left, LANES);
  }

  /**
   * Returns how many rows the next tile of a product has, where {@code left} are left: one of those
   * that there are, so that as few as can be are computed in vain.
   */
  static int tileRows(int columns, int left) {
    if (columns < LANES) {
      return Math.min(left, 2);
    }
    if (columns == LANES) {
      return left >= 8 ? 8 : Math.min(left, 2);
    }
    boolean six = left >= 6 && left % 6 != 1 && left % 6 != 2 && left % 6 != 5;
    return six ? 6 : Math.min(left, 4);
  }

  /**
   * Returns how many rows the next tile of an update has. At 256 bits, with two vectors a row, one
   * sum of six rows spills to the stack in the loop, so the tiles have five.
   */
  static int updateRows(int columns, int left) {
    if (LANES == 8 && columns == 2 * LANES) {
      return left == 5 || left == 7 || left >= 9 ? 5 : Math.min(left, 4);
    }
    return tileRows(columns, left);
  }
}
