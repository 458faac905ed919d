package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import java.io.IOException;
import java.util.Arrays;

/**
 * Keeps rows that come one by one as the file has them: a number for each column, not one for each
 * input, and behind these those of the targets; of sparse rows the target, the columns that are
 * named, and their values.
 */
final class RowStore implements DataFile.Sink, AutoCloseable {
  private final int columns;
  private final int targets;
  private final NumberStore numbers;
  private int rows;
  private boolean anyMissing;

  /** Of sparse rows where each starts, and where the next one will; else null. */
  private long[] starts;

  private float[] named = {};

  /**
   * Makes an empty store.
   *
   * @param schema what the rows hold
   * @param mostBytes how many bytes of rows stay in memory
   */
  RowStore(Schema schema, long mostBytes) {
    this.columns = schema.codes();
    this.targets = schema.targetColumns();
    this.numbers = new NumberStore(mostBytes);
    this.starts = schema.kind() == Schema.Kind.LIBSVM ? new long[64] : null;
  }

  @Override
  public void row(long number, float[] codes, float[] target) throws IOException {
    count(number);
    for (int c = 0; c < columns; c++) {
      anyMissing |= Float.isNaN(codes[c]);
    }
    numbers.add(codes, 0, columns);
    numbers.add(target, 0, targets);
  }

  @Override
  public void row(long number, int count, int[] places, float[] values, float[] target)
      throws IOException {
    count(number);
    numbers.add(target, 0, 1);
    named = named.length < count ? new float[2 * count] : named;
    for (int i = 0; i < count; i++) {
      // A float holds every place exactly, as there are no more than 2^24.
      named[i] = places[i];
    }
    numbers.add(named, 0, count);
    numbers.add(values, 0, count);
    starts = rows < starts.length ? starts : Arrays.copyOf(starts, 2 * rows);
    starts[rows] = numbers.size();
  }

  private void count(long number) throws DataException {
    if (rows == Integer.MAX_VALUE - 8) {
      throw new DataException(
          "line " + number + ": there are more than " + rows + " rows; train on fewer at once");
    }
    rows++;
  }

  void finish() throws IOException {
    numbers.finish();
  }

  int rows() {
    return rows;
  }

  /** Returns how many columns there are beside the targets. */
  int columns() {
    return columns;
  }

  /** Returns whether most columns are named in no row. */
  boolean sparse() {
    return starts != null;
  }

  /** Returns whether a cell of a row is missing. */
  boolean anyMissing() {
    return anyMissing;
  }

  /** Returns a checksum of all rows and targets. */
  long checksum() {
    return numbers.checksum();
  }

  /** Returns the code of a row's target, or of one of several. */
  float target(int row, int j) {
    return numbers.get(sparse() ? starts[row] : row * ((long) columns + targets) + columns + j);
  }

  /** Copies a row that is not sparse, without its targets. */
  void codes(int row, float[] to, int at) {
    numbers.copy(row * ((long) columns + targets), to, at, columns);
  }

  /** Returns how many columns a sparse row names. */
  int named(int row) {
    return (int) (starts[row + 1] - starts[row] - 1) / 2;
  }

  /** Copies the columns that a sparse row names, and then their values. */
  void named(int row, float[] to) {
    numbers.copy(starts[row] + 1, to, 0, 2 * named(row));
  }

  @Override
  public void close() throws IOException {
    numbers.close();
  }
}
