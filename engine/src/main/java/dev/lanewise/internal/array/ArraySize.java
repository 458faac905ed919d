package dev.lanewise.internal.array;

/** The length of an array that is to hold a table. */
public final class ArraySize {
  /** The most elements asked of one array; some virtual machines refuse the last few. */
  public static final int MOST = Integer.MAX_VALUE - 8;

  private ArraySize() {}

  /**
   * Returns {@code rows * columns}.
   *
   * @param what what the rows are, for the message
   * @throws IllegalArgumentException if one array cannot hold so many numbers
   */
  public static int of(String what, int rows, int columns) {
    long size = (long) rows * columns;
    if (size > MOST) {
      throw new IllegalArgumentException(
          what
              + " of "
              + rows
              + " rows with "
              + columns
              + " numbers each need an array of "
              + size
              + ", but one holds at most "
              + MOST
              + ": take fewer rows at once");
    }
    return (int) size;
  }
}
