package dev.lanewise.internal.parallel;

import static dev.lanewise.internal.tuning.Sizes.PART_COLUMNS;
import static dev.lanewise.internal.tuning.Sizes.PART_ROWS;

/**
 * How the result of a matrix product is cut into a part for each thread: into bands of rows, each
 * cut into as many blocks of columns.
 *
 * <p>A block of {@code m x n} results, each a sum of {@code k} products, reads {@code (m + n) k}
 * numbers, which its thread fetches from other cores and may copy. So the grid has as many bands as
 * make {@code m + n} least; where two are alike, more bands, whose rows are whole. Blocks begin at
 * multiples of a tile's rows and of a cache line's columns, and none is empty if that can be.
 *
 * <p>{@link #cut} belongs to the caller of {@link Workers#run}; the threads read what it says.
 */
public final class Grid {
  private int rows;
  private int columns;
  private int bands = 1;
  private int blocks = 1;

  /** Cuts a result of {@code newRows x newColumns} into some parts, numbered band by band. */
  public void cut(int newRows, int newColumns, int parts) {
    if (newRows != rows || newColumns != columns || parts != bands * blocks) {
      rows = newRows;
      columns = newColumns;
      bands = bands(rows, columns, parts);
      blocks = parts / bands;
    }
  }

  /** Returns where a part's rows start. */
  public int firstRow(int part) {
    return boundary(rows, part / blocks, bands, PART_ROWS);
  }

  /** Returns where they end. */
  public int endRow(int part) {
    return boundary(rows, part / blocks + 1, bands, PART_ROWS);
  }

  /** Returns where a part's columns start. */
  public int firstColumn(int part) {
    return boundary(columns, part % blocks, blocks, PART_COLUMNS);
  }

  /** Returns where they end. */
  public int endColumn(int part) {
    return boundary(columns, part % blocks + 1, blocks, PART_COLUMNS);
  }

  private static int boundary(int n, int part, int parts, int multiple) {
    if (part == parts) {
      return n;
    }
    long even = (long) n * part / parts;
    return (int) Math.min(n, (even + multiple - 1) / multiple * multiple);
  }

  /**
   * Returns how many bands of rows a result is cut into: a divisor of {@code parts}, and never
   * fewer for more rows.
   */
  public static int bands(int rows, int columns, int parts) {
    int best = 1;
    for (int bands = 2; bands <= parts; bands++) {
      if (parts % bands == 0 && isBetter(rows, columns, parts, bands, best)) {
        best = bands;
      }
    }
    return best;
  }

  private static boolean isBetter(int rows, int columns, int parts, int bands, int best) {
    long busy = busy(rows, columns, bands, parts / bands);
    long busyBefore = busy(rows, columns, best, parts / best);
    return busy != busyBefore
        ? busy > busyBefore
        : read(rows, columns, bands, parts) <= read(rows, columns, best, parts);
  }

  /** Returns how many parts can have something to do. */
  private static long busy(int rows, int columns, int bands, int blocks) {
    long mostBands = Math.max(1, ((long) rows + PART_ROWS - 1) / PART_ROWS);
    long mostBlocks = Math.max(1, ((long) columns + PART_COLUMNS - 1) / PART_COLUMNS);
    return Math.min(bands, mostBands) * Math.min(blocks, mostBlocks);
  }

  /** Returns the rows and columns of a part together, times the number of parts. */
  private static long read(int rows, int columns, int bands, int parts) {
    return (long) rows * (parts / bands) + (long) columns * bands;
  }

  /** Returns how many rows a band of {@code n} rows has at most. */
  public static int mostRows(int n, int bands) {
    return most(n, bands, PART_ROWS);
  }

  /** Returns how many columns a block of a band of {@code n} columns has at most. */
  public static int mostColumns(int n, int blocks) {
    return most(n, blocks, PART_COLUMNS);
  }

  private static int most(int n, int parts, int multiple) {
    return parts == 1 ? n : Math.min(n, n / parts + multiple);
  }
}
