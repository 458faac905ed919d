package dev.lanewise.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How files keep a number. */
enum NumberType {
  BOOL(1),
  F16(2),
  BF16(2),
  F32(4),
  F64(8),
  I8(1),
  I16(2),
  I32(4),
  I64(8),
  U8(1),
  U16(2),
  U32(4),
  U64(8);

  /** The most elements asked of one array; some virtual machines refuse the last few. */
  static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private static final int BUFFER_BYTES = 1 << 16;

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int bytes;

  NumberType(int bytes) {
    this.bytes = bytes;
  }

  /** Returns how many bytes a number takes. */
  int bytes() {
    return bytes;
  }

  /**
   * Reads numbers, each as the nearest float.
   *
   * @param in where from
   * @param order which byte of a number comes first
   * @param count how many; the caller knows that their bytes are there
   * @throws EOFException if they are not
   */
  float[] read(InputStream in, ByteOrder order, int count) throws IOException {
    float[] values = new float[count];
    byte[] buffer = new byte[BUFFER_BYTES];
    MemorySegment segment = MemorySegment.ofArray(buffer);
    int done = 0;
    while (done < count) {
      int n = Math.min(count - done, BUFFER_BYTES / bytes);
      if (in.readNBytes(buffer, 0, n * bytes) < n * bytes) {
        throw new EOFException("the file became shorter while it was read");
      }
      for (int i = 0; i < n; i++) {
        values[done + i] = nearest(segment, (long) i * bytes, order);
      }
      done += n;
    }
    return values;
  }

  /** Returns the nearest float. */
  private float nearest(MemorySegment from, long at, ByteOrder order) {
    // A double between would round twice.
    return switch (this) {
      case I64 -> whole(from, at, order);
      case U64 -> unsigned(whole(from, at, order));
      default -> (float) number(from, at, order);
    };
  }

  private static float unsigned(long value) {
    // The lowest bit sticks, so that half of the number rounds as the whole does.
    return value >= 0 ? value : 2f * ((value >>> 1) | (value & 1));
  }

  /** Returns the number, or the nearest double of a whole number beyond 2^53. */
  double number(MemorySegment from, long at, ByteOrder order) {
    return switch (this) {
      case F16 -> Float.float16ToFloat((short) whole(from, at, order));
      case BF16 -> Float.intBitsToFloat((int) whole(from, at, order) << Short.SIZE);
      case F32 -> Float.intBitsToFloat((int) whole(from, at, order));
      case F64 -> Double.longBitsToDouble(whole(from, at, order));
      case U64 -> {
        long value = whole(from, at, order);
        yield value >= 0 ? value : 2d * ((value >>> 1) | (value & 1));
      }
      default -> whole(from, at, order);
    };
  }

  /** Returns the number as it would be typed, without loss. */
  String text(MemorySegment from, long at, ByteOrder order) {
    return switch (this) {
      case U64 -> Long.toUnsignedString(whole(from, at, order));
      case F16, BF16, F32 -> shortest(number(from, at, order), true);
      case F64 -> shortest(number(from, at, order), false);
      default -> Long.toString(whole(from, at, order));
    };
  }

  private static String shortest(double value, boolean single) {
    // Whole numbers are written as those of integer types, so that 1.0 and 1 are one class.
    if (value == Math.rint(value) && Math.abs(value) < 0x1p53) {
      return Long.toString((long) value);
    }
    return single ? Float.toString((float) value) : Double.toString(value);
  }

  /** Returns the bits as a whole number, with its sign where the type has one. */
  private long whole(MemorySegment from, long at, ByteOrder order) {
    boolean swap = order == ByteOrder.BIG_ENDIAN;
    return switch (this) {
      case BOOL -> from.get(ValueLayout.JAVA_BYTE, at) == 0 ? 0 : 1;
      case I8 -> from.get(ValueLayout.JAVA_BYTE, at);
      case U8 -> Byte.toUnsignedInt(from.get(ValueLayout.JAVA_BYTE, at));
      case U16, I16, F16, BF16 -> {
        short value = from.get(SHORT, at);
        short ordered = swap ? Short.reverseBytes(value) : value;
        yield this == U16 ? Short.toUnsignedInt(ordered) : ordered;
      }
      case U32, I32, F32 -> {
        int value = from.get(INT, at);
        int ordered = swap ? Integer.reverseBytes(value) : value;
        yield this == U32 ? Integer.toUnsignedLong(ordered) : ordered;
      }
      case U64, I64, F64 -> {
        long value = from.get(LONG, at);
        yield swap ? Long.reverseBytes(value) : value;
      }
    };
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
