package dev.lanewise.io;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;

/**
 * A file that appears whole or not at all. What is written goes to a temporary file in the same
 * directory, which {@link #commit} forces to disk and moves into place: whoever is killed or loses
 * power at any moment leaves the file that was there before, or the new one, whole. For one thread
 * at a time.
 *
 * <pre>{@code
 * try (WholeFile file = new WholeFile(path)) {
 *   file.channel().write(bytes);
 *   file.commit();
 * }
 * }</pre>
 */
public final class WholeFile implements Closeable {
  /** What names of temporary files end with. */
  public static final String TEMPORARY_SUFFIX = ".tmp";

  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final Path temporary;
  private final FileChannel channel;

  /** What goes into a file. */
  public interface Content {
    /**
     * Writes it.
     *
     * @param out where to; buffered, and closed by the caller
     * @throws IOException if it cannot be written; nothing is then seen of the file
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Starts a file. What is there under its name stays until {@link #commit}.
   *
   * @param path where to write; its directory must be there
   * @throws FormatException if its directory is not there, or a directory has its name
   * @throws IOException if its directory cannot be written to
   */
  public WholeFile(Path path) throws IOException {
    this.file = path.toAbsolutePath();
    Path directory = Objects.requireNonNull(file.getParent(), "a file in a directory");
    if (!Files.isDirectory(directory)) {
      throw new FormatException(path, "its directory", "does not exist", "make it first");
    }
    if (Files.isDirectory(file)) {
      throw new FormatException(path, "this", "is a directory", "give the path of a file");
    }
    this.temporary =
        directory.resolve(file.getFileName() + "." + UUID.randomUUID() + TEMPORARY_SUFFIX);
    this.channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /**
   * Writes a file in one go.
   *
   * @param path where to write; its directory must be there
   * @param content what to write
   * @throws FormatException if its directory is not there, or a directory has its name
   * @throws IOException if writing fails; what was there before is whole then
   */
  public static void write(Path path, Content content) throws IOException {
    try (WholeFile file = new WholeFile(path)) {
      OutputStream out =
          new BufferedOutputStream(Channels.newOutputStream(file.channel), BUFFER_BYTES);
      content.writeTo(out);
      out.flush();
      file.commit();
    }
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

  /**
   * Returns where to write.
   *
   * @return the temporary file, from its start; closed by {@link #commit} and {@link #close}
   */
  public FileChannel channel() {
    return channel;
  }

  /**
   * Forces what was written to disk and puts it under its name, in place of what was there.
   *
   * @throws IllegalStateException if this was committed or closed
   * @throws IOException if that fails, or the file system cannot replace a file in one go; what was
   *     there before is whole then
   */
  public void commit() throws IOException {
    if (!channel.isOpen()) {
      throw new IllegalStateException(file + " was finished or closed; start another writer");
    }
    channel.force(true);
    channel.close();
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    forceDirectory();
  }

  /** So that the new name survives a loss of power; not every platform opens directories. */
  private void forceDirectory() {
    try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    } catch (IOException e) {
      System.getLogger(WholeFile.class.getPackageName())
          .log(System.Logger.Level.DEBUG, "a directory cannot be forced to disk", e);
    }
  }

  /**
   * Ends writing. What was not committed is thrown away.
   *
   * @throws IOException if the temporary file cannot be deleted
   */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(temporary);
  }
}
