package dev.lanewise.jmh.placement;

import java.util.Locale;

/**
 * Where the operands of a piece of work lie.
 *
 * @param rows how far apart their rows are
 * @param offset where they start in their arrays
 */
record Placement(Rows rows, int offset) {
  /** How far apart the rows of a matrix lie. */
  enum Rows {
    /** One behind the other. */
    DENSE {
      @Override
      int distance(int columns) {
        return columns;
      }
    },
    /** A line of the cache further apart. */
    LINE {
      @Override
      int distance(int columns) {
        return columns + 16;
      }
    },
    /** At the next multiple of 4,096 bytes: in most caches all of them meet in the same sets. */
    PAGE {
      @Override
      int distance(int columns) {
        return (columns + PAGE_FLOATS - 1) / PAGE_FLOATS * PAGE_FLOATS;
      }
    };

    private static final int PAGE_FLOATS = 1024;

    abstract int distance(int columns);
  }

  @Override
  public String toString() {
    return rows.name().toLowerCase(Locale.ROOT) + " rows, offset " + offset;
  }
}
