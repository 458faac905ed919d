package dev.lanewise.internal.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * What stands before the bytes of a section.
 *
 * @param name which section, 1 to {@value #LONGEST_NAME} bytes of UTF-8
 * @param length how many bytes it has
 * @param checksum their CRC32C
 */
record SectionHeader(String name, long length, int checksum) {
  static final byte[] MAGIC = "LANEWISE".getBytes(StandardCharsets.US_ASCII);
  static final int VERSION = 1;

  /** Where the first section starts. */
  static final int FIRST = MAGIC.length + Integer.BYTES;

  static final String END = "end";
  static final int LONGEST_NAME = 255;

  /** How many bytes follow the name. */
  static final int AFTER_NAME = Long.BYTES + 2 * Integer.BYTES;

  static final int LONGEST = Integer.BYTES + LONGEST_NAME + AFTER_NAME;

  static int bytes(String name) {
    return Integer.BYTES + name.getBytes(StandardCharsets.UTF_8).length + AFTER_NAME;
  }

  byte[] encode() {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(Integer.BYTES + utf8.length + AFTER_NAME)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(utf8.length)
            .put(utf8)
            .putLong(length)
            .putInt(checksum);
    return bytes.putInt(checksum(bytes.array(), bytes.position())).array();
  }

  /** Returns the CRC32C of the first {@code n} bytes. */
  static int checksum(byte[] bytes, int n) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, n);
    return (int) crc.getValue();
  }
}
