package dev.lanewise.internal.file;

import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file read from its start. Interrupts do not end it, and failures name the file. */
public final class InputFileStream extends FilterInputStream {
  private final Path file;

  /**
   * Opens a file; not buffered.
   *
   * @throws java.nio.file.NoSuchFileException if it is not there
   * @throws FileSystemException if it cannot be opened
   */
  public InputFileStream(Path file) throws IOException {
    // Streams of files, unlike their channels, are not interruptible.
    super(Files.newInputStream(file));
    this.file = file;
  }

  @Override
  public int read() throws FileSystemException {
    try {
      return in.read();
    } catch (IOException e) {
      throw FileFailure.of(file, e);
    }
  }

  @Override
  public int read(byte[] bytes, int from, int count) throws FileSystemException {
    try {
      return in.read(bytes, from, count);
    } catch (IOException e) {
      throw FileFailure.of(file, e);
    }
  }
}
