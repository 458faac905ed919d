package dev.lanewise.io;

import dev.lanewise.internal.file.InputFileStream;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;

/**
 * Reads and writes NPY files, one array of NumPy each: <a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">numpy.lib.format</a>.
 *
 * <p>Versions 1.0, 2.0 and 3.0 are read, with whole numbers of 8 to 64 bits with and without sign,
 * bool, float16, float32 or float64 in either byte order. {@link #read} makes the nearest float of
 * each, so whole numbers beyond {@code 2^24} are rounded and a float64 out of range becomes
 * infinite; {@link #open} gives them as they are, and texts as well. Columns first (Fortran order)
 * is turned into rows first. A file with fewer or more bytes than its shape asks for is refused.
 */
public final class Npy {
  private Npy() {}

  /**
   * Reads an array of numbers.
   *
   * @param file an NPY file
   * @return the array, row-major
   * @throws FileException if the file is missing, damaged, or holds something else
   * @throws IOException if it cannot be read
   */
  public static FloatArray read(Path file) throws IOException {
    AtomicFile.requireReadable(file);
    try (InputStream in = new BufferedInputStream(new InputFileStream(file))) {
      return read(file, NpyHeader.WHERE, in, Files.size(file));
    }
  }

  /**
   * Opens an array of numbers or texts, each of which is read when it is asked for: the file is
   * mapped, and must not become shorter meanwhile.
   *
   * @param file an NPY file
   * @return the array
   * @throws FileException if the file is missing, damaged, or holds something else
   * @throws IOException if it cannot be read
   */
  public static NpyArray open(Path file) throws IOException {
    AtomicFile.requireReadable(file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      NpyHeader header = NpyHeader.read(file, NpyHeader.WHERE, Channels.newInputStream(channel));
      requireFits(file, NpyHeader.WHERE, header, channel.size());
      long bytes = channel.size() - header.bytes();
      MemorySegment items =
          bytes == 0
              ? MemorySegment.NULL
              : channel.map(MapMode.READ_ONLY, header.bytes(), bytes, Arena.ofAuto());
      return new NpyArray(file, NpyHeader.WHERE, header, items);
    }
  }

  /** Opens an array that is all there is in some bytes. */
  static NpyArray open(Path file, String where, byte[] bytes) throws IOException {
    NpyHeader header = NpyHeader.read(file, where, new ByteArrayInputStream(bytes));
    requireFits(file, where, header, bytes.length);
    return new NpyArray(file, where, header, MemorySegment.ofArray(bytes).asSlice(header.bytes()));
  }

  private static void requireFits(Path file, String where, NpyHeader header, long size)
      throws FileException {
    long wanted = (long) header.count() * header.itemBytes();
    if (size - header.bytes() != wanted) {
      throw new FileException(
          file,
          where,
          "has " + (size - header.bytes()) + " bytes of numbers",
          "its shape " + header.shape() + " asks for " + wanted + ": save or copy it again");
    }
  }

  /** Reads an array that is all there is in {@code size} bytes, which are really there. */
  static FloatArray read(Path file, String where, InputStream in, long size) throws IOException {
    NpyHeader header = NpyHeader.read(file, where, in);
    if (header.type() == null) {
      throw new FileException(file, where, "has texts", "expected numbers");
    }
    requireFits(file, where, header, size);
    float[] values;
    try {
      values = header.type().read(in, header.order(), header.count());
    } catch (EOFException e) {
      throw new FileException(file, where, "was cut off while it was read", "read it again", e);
    }
    int[] shape = header.shape().stream().mapToInt(Integer::intValue).toArray();
    return FloatArray.of(
        header.columnMajor() && shape.length > 1 ? rowMajor(values, shape) : values, shape);
  }

  /** Puts numbers whose first index runs fastest into the order where the last one does. */
  private static float[] rowMajor(float[] values, int[] shape) {
    float[] turned = new float[values.length];
    int[] index = new int[shape.length];
    int[] strides = new int[shape.length];
    int stride = 1;
    for (int d = shape.length - 1; d >= 0; d--) {
      strides[d] = stride;
      stride *= shape[d];
    }
    int at = 0;
    for (float value : values) {
      turned[at] = value;
      int d = 0;
      at += strides[0];
      while (++index[d] == shape[d] && d < shape.length - 1) {
        at -= strides[d] * shape[d];
        index[d++] = 0;
        at += strides[d];
      }
    }
    return turned;
  }

  /**
   * Writes an array as float32, version 1.0, the lowest byte first.
   *
   * @param file where to write; its directory must be there, and a file of this name is replaced
   * @param array the array
   * @throws IOException if writing fails; what was there under the name is left then
   */
  public static void write(Path file, FloatArray array) throws IOException {
    Objects.requireNonNull(array, "array");
    AtomicFile.write(file, out -> write(array, out));
  }

  static void write(FloatArray array, OutputStream out) throws IOException {
    List<Integer> shape = array.shape();
    out.write(NpyHeader.bytes(shape));
    NumberType.write(array.values(), out);
  }
}
