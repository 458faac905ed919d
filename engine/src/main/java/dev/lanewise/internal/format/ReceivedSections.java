package dev.lanewise.internal.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sections as they come out of a stream: all bytes up to their end, or up to the first that make no
 * sense, and none behind. Whether they are right is for {@link SectionReader} to say. What a
 * damaged length announces is not allocated before it is there.
 */
final class ReceivedSections {
  private static final int LONGEST_PIECE = 1 << 20;

  private final InputStream in;

  /** The bytes, by where they start. */
  private final TreeMap<Long, byte[]> pieces = new TreeMap<>();

  private long size;

  ReceivedSections(InputStream in) throws IOException {
    this.in = in;
    ByteBuffer start = take(SectionHeader.FIRST);
    byte[] magic = new byte[Math.min(start.remaining(), SectionHeader.MAGIC.length)];
    start.get(magic);
    boolean more =
        Arrays.equals(magic, SectionHeader.MAGIC)
            && start.remaining() == Integer.BYTES
            && start.getInt() <= SectionHeader.VERSION;
    while (more) {
      more = takeSection();
    }
  }

  /** Takes bytes, fewer only where the stream ends. */
  private ByteBuffer take(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    pieces.put(size, bytes);
    size += bytes.length;
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Takes a section, and tells whether another one follows. */
  private boolean takeSection() throws IOException {
    ByteBuffer length = take(Integer.BYTES);
    int nameLength = length.remaining() < Integer.BYTES ? 0 : length.getInt(0);
    if (nameLength < 1 || nameLength > SectionHeader.LONGEST_NAME) {
      return false;
    }
    int rest = nameLength + SectionHeader.AFTER_NAME;
    ByteBuffer afterLength = take(rest);
    if (afterLength.remaining() < rest) {
      return false;
    }
    ByteBuffer head = ByteBuffer.allocate(Integer.BYTES + rest).put(length).put(afterLength);
    int checked = head.capacity() - Integer.BYTES;
    if (afterLength.getInt(rest - Integer.BYTES) != SectionHeader.checksum(head.array(), checked)) {
      return false;
    }
    long left = afterLength.getLong(nameLength);
    while (left > 0) {
      int count = (int) Math.min(left, LONGEST_PIECE);
      if (take(count).remaining() < count) {
        return false;
      }
      left -= count;
    }
    byte[] end = SectionHeader.END.getBytes(StandardCharsets.UTF_8);
    byte[] name = new byte[nameLength];
    afterLength.get(0, name);
    return !Arrays.equals(end, name);
  }

  /** Returns how many bytes were taken. */
  long size() {
    return size;
  }

  /**
   * Reads some bytes.
   *
   * @param to where to; its position moves on
   * @param at where they start, below {@link #size}
   * @return how many, at least 1
   */
  int read(ByteBuffer to, long at) {
    Map.Entry<Long, byte[]> piece = pieces.floorEntry(at);
    int from = (int) (at - piece.getKey());
    int count = Math.min(piece.getValue().length - from, to.remaining());
    to.put(piece.getValue(), from, count);
    return count;
  }
}
