package dev.lanewise.io;

import dev.lanewise.internal.file.FileFailure;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;

/**
 * A file that appears whole or not at all. What is written goes to a temporary file in the same
 * directory, which {@link #commit} forces to disk and moves into place: whoever is killed or loses
 * power at any moment leaves the file that was there before, or the new one, whole. What a killed
 * process left is deleted when somebody writes to the same file again.
 *
 * <p>A link stays, and the file that it leads to is written, or made. A file keeps its permissions,
 * owner and group, as far as that is allowed. A device or a FIFO is written to when all is there.
 *
 * <p>A thread that is interrupted writes on, and stays interrupted. What fails is told by a {@link
 * java.nio.file.FileSystemException} that names the file. For one thread at a time.
 *
 * <pre>{@code
 * try (AtomicFile file = new AtomicFile(path)) {
 *   file.write(bytes, 0, bytes.length);
 *   file.commit();
 * }
 * }</pre>
 */
public final class AtomicFile implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  /** As many as Linux follows. */
  private static final int MOST_LINKS = 40;

  private final Path path;
  private final Path file;
  private final boolean regular;
  private final TemporaryFile temporary;
  private boolean open = true;

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
   * @param path where to write, in the default file system; its directory must be there
   * @throws FileException if its directory is not there or may not be written to, a directory has
   *     its name, or what has its name may not be written
   * @throws IOException if its directory cannot be written to
   */
  public AtomicFile(Path path) throws IOException {
    this.path = path;
    if (!path.getFileSystem().equals(FileSystems.getDefault())) {
      throw new FileException(
          path, "this file", "is not in the default file system", "write there and copy it");
    }
    this.file = behindLinks(path.toAbsolutePath());
    check(path, file);
    this.regular = !Files.exists(file) || Files.isRegularFile(file);
    try {
      this.temporary = regular ? TemporaryFile.beside(file) : TemporaryFile.unnamed();
    } catch (IOException e) {
      throw FileFailure.of(path, e);
    }
  }

  private static void check(Path path, Path file) throws FileException {
    Path directory = file.getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      throw new FileException(path, "its directory", "does not exist", "make it first");
    }
    if (directory == null || Files.isDirectory(file)) {
      throw new FileException(path, "this", "is a directory", "give the path of a file");
    }
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw new FileException(
          path, "this file", "may not be written", "mend its permissions, or name another file");
    }
  }

  /**
   * Follows links.
   *
   * @param path any path
   * @return what it leads to, which need not be there; the path itself if it is no link
   * @throws FileException if it leads round in a circle
   * @throws IOException if a link cannot be read
   */
  public static Path behindLinks(Path path) throws IOException {
    Path at = path;
    for (int links = 0; Files.isSymbolicLink(at); links++) {
      if (links == MOST_LINKS) {
        throw new FileException(path, "this link", "leads to itself", "delete it");
      }
      Path next = at.resolveSibling(Files.readSymbolicLink(at));
      if (Files.exists(at) && !Files.exists(next)) {
        // As the links to open pipes among the files of a process, which only it can follow.
        return at;
      }
      at = next;
    }
    return at;
  }

  /**
   * Writes a file in one go.
   *
   * @param path where to write; its directory must be there
   * @param content what to write
   * @throws FileException as {@link #AtomicFile} does
   * @throws IOException if writing fails; what was there before is whole then
   */
  public static void write(Path path, Content content) throws IOException {
    try (AtomicFile file = new AtomicFile(path)) {
      OutputStream out = new BufferedOutputStream(file.new Stream(), BUFFER_BYTES);
      content.writeTo(out);
      out.flush();
      file.commit();
    }
  }

  /**
   * Deletes what killed processes left half written of files.
   *
   * @param directory where
   * @param names matches the names of the files
   */
  public static void sweep(Path directory, Pattern names) {
    TemporaryFile.sweep(directory, names);
  }

  /** Checks that a file can be read. */
  static void requireReadable(Path file) throws FileException {
    if (!Files.isRegularFile(file)) {
      throw Files.exists(file)
          ? new FileException(file, "this", "is not a regular file", "give the path of a file")
          : new FileException(file, "this file", "does not exist", "check its path");
    }
    if (!Files.isReadable(file)) {
      throw new FileException(file, "this file", "may not be read", "mend its permissions");
    }
  }

  /**
   * Writes bytes behind those before.
   *
   * @param bytes where they are
   * @param from the first of them
   * @param count how many
   * @throws IllegalStateException if this was committed or closed
   * @throws IndexOutOfBoundsException if they are not in the array
   * @throws IOException if writing fails; only {@link #close} is left then
   */
  public void write(byte[] bytes, int from, int count) throws IOException {
    requireOpen();
    try {
      temporary.access().write(bytes, from, count);
    } catch (IOException e) {
      throw FileFailure.of(path, e);
    }
  }

  /**
   * Writes bytes over some of those before.
   *
   * @param at where the first one goes, from the start of the file
   * @param bytes all of them
   * @throws IllegalStateException if this was committed or closed
   * @throws IOException if writing fails; only {@link #close} is left then
   */
  public void overwrite(long at, byte[] bytes) throws IOException {
    requireOpen();
    try {
      RandomAccessFile access = temporary.access();
      long end = access.getFilePointer();
      access.seek(at);
      access.write(bytes);
      access.seek(end);
    } catch (IOException e) {
      throw FileFailure.of(path, e);
    }
  }

  private void requireOpen() {
    if (!open) {
      throw new IllegalStateException(path + " was finished or closed; start another writer");
    }
  }

  /**
   * Returns whether more can be written.
   *
   * @return whether this was neither committed nor closed
   */
  public boolean isOpen() {
    return open;
  }

  /**
   * Forces what was written to disk and puts it under its name, in place of what was there.
   *
   * @throws IllegalStateException if this was committed or closed
   * @throws IOException if that fails, or the file system cannot replace a file in one go; what was
   *     there before is whole then, unless it is a device or a FIFO
   */
  public void commit() throws IOException {
    requireOpen();
    open = false;
    try {
      if (regular) {
        temporary.access().getFD().sync();
        temporary.moveTo(file);
        forceDirectory();
      } else {
        copy();
      }
    } catch (IOException e) {
      throw FileFailure.of(path, e);
    }
  }

  /** Writes to what cannot be replaced. */
  private void copy() throws IOException {
    RandomAccessFile from = temporary.access();
    from.seek(0);
    byte[] buffer = new byte[BUFFER_BYTES];
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
      for (int n = from.read(buffer); n > 0; n = from.read(buffer)) {
        out.write(buffer, 0, n);
      }
    }
  }

  /** So that the new name survives a loss of power; not every platform opens directories. */
  private void forceDirectory() {
    boolean interrupted = Thread.interrupted();
    try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    } catch (IOException e) {
      System.getLogger(AtomicFile.class.getPackageName())
          .log(System.Logger.Level.DEBUG, "a directory cannot be forced to disk", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Ends writing. What was not committed is thrown away.
   *
   * @throws IOException if the temporary file cannot be deleted
   */
  @Override
  public void close() throws IOException {
    open = false;
    temporary.close();
  }

  /** This file as a stream. */
  private final class Stream extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      AtomicFile.this.write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      AtomicFile.this.write(bytes, from, count);
    }
  }
}
