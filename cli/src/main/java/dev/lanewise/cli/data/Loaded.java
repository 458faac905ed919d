package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.RowSource;
import java.io.IOException;
import java.util.Locale;

/**
 * The rows of a file with their targets, parsed once.
 *
 * @param schema what its columns mean
 * @param store the rows
 * @param tally what was met in the file
 */
public record Loaded(Schema schema, RowStore store, Tally tally) implements AutoCloseable {
  /** Which part of Java's memory a file may take before its rows go to a temporary file. */
  private static final int PART_OF_MEMORY = 6;

  /**
   * Reads a file.
   *
   * @param file which file
   * @param schema what its columns mean
   * @param missing what becomes of missing cells
   * @return all of it
   * @throws DataException if the file is not what is expected, or no row is left
   * @throws IOException if reading fails
   */
  public static Loaded of(DataFile file, Schema schema, TableOptions.Missing missing)
      throws IOException {
    return of(file, schema, missing, Runtime.getRuntime().maxMemory() / PART_OF_MEMORY);
  }

  static Loaded of(DataFile file, Schema schema, TableOptions.Missing missing, long mostBytes)
      throws IOException {
    RowStore store = new RowStore(schema, mostBytes);
    try {
      Tally tally = file.read(schema, missing, true, store);
      if (store.rows() == 0) {
        throw new DataException(
            file
                + (tally.rows() == 0
                    ? ": has no row below its header; expected at least 1"
                    : ": all of its "
                        + tally.rows()
                        + " rows are left out: their target or another value is missing"));
      }
      store.finish();
      return new Loaded(schema, store, tally);
    } catch (IOException | RuntimeException | Error e) {
      store.close();
      throw e;
    }
  }

  /** Takes rows whose inputs are numbers and whose targets are classes. */
  static Loaded of(Dataset rows, Schema schema) throws IOException {
    RowStore store = new RowStore(schema, Long.MAX_VALUE);
    Codes codes = store.room();
    for (int r = 0; r < rows.rows(); r++) {
      System.arraycopy(rows.x(), r * rows.inputs(), codes.values, 0, rows.inputs());
      int target = 0;
      while (rows.targets()[r * rows.outputs() + target] != 1) {
        target++;
      }
      codes.targets[0] = target;
      store.row(r + 1L, codes);
    }
    store.finish();
    return new Loaded(schema, store, Tally.of(rows.rows()));
  }

  /** Returns the rows as a network of this schema gets them. */
  public RowSource rows() {
    return rows(schema);
  }

  /** Returns the rows to split them: sparse ones sparsely, whatever a network gets. */
  RowSource toSplit() {
    return new EncodedRows(store, new Encoding(schema, schema), store.sparse());
  }

  /**
   * Returns the rows as another network gets them.
   *
   * @param known what it knows of the same columns
   */
  RowSource rows(Schema known) {
    return new EncodedRows(store, new Encoding(schema, known), known.sparse());
  }

  /** Returns how many rows there are. */
  public int count() {
    return store.rows();
  }

  /**
   * Returns a checksum of the rows, with their targets, by which a network would know them again:
   * of what it gets of them, whatever their order and the other columns of their file.
   *
   * @param known what it knows of the same columns
   */
  public String checksum(Schema known) {
    long sum = new EncodedRows(store, new Encoding(schema, known), known.sparse()).checksum();
    return String.format(Locale.ROOT, "%016x", sum);
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
