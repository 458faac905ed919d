package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import dev.lanewise.data.RowSource;
import java.io.IOException;

/**
 * The rows of a file with their targets, parsed once.
 *
 * @param rows the rows
 * @param tally what was met in the file
 * @param store what keeps them
 */
public record Loaded(RowSource rows, Tally tally, AutoCloseable store) implements AutoCloseable {
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
    RowStore store = new RowStore(schema.inputs(), schema.targets(), mostBytes);
    try {
      Tally tally = file.read(schema, missing, true, store);
      if (store.isEmpty()) {
        throw new DataException(
            file
                + (tally.rows() == 0
                    ? ": has no row below its header; expected at least 1"
                    : ": all of its "
                        + tally.rows()
                        + " rows are left out: their target or another value is missing"));
      }
      return new Loaded(store.finish(), tally, store);
    } catch (IOException | RuntimeException | Error e) {
      store.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      store.close();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
