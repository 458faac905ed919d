package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
  /** Two images of 1 x 3. */
  private static final byte[] IMAGES =
      bytes(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 0, 51, 255, 1, 2, 128);

  private static final byte[] LABELS = bytes(0, 0, 8, 1, 0, 0, 0, 2, 7, 255);

  @TempDir private Path directory;

  @Test
  void readsImagesAsNumbersFrom0To1() throws IOException {
    Idx.Images images = Idx.images(file(IMAGES));

    assertEquals(2, images.count());
    assertEquals(1, images.height());
    assertEquals(3, images.width());
    assertArrayEquals(new float[] {0, 0.2f, 1, 1 / 255f, 2 / 255f, 128 / 255f}, images.pixels());
  }

  @Test
  void readsLabelsAsUnsignedBytes() throws IOException {
    assertArrayEquals(new int[] {7, 255}, Idx.labels(file(LABELS)));
  }

  @Test
  void knowsGzipByItsContentNotItsName() throws IOException {
    assertArrayEquals(new int[] {7, 255}, Idx.labels(file(gzip(LABELS))));
    assertArrayEquals(Idx.images(file(IMAGES)).pixels(), Idx.images(file(gzip(IMAGES))).pixels());
  }

  @Test
  void readsGzipOfSeveralMembers() throws IOException {
    byte[] first = gzip(Arrays.copyOf(LABELS, 5));
    byte[] second = gzip(Arrays.copyOfRange(LABELS, 5, LABELS.length));

    assertArrayEquals(new int[] {7, 255}, Idx.labels(file(join(first, second))));
  }

  @Test
  void refusesFilesCutOffAnywhere() throws IOException {
    for (byte[] whole : new byte[][] {IMAGES, gzip(IMAGES)}) {
      for (int length = 0; length < whole.length; length++) {
        Path file = file(Arrays.copyOf(whole, length));
        assertThrows(DataException.class, () -> Idx.images(file), "cut off at " + length);
      }
    }
  }

  @Test
  void refusesBytesAfterTheEnd() throws IOException {
    byte[] more = bytes(1);

    assertRefused(join(LABELS, more), "more bytes than the 2 values");
    assertRefused(gzip(join(LABELS, more)), "more bytes than the 2 values");
    assertRefused(join(gzip(LABELS), more), "1 bytes follow the end of the gzip data");
    assertRefused(join(gzip(LABELS), new byte[100]), "100 bytes follow the end of the gzip data");
  }

  @Test
  void refusesDamagedGzip() throws IOException {
    byte[] damaged = gzip(LABELS);
    damaged[damaged.length - 8] ^= 1;

    assertRefused(damaged, "gzip data are damaged");
  }

  @Test
  void refusesOtherKindsOfFiles() throws IOException {
    assertRefused(IMAGES, "starts with 0x00000803, but IDX labels of unsigned bytes start with");
    assertRefused(bytes(0, 0, 0xd, 1, 0, 0, 0, 1, 0, 0, 0, 0), "starts with 0x00000d01");
    assertRefused(bytes(0x89, 'P', 'N', 'G', 0, 0, 0, 1, 0), "starts with 0x89504e47");
  }

  @Test
  void refusesDimensionsThatNoArrayHolds() throws IOException {
    assertRefused(bytes(0, 0, 8, 1, 0, 0, 0, 0), "dimension 0 is 0");
    assertRefused(bytes(0, 0, 8, 1, 255, 255, 255, 255), "dimension 0 is 4294967295");
    byte[] huge = bytes(0, 0, 8, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 9);
    DataException e = assertThrows(DataException.class, () -> Idx.images(file(huge)));
    assertTrue(e.getMessage().contains("dimension 1 is 65536"), e.getMessage());
  }

  @Test
  void asksForNoMoreMemoryThanTheFileJustifies() throws IOException {
    // Two billion labels are announced, more than the memory of the tests holds beside a copy.
    byte[] announced = bytes(0, 0, 8, 1, 0x7f, 0xff, 0xff, 0xf0, 1, 2, 3);

    assertRefused(announced, "cut off after 3 values; its dimensions say 2147483632");
    assertRefused(gzip(announced), "cut off after 3 values; its dimensions say 2147483632");
  }

  @Test
  void namesTheFileThatIsMissing() {
    Path missing = directory.resolve("missing");

    DataException e = assertThrows(DataException.class, () -> Idx.labels(missing));
    assertEquals(missing + ": no such file", e.getMessage());
    e = assertThrows(DataException.class, () -> Idx.labels(directory));
    assertEquals(directory + " is not a regular file", e.getMessage());
  }

  private void assertRefused(byte[] labels, String reason) throws IOException {
    Path file = file(labels);
    DataException e = assertThrows(DataException.class, () -> Idx.labels(file));
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(directory.resolve("file"), content);
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] join(byte[] a, byte[] b) {
    byte[] joined = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, joined, a.length, b.length);
    return joined;
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
