package dev.lanewise.jmh.run;

import dev.lanewise.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/**
 * A file to write as a whole, or not at all. What it cannot be is told before anything is measured.
 */
public final class OutputFile {
  private final Path path;

  /**
   * Checks that it can be written.
   *
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
        String what = path + " would be written over " + other;
        throw new UnusableException(what + ", which is used as well: name another file");
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
   * Writes it whole or not at all.
   *
   * @throws IOException that names the file
   */
  public void write(byte[] content) throws IOException {
    try {
      AtomicFile.write(path, out -> out.write(content));
    } catch (IOException e) {
      throw new IOException(path + " cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
