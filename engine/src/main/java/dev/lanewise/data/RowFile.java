package dev.lanewise.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * The head of a file of rows, {@value #HEADER_BYTES} bytes, little-endian as everything in it:
 *
 * <pre>
 * offset  bytes
 *      0      8  LANEROWS in ASCII
 *      8      4  version, 1
 *     12      4  1 if rows have weights, else 0
 *     16      8  rows, at least 1
 *     24      4  inputs, at least 1
 *     28      4  targets, at least 1
 *     32         the rows: inputs, targets, then the weight if they have one, all float32
 * </pre>
 *
 * @param rows how many rows
 * @param inputs how many inputs a row has
 * @param outputs how many targets a row has
 * @param weights whether a row has a weight
 */
record RowFile(long rows, int inputs, int outputs, boolean weights) {
  static final int HEADER_BYTES = 32;

  private static final byte[] MAGIC = "LANEROWS".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;

  /** Returns how many numbers a row has, with its weight. */
  long rowFloats() {
    return (long) inputs + outputs + (weights ? 1 : 0);
  }

  long rowBytes() {
    return rowFloats() * Float.BYTES;
  }

  byte[] header() {
    return ByteBuffer.allocate(HEADER_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putInt(VERSION)
        .putInt(weights ? 1 : 0)
        .putLong(rows)
        .putInt(inputs)
        .putInt(outputs)
        .array();
  }

  /**
   * Reads a header.
   *
   * @param file whose it is, for messages
   * @param header its bytes, fewer if the file has fewer
   * @param fileBytes how many bytes the file has in all
   */
  static RowFile parse(Path file, byte[] header, long fileBytes) throws DataException {
    if (header.length < HEADER_BYTES
        || !Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new DataException(
          file
              + ": does not start as a file of rows does, with LANEROWS; write it by"
              + " MappedDataset.Writer");
    }
    ByteBuffer numbers = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    int version = numbers.getInt(8);
    if (version != VERSION) {
      throw new DataException(
          file + ": has version " + version + "; expected " + VERSION + ": write it again");
    }
    int flags = numbers.getInt(12);
    RowFile head =
        new RowFile(numbers.getLong(16), numbers.getInt(24), numbers.getInt(28), flags == 1);
    if (flags < 0
        || flags > 1
        || head.rows < 1
        || head.rows > Integer.MAX_VALUE
        || head.inputs < 1
        || head.outputs < 1) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: its header is damaged: weights %d, rows %d, inputs %d, targets %d; expected"
                  + " 0 or 1, and at least 1",
              file,
              flags,
              head.rows,
              head.inputs,
              head.outputs));
    }
    // Compared by division, which cannot overflow.
    long rowsBytes = fileBytes - HEADER_BYTES;
    if (rowsBytes % head.rowBytes() != 0 || rowsBytes / head.rowBytes() != head.rows) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: has %d bytes after its header, but %d rows of %d bytes were expected",
              file,
              rowsBytes,
              head.rows,
              head.rowBytes()));
    }
    return head;
  }
}
