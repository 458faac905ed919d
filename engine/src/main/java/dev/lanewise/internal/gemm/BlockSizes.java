package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.Lanes.LANES;

import dev.lanewise.internal.tuning.Caches;
import dev.lanewise.internal.tuning.Sizes;
import dev.lanewise.internal.tuning.Tunable;
import java.util.EnumMap;
import java.util.Map;

/** Which sizes tiles and blocks have, by what {@link Sizes} and the properties say. */
final class BlockSizes {
  private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");

  private static final int VECTORS =
      Tunable.TILE_VECTORS.orElse(
          LANES == 16 || ARM ? Sizes.TILE_VECTORS_OF_32 : Sizes.TILE_VECTORS);

  /** Columns of a strip, which the tiles with two vectors read where there are 16 registers. */
  static final int STRIP = 2 * LANES;

  private static final boolean STRIPS = VECTORS == 2;

  private static final int DEPTH = Tunable.BLOCK_DEPTH.orElse(Sizes.BLOCK_DEPTH);

  /** Rows of a weight gradient that go together through all columns. */
  static final int UPDATE_ROWS = Tunable.UPDATE_ROWS.orElse(Sizes.UPDATE_ROWS);

  private static final int FETCH_FROM = Tunable.FETCH_FROM.orElse(Sizes.FETCH_FROM);

  private static final int FETCH_BLOCK = Tunable.FETCH_BLOCK.orElse(Sizes.FETCH_BLOCK);

  private static final Caches CACHES = Caches.read();

  /**
   * Rows of the tiles that run on packed panels: their sums and one row's vectors are in registers.
   */
  static final int TILE_ROWS = ARM && VECTORS == 4 ? 4 : 6;

  /** Their columns. */
  static final int TILE_COLUMNS = (VECTORS == 4 ? 4 : 2) * LANES;

  /** Panels are whole turns of the tiles' loops deep. */
  static final int TURN = 4;

  /** Rows that are copied at once: so many columns of a weight gradient's factor fill its lines. */
  static final int COPIED_ROWS = 4 * TILE_ROWS;

  /** Summed elements of a panel. */
  static final int PANEL_DEPTH = Tunable.PANEL_DEPTH.orElse(panelDepth(CACHES));

  /** How far apart copied rows lie: not so that rows of a tile share sets of a cache. */
  static final int ROW = wholeTurns(PANEL_DEPTH) + Sizes.LINE;

  /** Columns whose panels are made at once. */
  static final int PANEL_COLUMNS = Tunable.PANEL_COLUMNS.orElse(panelColumns(CACHES));

  /** Rows that are copied at once where the copies serve several sets of panels. */
  static final int KEPT_AT_ONCE = 4 * COPIED_ROWS;

  /** Rows whose copies are kept so, and rows of a weight gradient's sums. */
  static final int KEPT_ROWS = Sizes.KEPT_ROWS / KEPT_AT_ONCE * KEPT_AT_ONCE;

  /** Sets of panels whose sums are kept. */
  static final int SUM_PANELS = Sizes.SUM_PANELS;

  /** Numbers from a line of the first cache to the next one in the same set. */
  private static final int SETS = CACHES.l1() / CACHES.l1Ways() / Float.BYTES;

  private static final int PACK_FROM = Tunable.PACK_FROM.orElse(Sizes.PACK_FROM);

  private BlockSizes() {}

  /** Tells whether a product runs on packed panels. */
  static boolean packed(int rows, int columns, int depth) {
    return packedInputGradient(rows, columns, depth)
        || (rows >= PACK_FROM / Sizes.FEWER_ROWS && isLarge(depth, columns));
  }

  /**
   * Tells whether an input gradient does. With fewer rows these lie in the lanes, and no copy of
   * the weights is made.
   */
  static boolean packedInputGradient(int rows, int columns, int depth) {
    return rows >= PACK_FROM && columns >= TILE_COLUMNS / 2 && depth >= PACK_FROM;
  }

  /**
   * Tells whether a weight gradient does, whose factors have rows so far apart.
   *
   * @param depth batch rows; with fewer, what is added to the weights at the end of each chain
   *     costs more than tiles in place lose, unless their lines share sets of the first cache
   */
  static boolean packedWeightGradient(int rows, int columns, int depth, int lda, int ldb) {
    return mayPackWeightGradient(rows, columns, depth)
        && (depth >= (long) Sizes.LONGER_GRADIENT * PACK_FROM
            || lda % SETS == 0
            || ldb % SETS == 0
            || isLarge(rows, columns));
  }

  /** Tells whether a weight gradient does, if its factors' rows lie badly. */
  static boolean mayPackWeightGradient(int rows, int columns, int depth) {
    return packedInputGradient(rows, columns, depth)
        || (depth >= PACK_FROM / Sizes.FEWER_ROWS && isLarge(rows, columns));
  }

  /**
   * Tells whether so many weights lie so far apart that tiles with two vectors lose more in place
   * than copies cost, even where few batch rows share these.
   */
  private static boolean isLarge(int in, int out) {
    return TILE_COLUMNS == 2 * LANES
        && Math.min(in, out) >= TILE_COLUMNS
        && (long) in * out >= Sizes.LARGE_WEIGHTS;
  }

  /**
   * Returns how deep panels are: one of them and the rows of one tile share the first cache, each
   * with whole ways of it, and one way is left for the result (Low et al., "Analytical Modeling Is
   * Enough for High-Performance BLIS", section 4.2).
   */
  static int panelDepth(Caches caches) {
    int ways = (caches.l1Ways() - 1) * TILE_COLUMNS / (TILE_COLUMNS + TILE_ROWS);
    return Math.max(
        LANES, Math.max(1, ways) * (caches.l1() / caches.l1Ways()) / (Float.BYTES * TILE_COLUMNS));
  }

  /**
   * Returns how many columns have panels at once: these fill the second cache but for two ways,
   * through which rows and results pass (section 4.3 there).
   */
  static int panelColumns(Caches caches) {
    int ways = Math.max(1, caches.l2Ways() - 2);
    int columns = ways * (caches.l2() / caches.l2Ways()) / (Float.BYTES * PANEL_DEPTH);
    return Math.clamp(columns / TILE_COLUMNS, 1, 4096 / TILE_COLUMNS) * TILE_COLUMNS;
  }

  /** Returns how many steps panels hold where {@code depth} are summed. */
  static int wholeTurns(int depth) {
    return (depth + TURN - 1) / TURN * TURN;
  }

  /** Tells whether a product copies the strips of its right factor. */
  static boolean inStrips(int rows) {
    return STRIPS && rows >= Sizes.STRIPS_FROM;
  }

  /** Returns how many summed elements of copied or transposed columns come at once. */
  static int copiedDepth(int most) {
    return STRIPS ? Math.min(most, PANEL_DEPTH) : most;
  }

  /** Tells whether columns of a factor are a strip, by themselves or as a copy. */
  static boolean isStrip(int columns, int ld) {
    return STRIPS && columns == STRIP && ld == STRIP;
  }

  static Map<Tunable, Integer> tuned() {
    Map<Tunable, Integer> values = new EnumMap<>(Tunable.class);
    values.put(Tunable.TILE_VECTORS, VECTORS);
    values.put(Tunable.BLOCK_DEPTH, DEPTH);
    values.put(Tunable.UPDATE_ROWS, UPDATE_ROWS);
    values.put(Tunable.FETCH_FROM, FETCH_FROM);
    values.put(Tunable.FETCH_BLOCK, FETCH_BLOCK);
    values.put(Tunable.PACK_FROM, PACK_FROM);
    values.put(Tunable.PANEL_DEPTH, PANEL_DEPTH);
    values.put(Tunable.PANEL_COLUMNS, PANEL_COLUMNS);
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
    if (ARM && columns == 4 * LANES) {
      // A broadcast is a load and a copy there, and those of six rows take registers from the sums.
      return Math.min(left, 4);
    }
    boolean six = left >= 6 && left % 6 != 1 && left % 6 != 2 && left % 6 != 5;
    return six ? 6 : Math.min(left, 4);
  }

  /**
   * Returns how many rows the next tile of a strip has, where {@code left} are left: 6, or 5 where
   * these and sixes leave nothing, or else at most 4.
   */
  static int stripRows(int left) {
    int fives = (6 - left % 6) % 6;
    if (5 * fives <= left) {
      return left > 5 * fives ? 6 : 5;
    }
    return left > 8 ? 5 : Math.min(left, 4);
  }

  /**
   * Returns how many rows the next tile of a weight gradient has. On ARM fences would be
   * instructions, so that there are no tiles of six rows.
   */
  static int gradientRows(int columns, int left) {
    int rows = tileRows(columns, left);
    return ARM && rows == 6 ? 4 : rows;
  }
}
