package dev.lanewise.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How files keep a number. Each is read as the nearest float. */
enum NumberType {
  F16(2),
  BF16(2),
  F32(4),
  F64(8),
  I32(4),
  I64(8),
  U8(1);

  /** The most elements asked of one array; some virtual machines refuse the last few. */
  static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private static final int BUFFER_BYTES = 1 << 16;

  private final int bytes;

  NumberType(int bytes) {
    this.bytes = bytes;
  }

  /** Returns how many bytes a number takes. */
  int bytes() {
    return bytes;
  }

  /**
   * Reads numbers.
   *
   * @param in where from
   * @param order which byte of a number comes first
   * @param count how many; the caller knows that their bytes are there
   * @throws EOFException if they are not
   */
  float[] read(InputStream in, ByteOrder order, int count) throws IOException {
    float[] values = new float[count];
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(order);
    int done = 0;
    while (done < count) {
      int n = Math.min(count - done, BUFFER_BYTES / bytes);
      if (in.readNBytes(buffer.array(), 0, n * bytes) < n * bytes) {
        throw new EOFException("the file became shorter while it was read");
      }
      decode(buffer, n, values, done);
      done += n;
    }
    return values;
  }

  private void decode(ByteBuffer from, int n, float[] to, int at) {
    switch (this) {
      case F16 -> {
        for (int i = 0; i < n; i++) {
          to[at + i] = Float.float16ToFloat(from.getShort(2 * i));
        }
      }
      case BF16 -> {
        for (int i = 0; i < n; i++) {
          to[at + i] = Float.intBitsToFloat(from.getShort(2 * i) << Short.SIZE);
        }
      }
      case F32 -> from.clear().asFloatBuffer().get(to, at, n);
      case F64 -> {
        for (int i = 0; i < n; i++) {
          to[at + i] = (float) from.getDouble(8 * i);
        }
      }
      case I32 -> {
        for (int i = 0; i < n; i++) {
          to[at + i] = from.getInt(4 * i);
        }
      }
      case I64 -> {
        for (int i = 0; i < n; i++) {
          to[at + i] = from.getLong(8 * i);
        }
      }
      case U8 -> {
        for (int i = 0; i < n; i++) {
          to[at + i] = Byte.toUnsignedInt(from.get(i));
        }
      }
    }
  }

  /** Writes numbers as {@link #F32}, the lowest byte first. */
  static void write(float[] values, OutputStream out) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int done = 0;
    while (done < values.length) {
      int n = Math.min(values.length - done, BUFFER_BYTES / Float.BYTES);
      buffer.asFloatBuffer().put(values, done, n);
      out.write(buffer.array(), 0, n * Float.BYTES);
      done += n;
    }
  }
}
