package dev.lanewise.io;

import dev.lanewise.internal.file.InputFile;
import java.io.Closeable;
import java.io.IOException;
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
 * Reads a file of checked sections; {@link SectionWriter} has their format. The whole file is
 * checked when it is opened: whatever is read afterwards are the bytes that were written. Nothing
 * is allocated that is larger than the file. For one thread at a time.
 *
 * <p>The rule of versions: this reads every version up to its own, and refuses newer ones.
 */
public final class SectionReader implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final String SAVE_AGAIN = "; use another copy, or save it again";

  private record Place(long at, long length) {}

  private final Path file;
  private final InputFile input;
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
   * @param file which file
   * @throws java.nio.file.NoSuchFileException if it is not there
   * @throws UnreadableFileException if it is damaged, cut off, of a newer version or of another
   *     kind
   * @throws IOException if reading fails
   */
  public SectionReader(Path file) throws IOException {
    this.file = file;
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new UnreadableFileException(file, "", 0, "is not a regular file; name one");
    }
    this.input = new InputFile(file);
    try {
      check(input.size());
    } catch (IOException e) {
      input.close();
      throw e;
    }
  }

  private void check(long size) throws IOException {
    seek(0, size);
    byte[] magic = new byte[(int) Math.min(size, SectionHeader.MAGIC.length)];
    get(magic);
    if (!Arrays.equals(magic, SectionHeader.MAGIC)) {
      throw new UnreadableFileException(
          file, "", 0, "does not start with LANEWISE, so it is of another kind, or damaged");
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
    byte[] name = new byte[length];
    get(name);
    long sectionLength = getLong();
    int checksum = getInt();
    header.putInt(length).put(name).putLong(sectionLength).putInt(checksum);
    if (getInt() != SectionHeader.checksum(bytes, header.position())) {
      throw defect("a section's head is damaged" + SAVE_AGAIN);
    }
    return new SectionHeader(new String(name, StandardCharsets.UTF_8), sectionLength, checksum);
  }

  private void checkBytes(SectionHeader header) throws IOException {
    long at = offset();
    if (header.length() < 0 || header.length() > left()) {
      throw defect(
          "has " + left() + " bytes of " + header.length() + ": the file is cut off" + SAVE_AGAIN);
    }
    CRC32C crc = new CRC32C();
    long size = end;
    seek(at, at + header.length());
    while (left() > 0) {
      crc.update(need(1));
    }
    if ((int) crc.getValue() != header.checksum()) {
      throw new UnreadableFileException(
          file, section, at, "its bytes do not fit their checksum: it is damaged" + SAVE_AGAIN);
    }
    if (places.put(header.name(), new Place(at, header.length())) != null) {
      throw defect("is there twice" + SAVE_AGAIN);
    }
    end = size;
  }

  /**
   * Tells whether there is a section.
   *
   * @param name its name
   * @return whether {@link #section} finds it
   */
  public boolean has(String name) {
    return places.containsKey(name) && !name.equals(SectionHeader.END);
  }

  /**
   * Goes to the start of a section.
   *
   * @param name its name
   * @return this reader
   * @throws UnreadableFileException if there is none
   */
  public SectionReader section(String name) throws UnreadableFileException {
    if (!has(name)) {
      throw new UnreadableFileException(
          file,
          name,
          SectionHeader.FIRST,
          "is missing: the file was written for another purpose, or by another program");
    }
    Place place = places.get(name);
    section = name;
    seek(place.at(), place.at() + place.length());
    return this;
  }

  /**
   * Reads the next 4 bytes of the section.
   *
   * @return the number
   * @throws UnreadableFileException if it has no more
   * @throws IOException if reading fails
   */
  public int getInt() throws IOException {
    return need(Integer.BYTES).getInt();
  }

  /**
   * Reads the next 8 bytes of the section.
   *
   * @return the number
   * @throws UnreadableFileException if it has no more
   * @throws IOException if reading fails
   */
  public long getLong() throws IOException {
    return need(Long.BYTES).getLong();
  }

  /**
   * Reads the next 4 bytes of the section.
   *
   * @return the number
   * @throws UnreadableFileException if it has no more
   * @throws IOException if reading fails
   */
  public float getFloat() throws IOException {
    return need(Float.BYTES).getFloat();
  }

  /**
   * Reads the next 8 bytes of the section.
   *
   * @return the number
   * @throws UnreadableFileException if it has no more
   * @throws IOException if reading fails
   */
  public double getDouble() throws IOException {
    return need(Double.BYTES).getDouble();
  }

  /**
   * Reads the next text of the section.
   *
   * @return the text
   * @throws UnreadableFileException if it is longer than the rest of the section
   * @throws IOException if reading fails
   */
  public String getText() throws IOException {
    int length = getInt();
    if (length < 0 || length > left()) {
      throw defect("a text of " + length + " bytes is announced, but " + left() + " are left");
    }
    byte[] bytes = new byte[length];
    get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * Reads all that is left of the section as floats.
   *
   * @param count how many there must be
   * @return that many, a new array
   * @throws UnreadableFileException if there are more or fewer
   * @throws IOException if reading fails
   */
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

  /**
   * Checks that the section was read to its end.
   *
   * @throws UnreadableFileException if it has more bytes
   */
  public void requireEnd() throws UnreadableFileException {
    if (left() > 0) {
      throw defect(left() + " bytes are left, but none were expected");
    }
  }

  /**
   * Makes an exception for what is wrong where this reader stands; does not throw it.
   *
   * @param problem what is wrong, and what to do
   * @return the exception, with file, section and offset
   */
  public UnreadableFileException defect(String problem) {
    return new UnreadableFileException(file, section, offset(), problem);
  }

  /**
   * Returns how many bytes of the section have not been read.
   *
   * @return at least 0
   */
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
        int read = input.read(buffer, next);
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

  /**
   * Closes the file.
   *
   * @throws IOException if that fails
   */
  @Override
  public void close() throws IOException {
    input.close();
  }
}
