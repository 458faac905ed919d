package dev.lanewise.cli.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** A file of samples, of whatever format. */
public interface DataFile {
  /**
   * Chooses the format by the end of a file's name: {@code .npy} and {@code .npz}; {@code .libsvm}
   * and {@code .svm}, perhaps with {@code .gz}; otherwise comma-separated values.
   *
   * @param file which file
   * @param header whether the first line of comma-separated values names the columns; null to see
   * @param separator what stands between them; null to see
   */
  static DataFile of(Path file, Boolean header, Character separator) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".npy") || name.endsWith(".npz")) {
      return new Table(new NumpyTable(file));
    }
    if (name.matches(".*\\.(libsvm|svm)(\\.gz)?")) {
      return new LibSvmFile(file);
    }
    CsvTable.Header first =
        header == null ? CsvTable.Header.AUTO : header ? CsvTable.Header.YES : CsvTable.Header.NO;
    return new Table(new CsvTable(file, first, separator));
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
     * @param target the same of the target; NaN if targets were not asked for
     */
    void row(long number, float[] codes, float target) throws IOException;
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

  /** Returns its name, for messages. */
  @Override
  String toString();
}
