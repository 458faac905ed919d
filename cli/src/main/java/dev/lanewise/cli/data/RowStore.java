package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import java.io.IOException;

/**
 * Keeps rows that come one by one as the file has them: a number for each column, not one for each
 * input, and behind these those of the targets.
 */
final class RowStore implements DataFile.Sink, AutoCloseable {
  private final int columns;
  private final int targets;
  private final NumberStore numbers;
  private int rows;
  private boolean anyMissing;

  /**
   * Makes an empty store.
   *
   * @param columns how many numbers a row has beside its targets
   * @param targets how many targets a row has; 1 for a class
   * @param mostBytes how many bytes of rows stay in memory
   */
  RowStore(int columns, int targets, long mostBytes) {
    this.columns = columns;
    this.targets = targets;
    this.numbers = new NumberStore(mostBytes);
  }

  @Override
  public void row(long number, float[] codes, float[] target) throws IOException {
    if (rows == Integer.MAX_VALUE) {
      throw new DataException(
          "line " + number + ": there are more than " + rows + " rows; train on fewer at once");
    }
    for (int c = 0; c < columns; c++) {
      anyMissing |= Float.isNaN(codes[c]);
    }
    numbers.add(codes, 0, columns);
    numbers.add(target, 0, targets);
    rows++;
  }

  void finish() throws IOException {
    numbers.finish();
  }

  int rows() {
    return rows;
  }

  /** Returns how many numbers a row has beside its targets. */
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

  /** Copies a row without its targets. */
  void codes(int row, float[] to, int at) {
    numbers.copy(row * ((long) columns + targets), to, at, columns);
  }

  /** Returns the code of a row's target, or of one of several. */
  float target(int row, int j) {
    return numbers.get(row * ((long) columns + targets) + columns + j);
  }

  @Override
  public void close() throws IOException {
    numbers.close();
  }
}
