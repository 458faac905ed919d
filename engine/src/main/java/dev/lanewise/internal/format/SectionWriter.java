package dev.lanewise.internal.format;

import dev.lanewise.io.AtomicFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Writes checked sections: to a file, whole or not at all (see {@link AtomicFile}), or to a stream.
 * For one thread at a time.
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
  private static final float[] NO_FLOATS = {};

  /** Takes bytes, for a file or for their checksum. */
  private interface Bytes {
    void take(byte[] bytes, int from, int count) throws IOException;
  }

  /** What is done at the end. */
  private interface End {
    void run() throws IOException;
  }

  private final Bytes out;
  private final End commit;
  private final End close;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final Set<String> names = new HashSet<>();
  private boolean open = true;

  /** What the section holds: these bytes, then these floats. */
  private String section;

  private ByteBuffer content = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private float[] floats = NO_FLOATS;

  private SectionWriter(Bytes out, End commit, End close) {
    this.out = out;
    this.commit = commit;
    this.close = close;
  }

  private SectionWriter(AtomicFile file) {
    this(file::write, file::commit, file::close);
  }

  /** Starts a file. What is there under its name stays until {@link #finish}. */
  public SectionWriter(Path path) throws IOException {
    this(new AtomicFile(path));
  }

  /** Writes to a stream, which is flushed when all is there, and never closed. */
  public SectionWriter(OutputStream stream) {
    this(stream::write, stream::flush, () -> {});
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
    section = name;
    names.add(name);
    content.clear();
    floats = NO_FLOATS;
  }

  /** Writes the section: only now are length and checksum known, which come first. */
  private void endSection() throws IOException {
    if (section == null) {
      buffer.clear().put(SectionHeader.MAGIC).putInt(SectionHeader.VERSION);
      out.take(buffer.array(), 0, buffer.position());
      return;
    }
    CRC32C crc = new CRC32C();
    giveContent(crc::update);
    long length = content.position() + (long) floats.length * Float.BYTES;
    byte[] head = new SectionHeader(section, length, (int) crc.getValue()).encode();
    out.take(head, 0, head.length);
    giveContent(out);
  }

  private void giveContent(Bytes to) throws IOException {
    to.take(content.array(), 0, content.position());
    int count;
    for (int done = 0; done < floats.length; done += count) {
      count = Math.min(floats.length - done, BUFFER_BYTES / Float.BYTES);
      buffer.clear().asFloatBuffer().put(floats, done, count);
      to.take(buffer.array(), 0, count * Float.BYTES);
    }
  }

  /** Writes 4 bytes into the section. */
  public SectionWriter putInt(int value) {
    room(Integer.BYTES).putInt(value);
    return this;
  }

  /** Writes 8 bytes into the section. */
  public SectionWriter putLong(long value) {
    room(Long.BYTES).putLong(value);
    return this;
  }

  /** Writes 4 bytes into the section. */
  public SectionWriter putFloat(float value) {
    room(Float.BYTES).putFloat(value);
    return this;
  }

  /** Writes 8 bytes into the section. */
  public SectionWriter putDouble(double value) {
    room(Double.BYTES).putDouble(value);
    return this;
  }

  /** Writes a text into the section. */
  public SectionWriter putText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    putInt(bytes.length);
    room(bytes.length).put(bytes);
    return this;
  }

  /**
   * Ends a section with floats, without their number. They are not copied: the array must stay as
   * it is until the next section starts or all is finished.
   */
  public SectionWriter putFloats(float[] values) {
    room(0);
    floats = values;
    return this;
  }

  private ByteBuffer room(int bytes) {
    requireOpen();
    if (section == null) {
      throw new IllegalStateException("start a section first, by section(name)");
    }
    if (floats.length > 0) {
      throw new IllegalStateException("floats end a section: start another, by section(name)");
    }
    if (content.remaining() < bytes) {
      int more = Math.max(content.capacity(), bytes);
      byte[] larger = Arrays.copyOf(content.array(), Math.addExact(content.capacity(), more));
      content = ByteBuffer.wrap(larger).order(ByteOrder.LITTLE_ENDIAN).position(content.position());
    }
    return content;
  }

  /** Completes what is written: a file is put under its name, see {@link AtomicFile#commit}. */
  public void finish() throws IOException {
    begin(SectionHeader.END);
    endSection();
    open = false;
    commit.run();
  }

  private void requireOpen() {
    if (!open) {
      throw new IllegalStateException("this was finished or closed; start another writer");
    }
  }

  /** Ends writing. What was not finished of a file is thrown away. */
  @Override
  public void close() throws IOException {
    open = false;
    close.run();
  }
}
