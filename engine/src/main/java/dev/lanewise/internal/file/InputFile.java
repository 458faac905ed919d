package dev.lanewise.internal.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file open to be read at any place. An interrupted thread reads on, where a channel would be
 * closed under it, and stays interrupted. Failures name the file. For one thread at a time.
 */
public final class InputFile implements Closeable {
  private final Path file;
  private FileChannel channel;

  /** What is done with a channel; it may be done twice. */
  public interface Use<T> {
    /** Does it. */
    T of(FileChannel channel) throws IOException;
  }

  /**
   * Opens a file.
   *
   * @throws java.nio.file.NoSuchFileException if it is not there
   * @throws FileSystemException if it cannot be opened
   */
  public InputFile(Path file) throws IOException {
    this.file = file;
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
  }

  /** Returns how many bytes the file has. */
  public long size() throws FileSystemException {
    return with(FileChannel::size);
  }

  /**
   * Reads some bytes.
   *
   * @param to where to; its position moves on
   * @param at where in the file they start
   * @return how many; -1 at the end of the file
   */
  public int read(ByteBuffer to, long at) throws FileSystemException {
    int position = to.position();
    return with(from -> from.read(to.position(position), at));
  }

  /** Returns the bytes from some place on; the stream is not buffered, and need not be closed. */
  public InputStream streamFrom(long start) {
    return new InputStream() {
      private long at = start;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
      }

      @Override
      public int read(byte[] bytes, int from, int count) throws IOException {
        int n = InputFile.this.read(ByteBuffer.wrap(bytes, from, count), at);
        at += Math.max(0, n);
        return n;
      }
    };
  }

  /** Does something with the channel, again with a new one if somebody interrupts it. */
  public <T> T with(Use<T> use) throws FileSystemException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return use.of(channel);
        } catch (ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
          channel = FileChannel.open(file, StandardOpenOption.READ);
        }
      }
    } catch (IOException e) {
      throw FileFailure.of(file, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
