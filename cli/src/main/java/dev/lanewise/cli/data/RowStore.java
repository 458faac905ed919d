package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import java.io.IOException;

/**
 * Keeps rows that come one by one as the file has them: a number for each column, not one for each
 * input, and behind these one for the target.
 */
final class RowStore implements DataFile.Sink, AutoCloseable {
  private final int columns;
  private final NumberStore numbers;
  private final float[] one = new float[1];
  private int rows;
  private boolean anyMissing;

  /**
   * Makes an empty store.
   *
   * @param columns how many numbers a row has beside its target
   * @param mostBytes how many bytes of rows stay in memory
   */
  RowStore(int columns, long mostBytes) {
    this.columns = columns;
    this.numbers = new NumberStore(mostBytes);
  }

  @Override
  public void row(long number, float[] codes, float target) throws IOException {
    if (rows == Integer.MAX_VALUE) {
      throw new DataException(
          "line " + number + ": there are more than " + rows + " rows; train on fewer at once");
    }
    for (int c = 0; c < columns; c++) {
      anyMissing |= Float.isNaN(codes[c]);
    }
    numbers.add(codes, 0, columns);
    one[0] = target;
    numbers.add(one, 0, 1);
    rows++;
  }

  void finish() throws IOException {
    numbers.finish();
  }

  int rows() {
    return rows;
  }

  /** Returns how many numbers a row has beside its target. */
  int columns() {
    return columns;
  }

  /** Returns whether a cell of a row is missing. */
  boolean anyMissing() {
    return anyMissing;
  }

  /** Returns a checksum of all rows and targets. */
  long checksum() {
    return numbers.checksum();
  }

  /** Copies a row without its target. */
  void codes(int row, float[] to, int at) {
    numbers.copy(row * (columns + 1L), to, at, columns);
  }

  float target(int row) {
    return numbers.get(row * (columns + 1L) + columns);
  }

  @Override
  public void close() throws IOException {
    numbers.close();
  }
}
