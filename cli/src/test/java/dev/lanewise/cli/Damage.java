package dev.lanewise.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/** Damages files in ways that readers could trip over. */
final class Damage {
  private static final byte[] CHECKED = "LANEWISE".getBytes(US_ASCII);

  private static final List<String> PIECES =
      List.of(
          "99999999999999999999",
          "999999999999999999",
          "4294967296",
          "2147483647",
          "-1",
          "0",
          "1e9",
          "1e39",
          "NaN",
          "inf",
          "{",
          "[[[[[[[[[[[[[[[[[[[[",
          "}",
          "\"",
          "'",
          "\\",
          "\\ud800",
          ",",
          ";",
          ":",
          "(",
          "\t",
          "\n",
          "\r\n",
          "#",
          "\u0000",
          "\u00ff",
          "\"__metadata__\":{}",
          "\"version\":2",
          "\"fill\":-1",
          "'shape': (",
          "PK\1\2",
          "relu",
          "dense",
          " 1000000:1");

  private final SplittableRandom random;

  Damage(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Returns a damaged copy of one of the files: in one or two places, its checksums right. */
  byte[] of(List<byte[]> whole) {
    byte[] bytes = whole.get(random.nextInt(whole.size())).clone();
    for (int times = 1 + random.nextInt(2); times > 0 && bytes.length > 0; times--) {
      bytes = once(bytes);
    }
    return random.nextInt(8) == 0 ? bytes : withChecksums(bytes);
  }

  private byte[] once(byte[] bytes) {
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(7)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt();
      case 2 -> {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length + 20));
      }
      case 3 -> {
        return spliced(bytes, at, 0, PIECES.get(random.nextInt(PIECES.size())));
      }
      case 4 -> {
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        return spliced(bytes, at, Math.min(piece.length(), bytes.length - at), piece);
      }
      case 5 -> {
        int end = Math.min(bytes.length, at + 1 + random.nextInt(30));
        String piece = new String(bytes, at, end - at, ISO_8859_1);
        return spliced(bytes, random.nextInt(bytes.length), 0, piece);
      }
      default -> {
        int[] sizes = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE - 8, 0, 1, bytes.length};
        if (at + Integer.BYTES <= bytes.length) {
          ByteOrder order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
          ByteBuffer.wrap(bytes).order(order).putInt(at, sizes[random.nextInt(sizes.length)]);
        }
      }
    }
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int at, int cut, String piece) {
    byte[] inserted = piece.getBytes(ISO_8859_1);
    return ByteBuffer.allocate(bytes.length - cut + inserted.length)
        .put(bytes, 0, at)
        .put(inserted)
        .put(bytes, at + cut, bytes.length - at - cut)
        .array();
  }

  /**
   * Makes the checksums of a file of sections right, as far as its heads can be followed, so that
   * what is behind them is read.
   */
  static byte[] withChecksums(byte[] bytes) {
    byte[] mended = bytes.clone();
    ByteBuffer at = ByteBuffer.wrap(mended).order(ByteOrder.LITTLE_ENDIAN);
    if (mended.length < 12 || !Arrays.equals(mended, 0, 8, CHECKED, 0, 8)) {
      return mended;
    }
    at.position(12);
    while (at.remaining() >= Integer.BYTES) {
      int head = at.position();
      int name = at.getInt(head);
      long behindName = (long) head + Integer.BYTES + name;
      if (name < 1 || behindName + 16 > mended.length) {
        break;
      }
      int length = (int) behindName;
      int start = length + 16;
      long bytesOf = Math.clamp(at.getLong(length), 0, mended.length - start);
      at.putInt(length + 8, checksum(mended, start, (int) bytesOf));
      at.putInt(length + 12, checksum(mended, head, length + 12 - head));
      at.position(start + (int) bytesOf);
    }
    return mended;
  }

  private static int checksum(byte[] bytes, int from, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, count);
    return (int) crc.getValue();
  }
}
