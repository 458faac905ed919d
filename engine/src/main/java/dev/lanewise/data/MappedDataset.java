package dev.lanewise.data;

import dev.lanewise.internal.file.InputFile;
import dev.lanewise.io.AtomicFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/**
 * Rows in a file that may be larger than memory, written by {@link MappedDataset.Writer}. The file
 * is mapped: the operating system reads what is gathered, and keeps as much of it in memory as
 * there is room for.
 *
 * <p>Any number of threads may gather; closing waits for none of them, and later gathering fails.
 * The file must not be changed while it is open.
 */
public final class MappedDataset implements RowSource, AutoCloseable {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path file;
  private final RowFile head;
  private final Arena arena;
  private final MemorySegment content;

  private MappedDataset(Path file, RowFile head, Arena arena, MemorySegment content) {
    this.file = file;
    this.head = head;
    this.arena = arena;
    this.content = content;
  }

  /**
   * Opens a file. Its header and its length are checked, its rows are not read: {@link
   * #requireFinite} does that.
   *
   * @param file a file that {@link MappedDataset.Writer} wrote
   * @return its rows, to be closed
   * @throws DataException if the file is missing, damaged, or something else
   * @throws IOException if it cannot be read
   */
  // The arena is closed here on failure, and by close() otherwise.
  @SuppressWarnings("MustBeClosedChecker")
  public static MappedDataset open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new DataException(
          file + (Files.exists(file) ? " is not a regular file" : ": no such file"));
    }
    Arena arena = Arena.ofShared();
    try (InputFile input = new InputFile(file)) {
      RowFile head = RowFile.parse(file, start(input), input.size());
      MemorySegment content =
          input.with(from -> from.map(FileChannel.MapMode.READ_ONLY, 0, from.size(), arena));
      return new MappedDataset(file, head, arena, content);
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  private static byte[] start(InputFile input) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(RowFile.HEADER_BYTES);
    int read = 0;
    while (read >= 0 && bytes.hasRemaining()) {
      read = input.read(bytes, bytes.position());
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  @Override
  public int rows() {
    return (int) head.rows();
  }

  @Override
  public int inputs() {
    return head.inputs();
  }

  @Override
  public int outputs() {
    return head.outputs();
  }

  @Override
  public boolean hasWeights() {
    return head.weights();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if this was closed
   */
  @Override
  public void gather(
      int[] chosen,
      int from,
      int count,
      float[] xBatch,
      float[] targetBatch,
      float[] weightargetBatch) {
    if (!arena.scope().isAlive()) {
      throw new IllegalStateException(file + " was closed; open it again");
    }
    int inputs = head.inputs();
    int outputs = head.outputs();
    for (int i = 0; i < count; i++) {
      long row = Objects.checkIndex(chosen[from + i], rows());
      long at = RowFile.HEADER_BYTES + row * head.rowBytes();
      MemorySegment.copy(content, FLOAT, at, xBatch, i * inputs, inputs);
      at += (long) inputs * Float.BYTES;
      MemorySegment.copy(content, FLOAT, at, targetBatch, i * outputs, outputs);
      if (weightargetBatch != null) {
        at += (long) outputs * Float.BYTES;
        weightargetBatch[i] = head.weights() ? content.get(FLOAT, at) : 1;
      }
    }
  }

  /**
   * Says it in one line.
   *
   * @return for example {@code 60000 rows of 784 inputs and 10 targets in mnist.rows}
   */
  @Override
  public String toString() {
    return rows() + " rows of " + inputs() + " inputs and " + outputs() + " targets in " + file;
  }

  /** Closes the file. Closing again does nothing. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }

  /**
   * Writes rows, as they come, to a file for {@link MappedDataset}. They go to a temporary file
   * beside it, which {@link #finish} moves into place, so nobody sees a file that is half written.
   * For one thread at a time.
   *
   * <pre>{@code
   * try (Writer writer = new Writer(file, inputs, outputs, false)) {
   *   while (...) {
   *     writer.write(rows, x, targets, null);
   *   }
   *   writer.finish();
   * }
   * }</pre>
   */
  public static final class Writer implements AutoCloseable {
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
    public Writer(Path file, int inputs, int outputs, boolean weights) throws IOException {
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
     * @throws IllegalArgumentException if weights are given or missing where the other was
     *     announced, or a number is not finite or a weight below 0; the message names its row and
     *     column, from 0 in the whole file, and none of these rows was written
     * @throws IndexOutOfBoundsException if an array is too short; none of these rows was written
     * @throws IllegalStateException if this was finished or closed
     * @throws IOException if writing fails; only {@link #close} is left then
     */
    public void write(int count, float[] x, float[] targets, float[] rowWeights)
        throws IOException {
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
        throw new IllegalStateException(
            file + " was finished or closed; start another MappedDataset.Writer");
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
}
