package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import dev.lanewise.data.MappedDataset;
import dev.lanewise.data.RowSource;
import dev.lanewise.data.RowWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Keeps rows that come one by one: in memory, or in a temporary file once they are too many for it.
 */
final class RowStore implements DataFile.Sink, AutoCloseable {
  private static final int MOST_BLOCK_ROWS = 1024;

  /** Of a table of few rows and many columns little more is kept than it has. */
  private static final int MOST_BLOCK_FLOATS = 1 << 20;

  private final int inputs;
  private final int targets;
  private final long most;
  private final int blockRows;
  private final List<float[]> blocks = new ArrayList<>();
  private int rows;
  private int inBlock;
  private final Thread hook = new Thread(this::deleteWhenInterrupted, "lanewise-rows");
  private Path directory;
  private Path file;
  private RowWriter writer;
  private MappedDataset mapped;

  /**
   * Makes an empty store.
   *
   * @param most how many bytes of rows stay in memory
   */
  RowStore(int inputs, int targets, long most) {
    this.inputs = inputs;
    this.targets = targets;
    this.most = most;
    this.blockRows = Math.clamp(MOST_BLOCK_FLOATS / (inputs + targets), 1, MOST_BLOCK_ROWS);
    this.inBlock = blockRows;
  }

  @Override
  public void row(long number, float[] x, float[] t) throws IOException {
    if (rows == Integer.MAX_VALUE) {
      throw new DataException(
          "line " + number + ": there are more than " + rows + " rows; train on fewer at once");
    }
    if (inBlock == blockRows) {
      startBlock();
    }
    float[] block = blocks.get(blocks.size() - 1);
    int at = inBlock * (inputs + targets);
    System.arraycopy(x, 0, block, at, inputs);
    System.arraycopy(t, 0, block, at + inputs, targets);
    inBlock++;
    rows++;
  }

  private void startBlock() throws IOException {
    long blockBytes = 4L * blockRows * (inputs + targets);
    if (writer == null && blocks.size() > 0 && (blocks.size() + 1) * blockBytes > most) {
      directory = Files.createTempDirectory("lanewise-rows");
      Runtime.getRuntime().addShutdownHook(hook);
      file = directory.resolve("rows");
      writer = new RowWriter(file, inputs, targets, false);
    }
    if (writer != null) {
      flush();
    }
    blocks.add(new float[blockRows * (inputs + targets)]);
    inBlock = 0;
  }

  /** Moves all blocks to the file. */
  private void flush() throws IOException {
    float[] x = new float[blockRows * inputs];
    float[] t = new float[blockRows * targets];
    for (int b = 0; b < blocks.size(); b++) {
      int count = b == blocks.size() - 1 ? inBlock : blockRows;
      for (int r = 0; r < count; r++) {
        int at = r * (inputs + targets);
        System.arraycopy(blocks.get(b), at, x, r * inputs, inputs);
        System.arraycopy(blocks.get(b), at + inputs, t, r * targets, targets);
      }
      writer.write(count, x, t, null);
    }
    blocks.clear();
  }

  /**
   * Ends it.
   *
   * @return all rows; at least one must have come
   */
  RowSource finish() throws IOException {
    if (writer == null) {
      return new Blocks(rows, inputs, targets, blockRows, List.copyOf(blocks));
    }
    flush();
    writer.finish();
    writer.close();
    mapped = MappedDataset.open(file);
    return mapped;
  }

  boolean isEmpty() {
    return rows == 0;
  }

  @Override
  public void close() throws IOException {
    if (mapped != null) {
      mapped.close();
    }
    if (writer != null) {
      writer.close();
      delete();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The virtual machine is ending, and runs the hook.
      }
    }
  }

  private void deleteWhenInterrupted() {
    try {
      delete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes the directory with whatever the writer has put there so far. */
  private synchronized void delete() throws IOException {
    if (Files.exists(directory)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
        for (Path left : files) {
          Files.deleteIfExists(left);
        }
      }
      Files.deleteIfExists(directory);
    }
  }

  /** Rows in memory. */
  private record Blocks(int rows, int inputs, int targets, int blockRows, List<float[]> blocks)
      implements RowSource {
    @Override
    public boolean hasWeights() {
      return false;
    }

    @Override
    public void gather(
        int[] chosen, int from, int count, float[] xBatch, float[] tBatch, float[] weightBatch) {
      for (int i = 0; i < count; i++) {
        int row = Objects.checkIndex(chosen[from + i], rows);
        float[] block = blocks.get(row / blockRows);
        int at = row % blockRows * (inputs + targets);
        System.arraycopy(block, at, xBatch, i * inputs, inputs);
        System.arraycopy(block, at + inputs, tBatch, i * targets, targets);
        if (weightBatch != null) {
          weightBatch[i] = 1;
        }
      }
    }
  }
}
