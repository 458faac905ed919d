package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.util.function.IntPredicate;

/** A file of samples, of whatever format. */
public interface DataFile extends Closeable {
  /** Takes rows. */
  interface Sink {
    /**
     * Takes a row.
     *
     * @param number which row of the file, from 1; rows that are left out count
     * @param codes what is in it; valid during the call only
     */
    void row(long number, Codes codes) throws IOException;
  }

  /**
   * Goes through the file to see what it holds.
   *
   * @param options what to make of it
   * @return what each column means
   * @throws DataException if it is not what is expected; the message names file, line and column
   * @throws IOException if reading fails
   */
  Schema scan(TableOptions options) throws IOException;

  /**
   * Goes through the file.
   *
   * @param schema what its columns mean, from this file or another one
   * @param missing what becomes of missing cells
   * @param targets whether targets are wanted; rows without one are left out then
   * @param sink takes the rows
   * @return what was met
   * @throws DataException if it is not what is expected; the message names file, line and column
   * @throws IOException if reading fails
   */
  Tally read(Schema schema, TableOptions.Missing missing, boolean targets, Sink sink)
      throws IOException;

  /**
   * Writes the cells of some rows as comma-separated values.
   *
   * @param schema what the columns mean
   * @param missing what becomes of missing cells
   * @param chosen which of the rows to write that {@link #read} gives with targets, from 0
   * @param to takes them
   * @throws DataException if the file has no such cells
   * @throws IOException if reading or writing fails
   */
  default void copy(Schema schema, TableOptions.Missing missing, IntPredicate chosen, Writer to)
      throws IOException {
    throw new DataException(
        this + ": is no table of comma-separated values, of which alone rows can be written out");
  }

  /** Deletes a temporary file, if one was needed to read it twice. */
  @Override
  default void close() throws IOException {}

  /** Returns its name, for messages. */
  @Override
  String toString();
}
