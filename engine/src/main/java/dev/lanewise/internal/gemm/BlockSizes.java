package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.Lanes.LANES;

import dev.lanewise.internal.tuning.Sizes;
import dev.lanewise.internal.tuning.Tunable;
import java.util.EnumMap;
import java.util.Map;

/** Which sizes tiles and blocks have, by what {@link Sizes} and the properties say. */
final class BlockSizes {
  private static final int VECTORS =
      Tunable.TILE_VECTORS.orElse(LANES == 16 ? Sizes.TILE_VECTORS_512 : Sizes.TILE_VECTORS);

  private static final int DEPTH = Tunable.BLOCK_DEPTH.orElse(Sizes.BLOCK_DEPTH);

  /** Rows of a weight gradient that go together through all columns. */
  static final int UPDATE_ROWS =
      Tunable.UPDATE_ROWS.orElse(LANES == 8 ? Sizes.UPDATE_ROWS_256 : Sizes.UPDATE_ROWS);

  private static final int FETCH_FROM = Tunable.FETCH_FROM.orElse(Sizes.FETCH_FROM);

  private static final int FETCH_BLOCK = Tunable.FETCH_BLOCK.orElse(Sizes.FETCH_BLOCK);

  private BlockSizes() {}

  static Map<Tunable, Integer> tuned() {
    Map<Tunable, Integer> values = new EnumMap<>(Tunable.class);
    values.put(Tunable.TILE_VECTORS, VECTORS);
    values.put(Tunable.BLOCK_DEPTH, DEPTH);
    values.put(Tunable.UPDATE_ROWS, UPDATE_ROWS);
    values.put(Tunable.FETCH_FROM, FETCH_FROM);
    values.put(Tunable.FETCH_BLOCK, FETCH_BLOCK);
    return values;
  }

  /** Tells whether tiles of a matrix would wait for memory if it were not fetched first. */
  static boolean worthFetching(int rows, int columns) {
    return (long) rows * columns >= FETCH_FROM;
  }

  /** Returns how many summed elements of a product come at once. */
  static int depth(boolean fetched, int columns) {
    return fetched ? Math.max(Sizes.LEAST_FETCHED_ROWS, FETCH_BLOCK / columns) : DEPTH;
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
   * Returns how many rows the next tile of a weight gradient has. At 256 bits, with two vectors a
   * row, one sum of six rows spills to the stack in the loop, so the tiles have five.
   */
  static int gradientRows(int columns, int left) {
    if (LANES == 8 && columns == 2 * LANES) {
      return left == 5 || left == 7 || left >= 9 ? 5 : Math.min(left, 4);
    }
    return tileRows(columns, left);
  }
}
