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
  private final Schema schema;
  private final int columns;
  private final int targets;
  private final NumberStore numbers;
  private int rows;
  private boolean anyMissing;

  /** Of sparse rows where each starts, and where the next one will; else null. */
  private long[] starts;

  /** The places of a sparse row. */
  private float[] places = {};

  /**
   * Makes an empty store.
   *
   * @param schema what the rows hold
   * @param mostBytes how many bytes of rows stay in memory
   */
  RowStore(Schema schema, long mostBytes) {
    this.schema = schema;
    this.columns = schema.codes();
    this.targets = schema.targetColumns();
    this.numbers = new NumberStore(mostBytes);
    this.starts = schema.kind() == Schema.Kind.LIBSVM ? new long[64] : null;
  }

  @Override
  public void row(long number, Codes codes) throws IOException {
    if (rows == Integer.MAX_VALUE - 8) {
      throw new DataException(
          "line " + number + ": there are more than " + rows + " rows; train on fewer at once");
    }
    rows++;
    if (starts != null) {
      addSparse(codes);
      return;
    }
    for (int c = 0; c < columns; c++) {
      anyMissing |= Float.isNaN(codes.values[c]);
    }
    numbers.add(codes.values, columns);
    numbers.add(codes.targets, targets);
  }

  private void addSparse(Codes codes) throws IOException {
    places = places.length < codes.count ? new float[2 * codes.count] : places;
    for (int i = 0; i < codes.count; i++) {
      // A float holds every place exactly, as there are no more than 2^24.
      places[i] = codes.places[i];
    }
    numbers.add(codes.targets, 1);
    numbers.add(places, codes.count);
    numbers.add(codes.values, codes.count);
    starts = rows < starts.length ? starts : Arrays.copyOf(starts, 2 * rows);
    starts[rows] = numbers.size();
  }

  void finish() throws IOException {
    numbers.finish();
  }

  int rows() {
    return rows;
  }

  /** Returns room for one of the rows. */
  Codes room() {
    return Codes.of(schema);
  }

  /** Returns whether rows name few of many columns. */
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

  private long start(int row) {
    return sparse() ? starts[row] : row * ((long) columns + targets);
  }

  /** Returns the code of a row's target, or of one of several. */
  float target(int row, int j) {
    return numbers.get(start(row) + (sparse() ? 0 : columns) + j);
  }

  /** Copies a row that is not sparse, without its targets. */
  void copy(int row, float[] to, int at) {
    numbers.copy(start(row), to, at, columns);
  }

  /** Reads a row, without its targets. */
  void read(int row, Codes to) {
    if (!sparse()) {
      copy(row, to.values, 0);
      to.count = columns;
      return;
    }
    long at = starts[row] + 1;
    int count = (int) (starts[row + 1] - at) / 2;
    to.makeRoom(count);
    numbers.copy(at, to.values, 0, count);
    for (int i = 0; i < count; i++) {
      to.places[i] = (int) to.values[i];
    }
    numbers.copy(at + count, to.values, 0, count);
    to.count = count;
  }

  @Override
  public void close() throws IOException {
    numbers.close();
  }
}
