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
 * Numbers one after the other: in memory and, where they are too many for it, in a temporary file.
 * The file loses its name as soon as it is open, so that nothing is left however the program ends.
 */
final class NumberStore implements AutoCloseable {
  private static final int BLOCK_BITS = 18;
  private static final int BLOCK = 1 << BLOCK_BITS;
  private static final long BLOCK_BYTES = (long) BLOCK * Float.BYTES;
  private static final int FIRST_BLOCK = 1 << 10;

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final long mostBytes;
  private final CRC32C crc = new CRC32C();

  /** The block that is filled, and how far it is. */
  private float[] block = new float[FIRST_BLOCK];

  private int filled;

  /** The first blocks. */
  private final List<float[]> inMemory = new ArrayList<>();

  /** The others. */
  private FileChannel file;

  private Arena arena;
  private MemorySegment mapped;
  private long size;

  /**
   * Makes an empty store.
   *
   * @param mostBytes how many bytes stay in memory
   */
  NumberStore(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Adds the first of some numbers after those before. */
  void add(float[] from, int n) throws IOException {
    for (int done = 0; done < n; ) {
      if (filled == BLOCK) {
        seal();
      } else if (filled == block.length) {
        block = Arrays.copyOf(block, 2 * filled);
      }
      int count = Math.min(n - done, block.length - filled);
      System.arraycopy(from, done, block, filled, count);
      filled += count;
      done += count;
    }
    size += n;
  }

  private void seal() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(filled * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(block, 0, filled);
    crc.update(bytes.duplicate());
    if ((inMemory.size() + 1) * BLOCK_BYTES <= mostBytes) {
      inMemory.add(block);
      block = new float[BLOCK];
    } else {
      write(bytes);
    }
    filled = 0;
  }

  // The file is closed by close().
  @SuppressWarnings("MustBeClosedChecker")
  private void write(ByteBuffer bytes) throws IOException {
    Path directory = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      if (file == null) {
        file =
            FileChannel.open(
                Files.createTempFile(directory, "lanewise-rows", null),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
      }
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw full(directory, e);
    }
  }

  private static IOException full(Path directory, IOException e) {
    String reason =
        switch (e) {
          case AccessDeniedException _ -> "permission denied";
          case FileSystemException system when system.getReason() != null -> system.getReason();
          default -> e.getMessage();
        };
    FileSystemException told =
        new FileSystemException(
            directory.toString(),
            null,
            (Files.isDirectory(directory) ? reason : "no such directory")
                + ": rows that are too many for memory go to a temporary file there; have it"
                + " elsewhere by LANEWISE_JAVA_OPTS=-Djava.io.tmpdir=DIR, or give Java more memory"
                + " by LANEWISE_JAVA_OPTS=-Xmx8g");
    told.initCause(e);
    return told;
  }

  /** Ends it: there are no more numbers, and these can be read. */
  // The arena is closed by close().
  @SuppressWarnings("MustBeClosedChecker")
  void finish() throws IOException {
    seal();
    block = null;
    if (file != null) {
      arena = Arena.ofShared();
      mapped = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), arena);
    }
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
    int done = 0;
    while (done < n && isInMemory(from + done)) {
      int inBlock = (int) (from + done) & (BLOCK - 1);
      int count = Math.min(n - done, BLOCK - inBlock);
      System.arraycopy(block(from + done), inBlock, to, at + done, count);
      done += count;
    }
    if (done < n) {
      MemorySegment.copy(mapped, FLOAT, inFile(from + done), to, at + done, n - done);
    }
  }

  /** Returns one number, once it is finished. */
  float get(long at) {
    return isInMemory(at) ? block(at)[(int) at & (BLOCK - 1)] : mapped.get(FLOAT, inFile(at));
  }

  private boolean isInMemory(long at) {
    return at >>> BLOCK_BITS < inMemory.size();
  }

  private float[] block(long at) {
    return inMemory.get((int) (at >>> BLOCK_BITS));
  }

  private long inFile(long at) {
    return at * Float.BYTES - inMemory.size() * BLOCK_BYTES;
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
