package dev.lanewise.data;

import dev.lanewise.internal.file.InputFile;
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
 * Rows in a file that may be larger than memory, written by {@link RowWriter}. The file is mapped:
 * the operating system reads what is gathered, and keeps as much of it in memory as there is room
 * for.
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
   * @param file a file that {@link RowWriter} wrote
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
}
