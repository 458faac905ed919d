package dev.lanewise.internal.tuning;

import java.util.Map;

/**
 * What can be tuned by a property, beside the width of vectors and the number of threads. No value
 * changes a bit of any result. What is not given has a default that was measured; it stands in
 * {@link Sizes}.
 */
public enum Tunable {
  /** Vectors beside each other in the widest tile of a matrix product; 3 counts as 2. */
  TILE_VECTORS("lanewise.tileVectors", 1, 4),

  /** Summed elements that a tile of a product takes before the next tile has its turn. */
  BLOCK_DEPTH("lanewise.blockDepth", 1, 1 << 20),

  /** Rows of a weight gradient that go together through all columns. */
  UPDATE_ROWS("lanewise.updateRows", 1, 1 << 20),

  /** From so many numbers on, a matrix is read row by row before its tiles. */
  FETCH_FROM("lanewise.fetchFrom", 1, Integer.MAX_VALUE),

  /** So many of its numbers are then read at once. */
  FETCH_BLOCK("lanewise.fetchBlock", 1, Integer.MAX_VALUE),

  /** From so many rows on, and so many summed elements, a product runs on packed panels. */
  PACK_FROM("lanewise.packFrom", 1, Integer.MAX_VALUE),

  /** Summed elements of a packed panel. */
  PANEL_DEPTH("lanewise.panelDepth", 1, 1 << 14),

  /** Columns whose packed panels are made at once. */
  PANEL_COLUMNS("lanewise.panelColumns", 1, 1 << 14),

  /** From so many floating-point operations of its forward pass on, threads share a layer. */
  SHARE_FROM("lanewise.shareFrom", 1, Integer.MAX_VALUE),

  /** How often a waiting thread looks for work before it sleeps. */
  SPINS("lanewise.spins", 0, 1_000_000_000);

  private final String property;
  private final int least;
  private final int most;

  Tunable(String property, int least, int most) {
    this.property = property;
    this.least = least;
    this.most = most;
  }

  /** Returns the name of its property. */
  public String property() {
    return property;
  }

  /** Returns the least value it may have. */
  public int least() {
    return least;
  }

  /** Returns the greatest value it may have. */
  public int most() {
    return most;
  }

  /**
   * Returns its value.
   *
   * @param byDefault the value where none is given
   * @throws IllegalArgumentException if what is given is no number or out of bounds
   */
  public int orElse(int byDefault) {
    return in(LanewiseProperties.read(), byDefault);
  }

  /**
   * Returns its value among some properties.
   *
   * @param given values by name
   * @param byDefault the value where none is given
   * @throws IllegalArgumentException if what is given is no number or out of bounds
   */
  public int in(Map<String, String> given, int byDefault) {
    String value = given.get(property);
    if (value == null) {
      return byDefault;
    }
    if (value.matches("[0-9]{1,10}")) {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return (int) number;
      }
    }
    throw new IllegalArgumentException(
        "system property "
            + property
            + " must be "
            + least
            + " to "
            + most
            + ", but was \""
            + value
            + "\"");
  }
}
