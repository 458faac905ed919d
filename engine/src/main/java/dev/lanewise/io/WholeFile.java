package dev.lanewise.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;

/** Files that are there whole or not at all. */
final class WholeFile {
  private static final int BUFFER_BYTES = 1 << 16;

  private WholeFile() {}

  /** What goes into a file. */
  interface Content {
    /** Writes it. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Checks that a file can be read. */
  static void requireReadable(Path file) throws FormatException {
    if (!Files.isRegularFile(file)) {
      throw Files.exists(file)
          ? new FormatException(file, "this", "is not a regular file", "give the path of a file")
          : new FormatException(file, "this file", "does not exist", "check its path");
    }
    if (!Files.isReadable(file)) {
      throw new FormatException(file, "this file", "may not be read", "mend its permissions");
    }
  }

  /** Writes a file under a temporary name beside its own, forces it to the disk and moves it. */
  static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    Path directory = Objects.requireNonNull(target.getParent(), "a file in a directory");
    if (!Files.isDirectory(directory)) {
      throw new FormatException(file, "its directory", "does not exist", "make it first");
    }
    if (Files.isDirectory(target)) {
      throw new FormatException(file, "this", "is a directory", "give the path of a file");
    }
    Path temporary = directory.resolve(target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try (FileChannel channel =
              FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out =
              new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES)) {
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      move(temporary, target);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
