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
 * index:value} in any order, each index once, then perhaps a comment behind {@code #}. Lines
 * without anything are passed over, and so is the number of a query, {@code qid:3}. Values that are
 * not named are zero. Indices start from 1; where any is 0, those of the whole file start from 0.
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
   * @param fromZero whether index 0 is the first column; else index 1 is
   * @param passedOver how many pairs were left out, as their column is none of another file
   */
  // The labels are as long as the rows; nobody compares two of these.
  @SuppressWarnings("ArrayRecordComponent")
  public record Rows(SparseRows x, float[] labels, boolean fromZero, long passedOver) {}

  /** Takes rows one by one. */
  public interface Visitor {
    /**
     * Takes a row.
     *
     * @param line its line in the file, from 1
     * @param label its label as the file has it, the text of a finite number
     * @param count how many values are named
     * @param indices the indices of these as the file has them, from 0 or from 1, ascending, in an
     *     array that may be longer; valid during the call only
     * @param values the values, likewise
     * @throws IOException if the row cannot be used
     */
    void row(long line, String label, int count, int[] indices, float[] values) throws IOException;

    /**
     * Is told that a row names the query that it belongs to, before the row comes.
     *
     * @param line its line in the file, from 1
     */
    default void query(long line) {}
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
    return read(file, new Collector(file, columns, null));
  }

  /**
   * Reads a file into memory whose columns are those of another one, such as a file to test with
   * beside one to train on: its indices start from the same, and pairs of columns that the other
   * has not are passed over and counted.
   *
   * @param file which file
   * @param other the rows of the other file
   * @return its rows, with as many columns as the other
   * @throws DataException if the file is missing, damaged, or holds something else, such as the
   *     index 0 where those of the other start from 1; the message names its line
   * @throws IOException if it cannot be read
   */
  public static Rows read(Path file, Rows other) throws IOException {
    return read(file, new Collector(file, other.x().columns(), other));
  }

  private static Rows read(Path file, Collector rows) throws IOException {
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
    skipMark(in);
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
          if (row.hasQuery()) {
            visitor.query(line);
          }
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

  /** Passes over the mark that some editors put in front of UTF-8. */
  private static void skipMark(InputStream in) throws IOException {
    in.mark(3);
    if (in.read() != 0xef || in.read() != 0xbb || in.read() != 0xbf) {
      in.reset();
    }
  }

  /** Keeps all rows. */
  private static final class Collector implements Visitor {
    private final Path file;
    private final int given;
    private final Rows other;
    private float[] labels = new float[64];
    private int[] starts = new int[64];
    private int[] indices = new int[64];
    private float[] values = new float[64];
    private int rows;
    private int pairs;
    private int largest;
    private boolean fromZero;
    private long passedOver;

    Collector(Path file, int given, Rows other) {
      this.file = file;
      this.given = given;
      this.other = other;
      this.fromZero = other != null && other.fromZero();
    }

    @Override
    public void row(long line, String label, int count, int[] rowIndices, float[] rowValues)
        throws DataException {
      if (count > 0 && rowIndices[0] == 0 && other != null && !fromZero) {
        throw new DataException(
            file
                + ": line "
                + line
                + " has the index 0, but the other file's start from 1; make both alike");
      }
      fromZero |= count > 0 && rowIndices[0] == 0;
      int end = other == null ? given : fromZero ? given - 1 : given;
      int kept = count;
      if (other != null) {
        while (kept > 0 && rowIndices[kept - 1] > end) {
          kept--;
        }
        passedOver += count - kept;
      }
      largest = kept == 0 ? largest : Math.max(largest, rowIndices[kept - 1]);
      if (given > 0 && columns() > given) {
        throw new DataException(
            file
                + ": line "
                + line
                + " has the index "
                + largest
                + "; expected "
                + (fromZero ? "0 to " + (given - 1) : "1 to " + given));
      }
      labels = rows < labels.length ? labels : Arrays.copyOf(labels, twice(rows));
      starts = rows + 1 < starts.length ? starts : Arrays.copyOf(starts, twice(starts.length));
      if ((long) pairs + kept > ArraySize.MOST) {
        throw new DataException(
            file
                + ": has more than "
                + ArraySize.MOST
                + " pairs up to line "
                + line
                + "; split it");
      }
      while (pairs + kept > indices.length) {
        indices = Arrays.copyOf(indices, twice(indices.length));
        values = Arrays.copyOf(values, indices.length);
      }
      System.arraycopy(rowIndices, 0, indices, pairs, kept);
      System.arraycopy(rowValues, 0, values, pairs, kept);
      labels[rows++] = Float.parseFloat(label);
      pairs += kept;
      starts[rows] = pairs;
    }

    private static int twice(int length) {
      return (int) Math.min(2L * length, ArraySize.MOST);
    }

    private int columns() {
      return Math.max(1, fromZero ? largest + 1 : largest);
    }

    Rows rows() {
      int[] columnOf = Arrays.copyOf(indices, pairs);
      if (!fromZero) {
        Arrays.setAll(columnOf, p -> columnOf[p] - 1);
      }
      return new Rows(
          new SparseRows(
              given > 0 ? given : columns(),
              Arrays.copyOf(starts, rows + 1),
              columnOf,
              Arrays.copyOf(values, pairs)),
          Arrays.copyOf(labels, rows),
          fromZero,
          passedOver);
    }
  }
}
