package dev.lanewise.internal.format;

import dev.lanewise.internal.file.InputFile;
import dev.lanewise.io.FileException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Reads checked sections from a file or a stream; {@link SectionWriter} has their format. All is
 * checked at first: whatever is read afterwards are the bytes that were written. Nothing is
 * allocated that is larger than the file, or than what came out of the stream. For one thread at a
 * time.
 *
 * <p>The rule of versions: this reads every version up to its own, and refuses newer ones.
 */
public final class SectionReader implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final String SAVE_AGAIN = "; use another copy, or save it again";

  private record Place(long at, long length) {}

  /** Bytes that can be read at any place. */
  private interface Source {
    int read(ByteBuffer to, long at) throws IOException;
  }

  private final String name;
  private final Source source;
  private final Closeable opened;
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

  private String section = "";

  /** Where in the file the buffer ends, and where what may be read does. */
  private long next;

  private long end;

  /**
   * Opens a file and checks all of it.
   *
   * @throws java.nio.file.NoSuchFileException if it is not there
   * @throws FileException if it is damaged, cut off, of a newer version or of another kind
   */
  public SectionReader(Path file) throws IOException {
    this.name = file.toString();
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw defect("", 0, "is not a regular file; name one");
    }
    InputFile input = new InputFile(file);
    this.source = input::read;
    this.opened = input;
    try {
      check(input.size());
    } catch (IOException e) {
      input.close();
      throw e;
    }
  }

  /**
   * Takes all sections out of a stream, checks them, and leaves what follows them in it. What is
   * taken is kept until this is garbage.
   *
   * @throws FileException if they are damaged, cut off, of a newer version or of another kind
   */
  public SectionReader(InputStream in) throws IOException {
    this.name = "the stream";
    ReceivedSections received = new ReceivedSections(in);
    this.source = received::read;
    this.opened = () -> {};
    check(received.size());
  }

  private void check(long size) throws IOException {
    seek(0, size);
    byte[] magic = new byte[(int) Math.min(size, SectionHeader.MAGIC.length)];
    get(magic);
    if (!Arrays.equals(magic, SectionHeader.MAGIC)) {
      throw defect("", 0, "does not start with LANEWISE, so it is of another kind, or damaged");
    }
    int version = getInt();
    if (version < 1) {
      throw defect("its version is " + version + ", but versions start at 1: it is damaged");
    }
    if (version > SectionHeader.VERSION) {
      throw defect(
          "its version is "
              + version
              + ", but this Lanewise reads versions up to "
              + SectionHeader.VERSION
              + ": use a newer Lanewise");
    }
    boolean ended = false;
    while (!ended) {
      if (left() == 0) {
        throw defect("is cut off: its end marker is missing" + SAVE_AGAIN);
      }
      SectionHeader header = header();
      section = header.name();
      checkBytes(header);
      ended = section.equals(SectionHeader.END);
      section = "";
    }
    if (left() > 0) {
      throw defect(left() + " bytes follow its end; expected none" + SAVE_AGAIN);
    }
  }

  private SectionHeader header() throws IOException {
    byte[] bytes = new byte[SectionHeader.LONGEST];
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int length = getInt();
    if (length < 1 || length > SectionHeader.LONGEST_NAME) {
      throw defect(
          "a section's name is "
              + length
              + " bytes long, but 1 to "
              + SectionHeader.LONGEST_NAME
              + " were expected: it is damaged"
              + SAVE_AGAIN);
    }
    byte[] utf8 = new byte[length];
    get(utf8);
    long sectionLength = getLong();
    int checksum = getInt();
    header.putInt(length).put(utf8).putLong(sectionLength).putInt(checksum);
    if (getInt() != SectionHeader.checksum(bytes, header.position())) {
      throw defect("a section's head is damaged" + SAVE_AGAIN);
    }
    return new SectionHeader(new String(utf8, StandardCharsets.UTF_8), sectionLength, checksum);
  }

  private void checkBytes(SectionHeader header) throws IOException {
    long at = offset();
    if (header.length() < 0 || header.length() > left()) {
      throw defect(
          "has " + left() + " bytes of " + header.length() + ": it is cut off" + SAVE_AGAIN);
    }
    CRC32C crc = new CRC32C();
    long size = end;
    seek(at, at + header.length());
    while (left() > 0) {
      crc.update(need(1));
    }
    if ((int) crc.getValue() != header.checksum()) {
      throw defect(section, at, "its bytes do not fit their checksum: it is damaged" + SAVE_AGAIN);
    }
    if (places.put(header.name(), new Place(at, header.length())) != null) {
      throw defect("is there twice" + SAVE_AGAIN);
    }
    end = size;
  }

  /** Tells whether there is a section of this name. */
  public boolean has(String wanted) {
    return places.containsKey(wanted) && !wanted.equals(SectionHeader.END);
  }

  /** Goes to the start of a section, which must be there. */
  public SectionReader section(String wanted) throws FileException {
    if (!has(wanted)) {
      throw defect(
          wanted,
          SectionHeader.FIRST,
          "is missing: it was written for another purpose, or by another program");
    }
    Place place = places.get(wanted);
    section = wanted;
    seek(place.at(), place.at() + place.length());
    return this;
  }

  /** Reads the next 4 bytes of the section. */
  public int getInt() throws IOException {
    return need(Integer.BYTES).getInt();
  }

  /** Reads the next 8 bytes of the section. */
  public long getLong() throws IOException {
    return need(Long.BYTES).getLong();
  }

  /** Reads the next 4 bytes of the section. */
  public float getFloat() throws IOException {
    return need(Float.BYTES).getFloat();
  }

  /** Reads the next 8 bytes of the section. */
  public double getDouble() throws IOException {
    return need(Double.BYTES).getDouble();
  }

  /** Reads the next text of the section. */
  public String getText() throws IOException {
    int length = getInt();
    if (length < 0 || length > left()) {
      throw defect("a text of " + length + " bytes is announced, but " + left() + " are left");
    }
    byte[] bytes = new byte[length];
    get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Reads all that is left of the section as floats, which must be {@code count}. */
  public float[] getFloats(int count) throws IOException {
    if (left() != (long) count * Float.BYTES) {
      throw defect(
          "holds " + left() + " bytes, but " + count + " numbers of 4 bytes were expected");
    }
    float[] values = new float[count];
    int n;
    for (int done = 0; done < count; done += n) {
      ByteBuffer from = need(Float.BYTES);
      n = from.remaining() / Float.BYTES;
      from.asFloatBuffer().get(values, done, n);
      from.position(from.position() + n * Float.BYTES);
    }
    return values;
  }

  private void get(byte[] bytes) throws IOException {
    int n;
    for (int done = 0; done < bytes.length; done += n) {
      ByteBuffer from = need(1);
      n = Math.min(from.remaining(), bytes.length - done);
      from.get(bytes, done, n);
    }
  }

  /** Checks that the section was read to its end. */
  public void requireEnd() throws FileException {
    if (left() > 0) {
      throw defect(left() + " bytes are left, but none were expected");
    }
  }

  /** Returns an exception about what is wrong where this reader stands. */
  public FileException defect(String problem) {
    return defect(section, offset(), problem);
  }

  private FileException defect(String part, long offset, String problem) {
    String where = part.isEmpty() ? "" : ", section \"" + part + '"';
    return new FileException(name + where + ", at byte " + offset + ": " + problem, null);
  }

  /** Returns how many bytes of the section have not been read. */
  public long left() {
    return end - offset();
  }

  private long offset() {
    return next - buffer.remaining();
  }

  private void seek(long from, long to) {
    buffer.clear().limit(0);
    next = from;
    end = to;
  }

  /** Returns the buffer with at least {@code bytes} bytes to read. */
  private ByteBuffer need(int bytes) throws IOException {
    if (left() < bytes) {
      throw defect(
          "ends "
              + left()
              + " bytes on, but "
              + bytes
              + " were expected: it is cut off, or damaged");
    }
    if (buffer.remaining() < bytes) {
      buffer.compact();
      buffer.limit((int) Math.min(buffer.capacity(), buffer.position() + end - next));
      while (buffer.hasRemaining()) {
        int read = source.read(buffer, next);
        if (read < 0) {
          buffer.flip();
          throw defect("has become shorter while it was read: read it again");
        }
        next += read;
      }
      buffer.flip();
    }
    return buffer;
  }

  @Override
  public void close() throws IOException {
    opened.close();
  }
}
