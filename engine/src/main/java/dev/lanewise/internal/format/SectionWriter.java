package dev.lanewise.internal.format;

import dev.lanewise.io.AtomicFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Writes a file of checked sections, whole or not at all (see {@link AtomicFile}). For one thread
 * at a time.
 *
 * <p>Everything is little-endian. The file:
 *
 * <pre>
 * offset  bytes
 *      0      8  LANEWISE in ASCII
 *      8      4  version, 1
 *     12         the sections, one after the other; the last one is named "end" and has no bytes
 * </pre>
 *
 * A section:
 *
 * <pre>
 * bytes
 *     4  how long the name is, 1 to 255
 *        the name in UTF-8, another one for each section
 *     8  how many bytes the section has
 *     4  their CRC32C
 *     4  the CRC32C of all of this section before
 *        the bytes
 * </pre>
 *
 * Numbers of Java's types stand as they are, floats with every bit; a text is an int, its number of
 * bytes, and these in UTF-8.
 */
public final class SectionWriter implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final AtomicFile file;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C crc = new CRC32C();
  private final Set<String> names = new HashSet<>();

  private String section;
  private long start;
  private long written;

  /** Starts a file. What is there under its name stays until {@link #finish}. */
  public SectionWriter(Path path) throws IOException {
    this.file = new AtomicFile(path);
    buffer.put(SectionHeader.MAGIC).putInt(SectionHeader.VERSION);
  }

  /** Ends the section before, if there is one, and starts another; "end" is no name for one. */
  public SectionWriter section(String name) throws IOException {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < 1 || bytes > SectionHeader.LONGEST_NAME || name.equals(SectionHeader.END)) {
      throw new IllegalArgumentException(
          "a section's name must have 1 to "
              + SectionHeader.LONGEST_NAME
              + " bytes and not be \""
              + SectionHeader.END
              + "\", but was \""
              + name
              + '"');
    }
    if (names.contains(name)) {
      throw new IllegalArgumentException("there is a section \"" + name + "\" already");
    }
    begin(name);
    return this;
  }

  private void begin(String name) throws IOException {
    requireOpen();
    endSection();
    drain();
    section = name;
    names.add(name);
    start = written;
    // Its head, which is known at its end.
    file.write(new byte[SectionHeader.LONGEST], 0, SectionHeader.bytes(name));
    written += SectionHeader.bytes(name);
    crc.reset();
  }

  private void endSection() throws IOException {
    if (section == null) {
      return;
    }
    drain();
    long length = written - start - SectionHeader.bytes(section);
    file.overwrite(start, new SectionHeader(section, length, (int) crc.getValue()).encode());
  }

  /** Writes 4 bytes into the section. */
  public SectionWriter putInt(int value) throws IOException {
    room(Integer.BYTES).putInt(value);
    return this;
  }

  /** Writes 8 bytes into the section. */
  public SectionWriter putLong(long value) throws IOException {
    room(Long.BYTES).putLong(value);
    return this;
  }

  /** Writes 4 bytes into the section. */
  public SectionWriter putFloat(float value) throws IOException {
    room(Float.BYTES).putFloat(value);
    return this;
  }

  /** Writes 8 bytes into the section. */
  public SectionWriter putDouble(double value) throws IOException {
    room(Double.BYTES).putDouble(value);
    return this;
  }

  /** Writes a text into the section. */
  public SectionWriter putText(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    putInt(bytes.length);
    for (byte b : bytes) {
      room(1).put(b);
    }
    return this;
  }

  /** Writes floats into the section, without their number. */
  public SectionWriter putFloats(float[] values) throws IOException {
    int count;
    for (int done = 0; done < values.length; done += count) {
      ByteBuffer to = room(Float.BYTES);
      count = Math.min(values.length - done, to.remaining() / Float.BYTES);
      to.asFloatBuffer().put(values, done, count);
      to.position(to.position() + count * Float.BYTES);
    }
    return this;
  }

  private ByteBuffer room(int bytes) throws IOException {
    requireOpen();
    if (section == null) {
      throw new IllegalStateException("start a section first, by section(name)");
    }
    if (buffer.remaining() < bytes) {
      drain();
    }
    return buffer;
  }

  private void drain() throws IOException {
    crc.update(buffer.array(), 0, buffer.position());
    file.write(buffer.array(), 0, buffer.position());
    written += buffer.position();
    buffer.clear();
  }

  /** Completes the file and puts it under its name, see {@link AtomicFile#commit}. */
  public void finish() throws IOException {
    begin(SectionHeader.END);
    endSection();
    file.commit();
  }

  private void requireOpen() {
    if (!file.isOpen()) {
      throw new IllegalStateException("the file was finished or closed; start another writer");
    }
  }

  /** Ends writing. What was not finished is thrown away. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
