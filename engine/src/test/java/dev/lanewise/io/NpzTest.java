package dev.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {
  private static final float[] X = {-1, -0.75f, -0.5f, -0.25f, 0, 0.25f};

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"stored.npz", "deflated.npz"})
  void readsWhatNumpyWrote(String name) throws IOException {
    Map<String, FloatArray> arrays = Npz.read(TestFiles.made(directory, name));
    assertEquals(List.of("x", "y"), List.copyOf(arrays.keySet()));
    assertEquals(List.of(2, 3), arrays.get("x").shape());
    assertArrayEquals(X, arrays.get("x").values());
    assertArrayEquals(new float[] {1, 2, 3}, arrays.get("y").values());
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    arrays.put("weights/größe", FloatArray.of(X, 3, 2));
    arrays.put("a", FloatArray.of(new float[] {Float.NaN}));
    Path file = directory.resolve("a.npz");
    Npz.write(file, arrays);
    Map<String, FloatArray> read = Npz.read(file);
    assertEquals(List.copyOf(arrays.keySet()), List.copyOf(read.keySet()));
    assertEquals(List.of(3, 2), read.get("weights/größe").shape());
    assertArrayEquals(X, read.get("weights/größe").values());
    assertArrayEquals(new float[] {Float.NaN}, read.get("a").values());
  }

  @Test
  void equalArraysGiveEqualFiles() throws IOException {
    Path first = directory.resolve("1.npz");
    Path second = directory.resolve("2.npz");
    Npz.write(first, Map.of("x", FloatArray.of(X, 6)));
    Npz.write(second, Map.of("x", FloatArray.of(X, 6)));
    assertEquals(-1, Files.mismatch(first, second));
  }

  @Test
  void refusesANumberThatWasChanged() throws IOException {
    byte[] bytes = TestFiles.made("stored.npz");
    int number = indexOf(bytes, "\0\0\u0080\u00bf");
    bytes[number] ^= 1;
    Path file = Files.write(directory.resolve("changed.npz"), bytes);
    TestFiles.assertRefused(file, Npz::read, "checksum");
  }

  private static int indexOf(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
  }

  @Test
  void refusesEntriesThatAreNoArrays() throws IOException {
    TestFiles.assertRefused(zip("notes.txt"), Npz::read, "entry \"notes.txt\" is no array");
    TestFiles.assertRefused(zip("x.npy"), Npz::read, "entry \"x.npy\" does not start as NPY does");
    TestFiles.assertRefused(
        TestFiles.made(directory, "float32.npy"), Npz::read, "the zip archive is damaged");
    assertThrows(
        IllegalArgumentException.class,
        () -> Npz.write(directory.resolve("a.npz"), Map.of("", FloatArray.of(X, 6))));
  }

  @Test
  void refusesTwoArraysOfOneName() throws IOException {
    Path file = directory.resolve("a.npz");
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    arrays.put("first", FloatArray.of(X, 6));
    arrays.put("other", FloatArray.of(X, 6));
    Npz.write(file, arrays);
    byte[] bytes = Files.readAllBytes(file);
    for (int at = indexOf(bytes, "other"); at >= 0; at = indexOf(bytes, "other")) {
      System.arraycopy("first".getBytes(StandardCharsets.US_ASCII), 0, bytes, at, 5);
    }
    Files.write(file, bytes);
    TestFiles.assertRefused(file, Npz::read, "entry \"first.npy\" is there twice");
  }

  private Path zip(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(new byte[100]);
    }
    return Files.write(directory.resolve("made.npz"), bytes.toByteArray());
  }

  @Test
  void anEntryThatClaimsGigabytesIsRefusedWithoutThem() throws IOException {
    byte[] bytes = TestFiles.made("deflated.npz");
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int entry = indexOf(bytes, "PK\1\2");
    buffer.putInt(entry + 24, Integer.MAX_VALUE - 8);
    Path file = Files.write(directory.resolve("huge.npz"), bytes);
    Allocation.assertBelow(
        1 << 20, () -> TestFiles.assertRefused(file, Npz::read, "its own length"));
    buffer.putInt(entry + 24, -2);
    Files.write(file, bytes);
    TestFiles.assertRefused(file, Npz::read, "has 4294967294 bytes");
  }
}
