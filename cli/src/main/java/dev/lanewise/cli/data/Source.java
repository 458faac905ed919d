package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The bytes of a file, of standard input or of a pipe. What gzip has compressed is unpacked,
 * whatever its name.
 *
 * <p>A pipe can be read once, unless a copy of it is kept before.
 */
final class Source {
  /** What a path is called that means standard input. */
  private static final String STANDARD_INPUT = "-";

  /** A shorter head is all of the file. */
  static final int LEAST_HEAD = 1 << 16;

  private static final int LEAST_LINES = 4;
  private static final int MOST_HEAD = 16 << 20;

  private final Path path;
  private final Path name;

  /** Of a pipe of which only the head was looked at; null for none. */
  private InputStream opened;

  private Path copy;

  Source(Path path) {
    this.path = path;
    this.name = isStandardInput() ? Path.of("standard input") : path;
  }

  private boolean isStandardInput() {
    return path.toString().equals(STANDARD_INPUT);
  }

  /** Returns what to call it in messages. */
  Path name() {
    return name;
  }

  private boolean isRepeatable() {
    return copy != null || (!isStandardInput() && Files.isRegularFile(path));
  }

  /** Opens it at its start. */
  InputStream open() throws IOException {
    if (opened != null) {
      InputStream in = opened;
      opened = null;
      return in;
    }
    if (copy != null) {
      return new BufferedInputStream(Files.newInputStream(copy), LEAST_HEAD);
    }
    if (isStandardInput()) {
      return unpacked(System.in);
    }
    if (!Files.exists(path)) {
      throw new DataException(path + ": no such file");
    }
    if (Files.isDirectory(path)) {
      throw new DataException(path + " is not a regular file; it is a directory");
    }
    return unpacked(Files.newInputStream(path));
  }

  // Whoever gets the stream closes it.
  @SuppressWarnings("MustBeClosedChecker")
  private InputStream unpacked(InputStream packed) throws IOException {
    InputStream plain = new BufferedInputStream(packed, LEAST_HEAD);
    try {
      return isGzip(plain) ? new BufferedInputStream(new Unpacked(plain, name), LEAST_HEAD) : plain;
    } catch (EOFException | ZipException e) {
      plain.close();
      throw damaged(name, e);
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  private static boolean isGzip(InputStream in) throws IOException {
    in.mark(2);
    boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return gzip;
  }

  private static DataException damaged(Path name, IOException e) {
    return new DataException(name + ": its gzip data are damaged or cut off", e);
  }

  /** Returns its first bytes: some lines, or all of it if it is short. */
  byte[] head() throws IOException {
    InputStream in = open();
    if (isRepeatable()) {
      try (in) {
        return head(in);
      }
    }
    in.mark(MOST_HEAD);
    byte[] head = head(in);
    in.reset();
    opened = in;
    return head;
  }

  private static byte[] head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream(LEAST_HEAD);
    byte[] next = in.readNBytes(LEAST_HEAD);
    int lines = 0;
    while (next.length > 0) {
      head.writeBytes(next);
      for (byte b : next) {
        lines += b == '\n' || b == '\r' ? 1 : 0;
      }
      boolean enough = lines >= LEAST_LINES || head.size() >= MOST_HEAD;
      next =
          enough ? new byte[0] : in.readNBytes(Math.min(3 * head.size(), MOST_HEAD - head.size()));
    }
    return head.toByteArray();
  }

  /** Sees to it that it can be read more than once: a temporary file takes what a pipe says. */
  void keep() throws IOException {
    if (!isRepeatable()) {
      copy();
    }
  }

  /** Returns a file of its bytes, perhaps compressed. */
  Path kept() throws IOException {
    keep();
    return copy == null ? path : copy;
  }

  /** Returns a file of its bytes, not compressed. */
  Path unpacked() throws IOException {
    if (!isRepeatable() || isGzip()) {
      copy();
    }
    return copy == null ? path : copy;
  }

  /** Returns a mistake in the words for what is read, where it names the temporary file. */
  IOException renamed(IOException e) {
    return copy == null || e.getMessage() == null || !e.getMessage().contains(copy.toString())
        ? e
        : new DataException(e.getMessage().replace(copy.toString(), name.toString()), e);
  }

  private boolean isGzip() throws IOException {
    if (copy != null) {
      return false;
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 2)) {
      return isGzip(in);
    }
  }

  private void copy() throws IOException {
    Path file = Files.createTempFile("lanewise-", ".tmp");
    // Ctrl-C deletes it, too.
    file.toFile().deleteOnExit();
    try (InputStream in = open()) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      copy = file;
    } finally {
      if (copy == null) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Deletes a temporary file, if there is one. */
  void close() throws IOException {
    if (copy != null) {
      Files.deleteIfExists(copy);
    }
  }

  /** What gzip has compressed; damage is told as such. */
  private static final class Unpacked extends GZIPInputStream {
    private final Path name;

    Unpacked(InputStream packed, Path name) throws IOException {
      super(packed, LEAST_HEAD);
      this.name = name;
    }

    @Override
    public int read(byte[] to, int at, int count) throws IOException {
      try {
        return super.read(to, at, count);
      } catch (EOFException | ZipException e) {
        throw damaged(name, e);
      }
    }
  }
}
