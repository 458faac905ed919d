package dev.lanewise.jmh.run;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Collection;
import java.util.UUID;

/**
 * A file to write as a whole, or not at all. What it cannot be is told before anything is measured.
 */
public final class OutputFile {
  private final Path path;

  /**
   * Checks that it can be written.
   *
   * @param path of the file; what is there is replaced when {@link #write} is called
   * @param others files that it must not be, because they are read or written as well
   * @throws UnusableException if it is one of them or a directory, or lies in no directory that can
   *     be written to
   */
  public OutputFile(Path path, Collection<Path> others) throws IOException {
    this.path = path;
    Path parent = path.toAbsolutePath().getParent();
    if (Files.isDirectory(path)) {
      throw new UnusableException(path + " is a directory: name a file to write");
    }
    if (parent == null || !Files.isDirectory(parent)) {
      throw new UnusableException(path + " cannot be written: there is no directory " + parent);
    }
    if (!Files.isWritable(Files.exists(path) ? path : parent)) {
      throw new UnusableException(path + " cannot be written: permission denied");
    }
    for (Path other : others) {
      if (isSame(other)) {
        throw new UnusableException(
            path
                + " would be written over "
                + other
                + ", which is used as well: name another file");
      }
    }
  }

  private boolean isSame(Path other) throws IOException {
    if (Files.exists(path) && Files.exists(other)) {
      return Files.isSameFile(path, other);
    }
    return path.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  /** Tells whether something is there already. */
  public boolean exists() {
    return Files.exists(path);
  }

  /**
   * Writes it; a device or a pipe is written to, and a link leads to what is replaced.
   *
   * @param content all of it
   * @throws IOException that names the file
   */
  public void write(byte[] content) throws IOException {
    try {
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        Files.write(path, content, StandardOpenOption.WRITE);
        return;
      }
      Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
      Path whole = target.resolveSibling(UUID.randomUUID() + ".tmp");
      try {
        Files.write(whole, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        keepPermissions(target, whole);
        Files.move(whole, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(whole);
      }
    } catch (FileSystemException e) {
      throw new IOException(
          path + " cannot be written: " + (e.getReason() == null ? e : e.getReason()), e);
    } catch (IOException e) {
      throw new IOException(path + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static void keepPermissions(Path from, Path to) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (Files.exists(from) && view != null) {
      view.setPermissions(Files.getPosixFilePermissions(from));
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
