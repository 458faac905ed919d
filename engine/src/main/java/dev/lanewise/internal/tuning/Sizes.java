package dev.lanewise.internal.tuning;

import java.util.concurrent.TimeUnit;

/**
 * The one table of sizes and thresholds. Those of the first group are part of the numeric contract;
 * the others were chosen by measurement and change no bit. {@link Tunable} names those that a
 * property can set.
 */
public final class Sizes {
  // Another value changes bits: these stay as they are for ever.

  /** Partial sums that {@code dot} and {@code sum} keep. */
  public static final int PARTIAL_SUMS = 16;

  /** Squares that a loss sums in single precision before its sum goes on in double. */
  public static final int SUMMED_AT_ONCE = 1_024;

  /** Rows of a data set whose losses are summed before the sum is added to that of the others. */
  public static final int ROWS_IN_ORDER = 256;

  /** Of wide rows fewer: so many that they have at most so many numbers. */
  public static final int NUMBERS_IN_ORDER = 1 << 24;

  // Only speed: layout in memory.

  /** Floats in a line of the cache. */
  public static final int LINE = 16;

  /** Rows of weights and outputs are padded to a multiple of this: whole vectors of any width. */
  public static final int ROW_ALIGNMENT = 16;

  /**
   * Rows that would lie a multiple of this apart lie one line further apart, or all lines of a
   * tile's column would fall into the same few sets of the cache.
   */
  public static final int SAME_SETS = 512;

  // Only speed: matrix products.

  /** Vectors beside each other in the widest tile where there may be 16 registers only. */
  public static final int TILE_VECTORS = 2;

  /** The same where there are 32: at 512 bits, and on AArch64 at any width. */
  public static final int TILE_VECTORS_OF_32 = 4;

  /** Summed elements a tile of a product takes at once; the chain can be interrupted anywhere. */
  public static final int BLOCK_DEPTH = 512;

  /**
   * Rows of a weight gradient that go together through all columns: a multiple of the rows of the
   * usual tile, and few enough to stay in the L2 cache.
   */
  public static final int UPDATE_ROWS = 48;

  /**
   * A matrix of so many numbers stays in the L2 cache no longer: it is fetched before its tiles.
   */
  public static final int FETCH_FROM = 400_000;

  /** Numbers of a matrix that are fetched at once: they stay in the L2 cache as others pass by. */
  public static final int FETCH_BLOCK = 131_072;

  /** Rows of a matrix that are fetched at once, however wide they are. */
  public static final int LEAST_FETCHED_ROWS = 16;

  /**
   * With more rows a product is not fetched: waiting for its matrix is spread over all of them, and
   * the blocks that stay in the cache are so low that the result is written over and over.
   */
  public static final int MOST_ROWS_FETCHED = 128;

  /** From so many rows and summed elements on a product runs on packed panels. */
  public static final int PACK_FROM = 48;

  /**
   * A weight gradient does from so many times as many summed elements on: what is added to its
   * weights at the end of each chain costs the same for short chains.
   */
  public static final int LONGER_GRADIENT = 2;

  /** From so many weights on, a product and a weight gradient do with fewer batch rows. */
  public static final int LARGE_WEIGHTS = 200_000;

  /** They do so with so many times fewer. */
  public static final int FEWER_ROWS = 3;

  /**
   * From so many rows of the result on, with tiles of two vectors, each strip of columns is copied
   * before the tiles of a product walk down it: fewer rows read it too seldom.
   */
  public static final int STRIPS_FROM = 17;

  /** To transpose a number takes as long as about so many multiply-adds in a product. */
  public static final int TRANSPOSING = 10;

  // Only speed: what is done at once.

  /** Rows of a gradient that are stored before they are used: few enough to stay in the cache. */
  public static final int GRADIENT_ROWS = 192;

  /** Parameters updated at once: with gradients and state they stay in the first cache. */
  public static final int UPDATED_AT_ONCE = 1_024;

  /** Rows that are looked at or predicted at once. */
  public static final int ROWS_AT_ONCE = 256;

  /** Of wide rows fewer: so many that they have at most so many numbers. */
  public static final int NUMBERS_AT_ONCE = 1 << 24;

  // Only speed: threads.

  /**
   * Operations forward from which on threads share a layer: below, moving numbers between cores
   * takes longer.
   */
  public static final int SHARE_FROM = 2_000_000;

  /** To compare an output that another core made takes as long as about so many operations. */
  public static final int COMPARING = 256;

  /** Rows of parts begin at multiples of this: whole tiles. */
  public static final int PART_ROWS = 6;

  /** So do columns: whole tiles, and no two threads write to one line of the cache. */
  public static final int PART_COLUMNS = 16;

  /** How often a waiting thread looks for work before it sleeps. */
  public static final int SPINS = 5_000;

  /** How long an idle thread stays: what is forgotten thousands of times must not use them up. */
  public static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  // Only speed: warm-up.

  /**
   * How long plain loops compute before vectors are tried: about what it costs to compile these.
   */
  public static final long WARM_UP_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(1_000);

  /** A step with so many multiply-adds tells of a network that is soon worth it. */
  public static final long LARGE_STEP = 1 << 23;

  /** After so much work in large steps vectors are tried. */
  public static final long WARM_UP_AFTER_LARGE = 1 << 24;

  /** Where so many multiply-adds are expected, vectors run at once. */
  public static final long WARM_UP_FOR = 4_000_000_000L;

  /** How much more time than plain loops had vectors may take while they are tried. */
  public static final long TRIAL_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** How often vectors are tried at least before they are found to be faster. */
  public static final int LEAST_TRIALS = 16;

  /** After so many trials they are compiled, whatever the times say. */
  public static final int MOST_TRIALS = 100_000;

  /** How long vectors run before the compiler counts anew: it has compiled all by then. */
  public static final long SETTLED_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(2_000);

  /** Rows whose copies are kept for further panels, and rows of a weight gradient's sums. */
  public static final int KEPT_ROWS = 1_056;

  /** Sets of panels, each of which fills the second cache, whose sums a weight gradient keeps. */
  public static final int SUM_PANELS = 4;

  private Sizes() {}
}
