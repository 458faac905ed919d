package dev.lanewise.data;

import dev.lanewise.internal.file.FileFailure;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads IDX files of unsigned bytes, the format of MNIST, plain or compressed by gzip; the content
 * decides which, not the name.
 *
 * <p>A file is two zero bytes, the type of the values ({@code 0x08}: unsigned bytes), the number of
 * dimensions, each dimension as 4 bytes with the highest first, then the values. A file with fewer
 * or more values than its dimensions say is refused, and no more memory is asked for than the bytes
 * that are really there take.
 */
public final class Idx {
  private static final int UNSIGNED_BYTES = 0x08;

  /** Some virtual machines give no longer arrays. */
  private static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private Idx() {}

  /** Grey images, all of one size. */
  public static final class Images {
    private final int count;
    private final int height;
    private final int width;
    private final float[] pixels;

    private Images(int count, int height, int width, float[] pixels) {
      this.count = count;
      this.height = height;
      this.width = width;
      this.pixels = pixels;
    }

    /**
     * Returns how many images there are.
     *
     * @return at least 1
     */
    public int count() {
      return count;
    }

    /**
     * Returns how high an image is.
     *
     * @return at least 1 pixel
     */
    public int height() {
      return height;
    }

    /**
     * Returns how wide an image is.
     *
     * @return at least 1 pixel
     */
    public int width() {
      return width;
    }

    /**
     * Returns the images.
     *
     * @return {@code count x (height * width)} numbers of 0 to 1: the file's bytes divided by 255;
     *     not a copy
     */
    public float[] pixels() {
      return pixels;
    }
  }

  /**
   * Reads images: a file of three dimensions, count, height and width.
   *
   * @param file an IDX file, plain or gzip
   * @return the images
   * @throws DataException if the file is missing, damaged, or holds something else
   * @throws IOException if it cannot be read
   */
  public static Images images(Path file) throws IOException {
    int[] dimensions = new int[3];
    byte[] values = read(file, "images", dimensions);
    float[] pixels = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      pixels[i] = Byte.toUnsignedInt(values[i]) / 255f;
    }
    return new Images(dimensions[0], dimensions[1], dimensions[2], pixels);
  }

  /**
   * Reads labels: a file of one dimension.
   *
   * @param file an IDX file, plain or gzip
   * @return the labels, each 0 to 255
   * @throws DataException if the file is missing, damaged, or holds something else
   * @throws IOException if it cannot be read
   */
  public static int[] labels(Path file) throws IOException {
    byte[] values = read(file, "labels", new int[1]);
    int[] labels = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      labels[i] = Byte.toUnsignedInt(values[i]);
    }
    return labels;
  }

  private static byte[] read(Path file, String what, int[] dimensions) throws IOException {
    byte[] bytes = bytes(file);
    boolean gzip = bytes.length >= 2 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
    if (!gzip) {
      return parse(file, what, dimensions, new ByteArrayInputStream(bytes));
    }
    try (Gzip in = new Gzip(bytes)) {
      byte[] values = parse(file, what, dimensions, in);
      if (in.surplus() != 0) {
        throw new DataException(
            file + ": " + in.surplus() + " bytes follow the end of the gzip data; expected none");
      }
      return values;
    } catch (EOFException | ZipException e) {
      throw new DataException(file + ": its gzip data are damaged or cut off", e);
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new DataException(
          file + (Files.exists(file) ? " is not a regular file" : ": no such file"));
    }
    if (!Files.isReadable(file)) {
      throw new DataException(file + " may not be read: mend its permissions");
    }
    if (Files.size(file) > LONGEST_ARRAY) {
      throw new DataException(
          file + " has " + Files.size(file) + " bytes; expected at most " + LONGEST_ARRAY);
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw FileFailure.of(file, e);
    }
  }

  private static byte[] parse(Path file, String what, int[] dimensions, InputStream in)
      throws IOException {
    checkMagic(file, what, dimensions.length, header(file, in));
    long count = 1;
    for (int d = 0; d < dimensions.length; d++) {
      long size = Integer.toUnsignedLong(header(file, in));
      count *= size;
      if (count == 0 || count > LONGEST_ARRAY) {
        throw new DataException(
            file
                + ": dimension "
                + d
                + " is "
                + size
                + "; expected at least 1, and at most "
                + LONGEST_ARRAY
                + " values in all");
      }
      dimensions[d] = (int) size;
    }
    byte[] values = in.readNBytes((int) count);
    if (values.length < count) {
      throw new DataException(
          file + ": cut off after " + values.length + " values; its dimensions say " + count);
    }
    if (in.read() != -1) {
      throw new DataException(
          file + ": more bytes than the " + count + " values that its dimensions say");
    }
    return values;
  }

  private static void checkMagic(Path file, String what, int dimensions, int magic)
      throws DataException {
    int expected = UNSIGNED_BYTES << 8 | dimensions;
    if (magic != expected) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: starts with 0x%08x, but IDX %s of unsigned bytes start with 0x%08x",
              file,
              magic,
              what,
              expected));
    }
  }

  private static int header(Path file, InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(Integer.BYTES);
    if (bytes.length < Integer.BYTES) {
      throw new DataException(file + ": ends within the header; not an IDX file, or cut off");
    }
    return ByteBuffer.wrap(bytes).getInt();
  }

  /** The JDK's reader, which on its own ignores what follows the end of the compressed data. */
  private static final class Gzip extends GZIPInputStream {
    private static final int TRAILER = 8;

    Gzip(byte[] bytes) throws IOException {
      super(new ByteArrayInputStream(bytes), bytes.length);
    }

    /** Returns how many bytes follow, once the end has been read. */
    int surplus() {
      return inf.getRemaining() - TRAILER;
    }
  }
}
