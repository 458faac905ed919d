package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/** A file of samples, of whatever format. */
public interface DataFile extends Closeable {
  /**
   * A file whose format is seen: one of NumPy, sparse rows of LIBSVM, or comma-separated values; by
   * its content, and by the end of its name ({@code .npy}, {@code .npz}, {@code .libsvm}, {@code
   * .svm}) where that says nothing. What gzip has compressed is unpacked.
   *
   * @param file which file; {@code -} for standard input
   * @param options what is known of comma-separated values
   * @param names which arrays of an {@code .npz} to read
   * @param notes takes what a person should be told of how it was read
   */
  static DataFile ofTable(Path file, CsvOptions options, NumpyNames names, Consumer<String> notes) {
    return new AnyFile(file, options, names, notes);
  }

  /**
   * A file whose format is seen.
   *
   * @param file which file
   * @param header whether the first line of comma-separated values names the columns; null to see
   * @param separator what stands between them; null to see
   */
  static DataFile of(Path file, Boolean header, Character separator) {
    return ofTable(
        file, new CsvOptions(header, separator, 0, null, null), NumpyNames.FOUND, note -> {});
  }

  /** Returns whether a file has arrays of NumPy to train on and others to test with. */
  static boolean hasTestArrays(Path file) throws IOException {
    return NumpyTable.isArchive(file) && NumpyNames.hasTestArrays(file);
  }

  /**
   * Images and their labels, in MNIST's IDX files.
   *
   * @param images the file of images
   * @param labels the file of labels; null where none are needed
   */
  static DataFile ofImages(Path images, Path labels) {
    return new ImageFiles(images, labels);
  }

  /** Takes rows. */
  interface Sink {
    /**
     * Takes a row.
     *
     * @param number which row of the file, from 1; rows that are left out count
     * @param codes for each column that the schema does not ignore the number in its cell, the
     *     place of its text among the column's, -1 for a text that is none of them, or NaN if it is
     *     missing; valid during the call only
     * @param target the same of the target, or of each of several; NaN if targets were not asked
     *     for
     */
    void row(long number, float[] codes, float[] target) throws IOException;

    /**
     * Takes a sparse row.
     *
     * @param number which row of the file, from 1
     * @param count how many columns it names
     * @param places the places of these among the schema's indices, ascending, in an array that may
     *     be longer; valid during the call only
     * @param values their values, likewise
     * @param target as of other rows
     */
    default void row(long number, int count, int[] places, float[] values, float[] target)
        throws IOException {
      throw new UnsupportedOperationException("sparse rows");
    }
  }

  /**
   * Goes through the file to see what it holds.
   *
   * @param options what to make of it
   * @return what each column means
   * @throws dev.lanewise.data.DataException if it is not what is expected; the message names file,
   *     line and column
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
   * @throws dev.lanewise.data.DataException if it is not what is expected; the message names file,
   *     line and column
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
   * @throws dev.lanewise.data.DataException if the file has no such cells
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
