package dev.lanewise.data;

import dev.lanewise.io.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Writes rows, as they come, to a file for {@link MappedDataset}. They go to a temporary file
 * beside it, which {@link #finish} moves into place, so nobody sees a file that is half written.
 * For one thread at a time.
 *
 * <pre>{@code
 * try (RowWriter writer = new RowWriter(file, inputs, outputs, false)) {
 *   while (...) {
 *     writer.write(rows, x, targets, null);
 *   }
 *   writer.finish();
 * }
 * }</pre>
 */
public final class RowWriter implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final int inputs;
  private final int outputs;
  private final boolean weights;
  private final AtomicFile whole;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  private long rows;

  /**
   * Starts a file. What is there under its name stays until {@link #finish}.
   *
   * @param file where to write; its directory must be there
   * @param inputs how many inputs a row has, at least 1
   * @param outputs how many targets a row has, at least 1
   * @param weights whether rows have weights
   * @throws IllegalArgumentException if a number is below 1
   * @throws IOException if the directory cannot be written to
   */
  public RowWriter(Path file, int inputs, int outputs, boolean weights) throws IOException {
    if (inputs < 1 || outputs < 1) {
      throw new IllegalArgumentException(
          "a row needs at least 1 input and 1 target, not " + inputs + " and " + outputs);
    }
    this.file = file.toAbsolutePath();
    this.inputs = inputs;
    this.outputs = outputs;
    this.weights = weights;
    this.whole = new AtomicFile(file);
    buffer.position(RowFile.HEADER_BYTES);
  }

  /**
   * Writes rows after those before.
   *
   * @param count how many rows, at least 0
   * @param x {@code count x inputs}, from the start of an array that may be longer
   * @param targets {@code count x outputs}, likewise
   * @param rowWeights {@code count} weights of at least 0, likewise; null if rows have none
   * @throws IllegalArgumentException if weights are given or missing where the other was announced,
   *     or a number is not finite or a weight below 0; the message names its row and column, from 0
   *     in the whole file, and none of these rows was written
   * @throws IndexOutOfBoundsException if an array is too short; none of these rows was written
   * @throws IllegalStateException if this was finished or closed
   * @throws IOException if writing fails; only {@link #close} is left then
   */
  public void write(int count, float[] x, float[] targets, float[] rowWeights) throws IOException {
    requireOpen();
    if (weights != (rowWeights != null)) {
      throw new IllegalArgumentException(
          weights
              ? "rows with weights were announced, but there are none"
              : "rows without weights were announced, but there are some");
    }
    check(count, x, targets, rowWeights);
    for (int r = 0; r < count; r++) {
      put(x, r * inputs, inputs);
      put(targets, r * outputs, outputs);
      if (rowWeights != null) {
        put(rowWeights, r, 1);
      }
    }
    rows += count;
  }

  private void check(int count, float[] x, float[] targets, float[] rowWeights) {
    Objects.checkFromIndexSize(0L, (long) count * inputs, x.length);
    Objects.checkFromIndexSize(0L, (long) count * outputs, targets.length);
    Objects.checkFromIndexSize(0, count, rowWeights == null ? count : rowWeights.length);
    if (rows + count > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a file holds at most " + Integer.MAX_VALUE + " rows, not " + (rows + count));
    }
    for (int r = 0; r < count; r++) {
      Finite.check("input", x, r * inputs, rows + r, inputs);
      Finite.check("target", targets, r * outputs, rows + r, outputs);
      if (rowWeights != null) {
        Finite.checkWeight(rowWeights[r], rows + r);
      }
    }
  }

  private void put(float[] values, int from, int count) throws IOException {
    for (int i = from; i < from + count; i++) {
      if (buffer.remaining() < Float.BYTES) {
        drain();
      }
      buffer.putFloat(values[i]);
    }
  }

  private void drain() throws IOException {
    whole.write(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  /**
   * Completes the file and puts it under its name, in place of what was there.
   *
   * @throws IllegalStateException if there is no row, or this was finished or closed
   * @throws IOException if writing fails
   */
  public void finish() throws IOException {
    requireOpen();
    if (rows == 0) {
      throw new IllegalStateException(file + " has no row yet; write at least 1");
    }
    drain();
    whole.overwrite(0, new RowFile(rows, inputs, outputs, weights).header());
    whole.commit();
  }

  private void requireOpen() {
    if (!whole.isOpen()) {
      throw new IllegalStateException(file + " was finished or closed; start another RowWriter");
    }
  }

  /**
   * Ends writing. What was not finished is thrown away.
   *
   * @throws IOException if the temporary file cannot be deleted
   */
  @Override
  public void close() throws IOException {
    whole.close();
  }
}
