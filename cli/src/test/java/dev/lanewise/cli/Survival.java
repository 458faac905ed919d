package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is asked of a reader, whatever the file. */
final class Survival {
  /** Buffers, and the stack of an exception; of a table the rows that are kept together. */
  private static final long FIXED_BYTES = 16 << 20;

  private static final long BYTES_PER_BYTE = 1_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Survival() {}

  /**
   * Reads a file, and checks that it is taken or refused in one line that names it.
   *
   * @return whether it was taken
   */
  static boolean taken(Reader reader, Path file) {
    try {
      reader.read(file);
      return true;
    } catch (IOException | IllegalArgumentException e) {
      // A checkpoint of other settings is the caller's mistake.
      assertTrue(e instanceof IOException || reader == Reader.CHECKPOINT, e::toString);
      String message = e.getMessage();
      assertTrue(message.startsWith(file.toString()), message);
      assertEquals(1, message.lines().count(), message);
      return false;
    }
  }

  /** Checks as well that reading does not ask for much more memory than the file is long. */
  static boolean takenCheaply(Reader reader, Path file) throws IOException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    boolean taken = taken(reader, file);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    long length = Files.size(file);
    assertTrue(
        allocated < FIXED_BYTES + BYTES_PER_BYTE * length,
        () -> allocated + " bytes allocated for " + length);
    return taken;
  }
}
