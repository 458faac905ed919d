package dev.lanewise.internal.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message of protocol buffers that grows field by field: <a
 * href="https://protobuf.dev/programming-guides/encoding/">encoding</a>.
 */
final class ProtobufMessage {
  /** The longest message that readers take. */
  static final int LONGEST = Integer.MAX_VALUE;

  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED_32 = 5;
  private static final int LONGEST_VARINT = 10;

  private final List<byte[]> parts = new ArrayList<>();
  private long length;

  /** Adds an integer. */
  ProtobufMessage integer(int field, long value) {
    tag(field, VARINT);
    varint(value);
    return this;
  }

  /** Adds a float. */
  ProtobufMessage number(int field, float value) {
    tag(field, FIXED_32);
    add(ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
    return this;
  }

  /** Adds a string. */
  ProtobufMessage string(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds bytes, which are not copied. */
  ProtobufMessage bytes(int field, byte[] value) {
    tag(field, LENGTH_DELIMITED);
    varint(value.length);
    add(value);
    return this;
  }

  /** Adds a message as it is now. */
  ProtobufMessage message(int field, ProtobufMessage value) {
    tag(field, LENGTH_DELIMITED);
    varint(value.length);
    parts.addAll(value.parts);
    length += value.length;
    return this;
  }

  private void tag(int field, int type) {
    varint(((long) field << 3) | type);
  }

  private void varint(long value) {
    byte[] bytes = new byte[LONGEST_VARINT];
    int n = 0;
    for (long left = value; n == 0 || left != 0; left >>>= 7) {
      bytes[n++] = (byte) (left >>> 7 == 0 ? left : (left & 0x7f) | 0x80);
    }
    byte[] used = new byte[n];
    System.arraycopy(bytes, 0, used, 0, n);
    add(used);
  }

  private void add(byte[] bytes) {
    parts.add(bytes);
    length += bytes.length;
  }

  /** Returns how many bytes it takes. */
  long length() {
    return length;
  }

  /** Writes it. */
  void writeTo(OutputStream out) throws IOException {
    for (byte[] part : parts) {
      out.write(part);
    }
  }
}
