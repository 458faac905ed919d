package dev.lanewise.cli.data;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Numbers one after the other: in memory or, once they are too many for it, in a temporary file.
 * The file loses its name as soon as it is open, so that nothing is left however the program ends.
 */
final class NumberStore implements AutoCloseable {
  private static final int BLOCK_BITS = 18;
  private static final int BLOCK = 1 << BLOCK_BITS;
  private static final int FIRST_BLOCK = 1 << 10;

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final long mostBytes;
  private final List<float[]> blocks = new ArrayList<>();
  private final CRC32C crc = new CRC32C();
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private long size;
  private int inBlock;
  private Path directory;
  private FileChannel file;
  private Arena arena;
  private MemorySegment mapped;

  /**
   * Makes an empty store.
   *
   * @param mostBytes how many bytes stay in memory
   */
  NumberStore(long mostBytes) {
    this.mostBytes = mostBytes;
    blocks.add(new float[FIRST_BLOCK]);
  }

  /** Adds the first of some numbers after those before. */
  void add(float[] from, int n) throws IOException {
    for (int done = 0; done < n; ) {
      if (inBlock == block().length) {
        makeRoom();
      }
      int count = Math.min(n - done, block().length - inBlock);
      System.arraycopy(from, done, block(), inBlock, count);
      inBlock += count;
      done += count;
    }
    size += n;
  }

  private float[] block() {
    return blocks.get(blocks.size() - 1);
  }

  private void makeRoom() throws IOException {
    if (inBlock < BLOCK) {
      blocks.set(blocks.size() - 1, Arrays.copyOf(block(), 2 * inBlock));
      return;
    }
    sum(block(), inBlock);
    if (file == null && (blocks.size() + 1L) * BLOCK * Float.BYTES > mostBytes) {
      open();
      for (float[] full : blocks) {
        write(full, BLOCK);
      }
      blocks.subList(1, blocks.size()).clear();
    } else if (file != null) {
      write(block(), inBlock);
    } else {
      blocks.add(new float[BLOCK]);
    }
    inBlock = 0;
  }

  private void sum(float[] block, int n) {
    crc.update(bytes(block, n));
  }

  private ByteBuffer bytes(float[] block, int n) {
    if (bytes.capacity() < n * Float.BYTES) {
      bytes = ByteBuffer.allocate(n * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }
    bytes.clear();
    bytes.asFloatBuffer().put(block, 0, n);
    return bytes.limit(n * Float.BYTES);
  }

  private void open() throws IOException {
    directory = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      file =
          FileChannel.open(
              Files.createTempFile(directory, "lanewise-rows", null),
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    } catch (IOException e) {
      throw full(e);
    }
  }

  private void write(float[] block, int n) throws IOException {
    ByteBuffer from = bytes(block, n);
    try {
      while (from.hasRemaining()) {
        file.write(from);
      }
    } catch (IOException e) {
      throw full(e);
    }
  }

  private IOException full(IOException e) {
    String reason = Files.isDirectory(directory) ? reason(e) : "no such directory";
    FileSystemException told =
        new FileSystemException(
            directory.toString(),
            null,
            reason
                + ": rows that are too many for memory go to a temporary file there; have it"
                + " elsewhere by LANEWISE_JAVA_OPTS=-Djava.io.tmpdir=DIR, or give Java more memory"
                + " by LANEWISE_JAVA_OPTS=-Xmx8g");
    told.initCause(e);
    return told;
  }

  private static String reason(IOException e) {
    return e instanceof AccessDeniedException
        ? "permission denied"
        : e instanceof FileSystemException system && system.getReason() != null
            ? system.getReason()
            : e.getMessage();
  }

  /** Ends it: there are no more numbers, and these can be read. */
  // The arena is closed by close().
  @SuppressWarnings("MustBeClosedChecker")
  void finish() throws IOException {
    sum(block(), inBlock);
    if (file != null) {
      write(block(), inBlock);
      blocks.clear();
      arena = Arena.ofShared();
      mapped = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), arena);
    }
    bytes = null;
  }

  long size() {
    return size;
  }

  /** Returns the CRC32C of all numbers, once it is finished. */
  long checksum() {
    return crc.getValue();
  }

  /** Copies numbers, once it is finished. */
  void copy(long from, float[] to, int at, int n) {
    if (mapped != null) {
      MemorySegment.copy(mapped, FLOAT, from * Float.BYTES, to, at, n);
      return;
    }
    for (int done = 0; done < n; ) {
      int inThis = (int) (from + done) & (BLOCK - 1);
      int count = Math.min(n - done, BLOCK - inThis);
      float[] block = blocks.get((int) ((from + done) >>> BLOCK_BITS));
      System.arraycopy(block, inThis, to, at + done, count);
      done += count;
    }
  }

  /** Returns one number, once it is finished. */
  float get(long from) {
    return mapped != null
        ? mapped.get(FLOAT, from * Float.BYTES)
        : blocks.get((int) (from >>> BLOCK_BITS))[(int) from & (BLOCK - 1)];
  }

  @Override
  public void close() throws IOException {
    if (arena != null && arena.scope().isAlive()) {
      arena.close();
    }
    if (file != null) {
      file.close();
    }
  }
}
