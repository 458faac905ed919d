package dev.lanewise.data;

import dev.lanewise.internal.array.ArraySize;
import dev.lanewise.internal.file.InputFileStream;
import dev.lanewise.kernel.SparseRows;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads text files of sparse rows in the format of LIBSVM and SVMlight, plain or compressed by
 * gzip; the content decides which, not the name. A line is a row: its label, then pairs {@code
 * index:value} with indices from 1 in ascending order, then perhaps a comment behind {@code #}.
 * Lines without anything are passed over. Values that are not named are zero.
 *
 * <p>See Chang and Lin, "LIBSVM: A library for support vector machines", 2011.
 */
public final class LibSvm {
  private static final int LONGEST_LINE = 1 << 26;
  private static final int BUFFER_BYTES = 1 << 16;

  private LibSvm() {}

  /**
   * The rows of a file.
   *
   * @param x their inputs
   * @param labels a label for each; not a copy
   */
  // The labels are as long as the rows; nobody compares two of these.
  @SuppressWarnings("ArrayRecordComponent")
  public record Rows(SparseRows x, float[] labels) {}

  /** Takes rows one by one. */
  public interface Visitor {
    /**
     * Takes a row.
     *
     * @param line its line in the file, from 1
     * @param label its label
     * @param count how many values are named
     * @param indices the columns of these from 0, ascending, in an array that may be longer; valid
     *     during the call only
     * @param values the values, likewise
     * @throws IOException if the row cannot be used
     */
    void row(long line, float label, int count, int[] indices, float[] values) throws IOException;
  }

  /**
   * Reads a file into memory. There are as many columns as the largest index says.
   *
   * @param file which file
   * @return its rows
   * @throws DataException if the file is missing, damaged, or holds something else; the message
   *     names its line and the place in it
   * @throws IOException if it cannot be read
   */
  public static Rows read(Path file) throws IOException {
    return read(file, 0);
  }

  /**
   * Reads a file into memory.
   *
   * @param file which file
   * @param columns how many columns there are, such as a file to train on had; 0 for as many as the
   *     largest index says
   * @return its rows
   * @throws IllegalArgumentException if {@code columns} is below 0
   * @throws DataException if the file is missing, damaged, or holds something else, such as a
   *     larger index; the message names its line and the place in it
   * @throws IOException if it cannot be read
   */
  public static Rows read(Path file, int columns) throws IOException {
    if (columns < 0) {
      throw new IllegalArgumentException("columns must be at least 0, but was " + columns);
    }
    Collector rows = new Collector(file, columns);
    visit(file, rows);
    return rows.rows();
  }

  /**
   * Goes through a file that may be larger than memory.
   *
   * @param file which file
   * @param visitor takes its rows
   * @throws DataException if the file is missing, damaged, or holds something else; the message
   *     names its line and the place in it
   * @throws IOException if it cannot be read
   */
  public static void visit(Path file, Visitor visitor) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new DataException(
          file + (Files.exists(file) ? " is not a regular file" : ": no such file"));
    }
    try (InputStream in = open(file)) {
      visit(file, in, visitor);
    } catch (EOFException | ZipException e) {
      throw new DataException(file + ": its gzip data are damaged or cut off", e);
    }
  }

  // Whoever gets the stream closes it.
  @SuppressWarnings("MustBeClosedChecker")
  private static InputStream open(Path file) throws IOException {
    InputStream plain = new BufferedInputStream(new InputFileStream(file), BUFFER_BYTES);
    try {
      plain.mark(2);
      boolean gzip = plain.read() == 0x1f && plain.read() == 0x8b;
      plain.reset();
      return gzip
          ? new BufferedInputStream(new GZIPInputStream(plain, BUFFER_BYTES), BUFFER_BYTES)
          : plain;
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  private static void visit(Path file, InputStream in, Visitor visitor) throws IOException {
    LibSvmLine row = new LibSvmLine(file);
    byte[] text = new byte[1 << 10];
    int length = 0;
    long line = 1;
    boolean any = false;
    int c;
    do {
      c = in.read();
      if (c >= 0 && c != '\n') {
        if (length == LONGEST_LINE) {
          throw new DataException(
              file + ": line " + line + " is longer than " + length + " bytes; split the file");
        }
        text = length < text.length ? text : Arrays.copyOf(text, 2 * length);
        text[length++] = (byte) c;
      } else {
        if (row.parse(line, new String(text, 0, length, StandardCharsets.ISO_8859_1))) {
          any = true;
          visitor.row(line, row.label(), row.count(), row.indices(), row.values());
        }
        length = 0;
        line++;
      }
    } while (c >= 0);
    if (!any) {
      throw new DataException(file + ": has no row; expected lines of a label and index:value");
    }
  }

  /** Keeps all rows. */
  private static final class Collector implements Visitor {
    private final Path file;
    private final int given;
    private float[] labels = new float[64];
    private int[] starts = new int[64];
    private int[] indices = new int[64];
    private float[] values = new float[64];
    private int rows;
    private int pairs;
    private int columns = 1;

    Collector(Path file, int given) {
      this.file = file;
      this.given = given;
    }

    @Override
    public void row(long line, float label, int count, int[] rowIndices, float[] rowValues)
        throws DataException {
      if (count > 0) {
        columns = Math.max(columns, rowIndices[count - 1] + 1);
      }
      if (given > 0 && columns > given) {
        throw new DataException(
            file + ": line " + line + " has the index " + columns + "; expected 1 to " + given);
      }
      labels = rows < labels.length ? labels : Arrays.copyOf(labels, twice(rows));
      starts = rows + 1 < starts.length ? starts : Arrays.copyOf(starts, twice(starts.length));
      if ((long) pairs + count > ArraySize.MOST) {
        throw new DataException(
            file
                + ": has more than "
                + ArraySize.MOST
                + " pairs up to line "
                + line
                + "; split it");
      }
      while (pairs + count > indices.length) {
        indices = Arrays.copyOf(indices, twice(indices.length));
        values = Arrays.copyOf(values, indices.length);
      }
      System.arraycopy(rowIndices, 0, indices, pairs, count);
      System.arraycopy(rowValues, 0, values, pairs, count);
      labels[rows++] = label;
      pairs += count;
      starts[rows] = pairs;
    }

    private static int twice(int length) {
      return (int) Math.min(2L * length, ArraySize.MOST);
    }

    Rows rows() {
      return new Rows(
          new SparseRows(
              given > 0 ? given : columns,
              Arrays.copyOf(starts, rows + 1),
              Arrays.copyOf(indices, pairs),
              Arrays.copyOf(values, pairs)),
          Arrays.copyOf(labels, rows));
    }
  }
}
