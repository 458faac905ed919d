package dev.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
  private static final float[] X = {-1, -0.75f, -0.5f, -0.25f, 0, 0.25f};

  @TempDir private Path directory;

  private FloatArray made(String name) throws IOException {
    return Npy.read(TestFiles.made(directory, name));
  }

  private static void assertHolds(FloatArray array, float[] values, Integer... shape) {
    assertEquals(List.of(shape), array.shape());
    assertArrayEquals(values, array.values());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "float16.npy",
        "float32.npy",
        "float64-big-endian-columns-first.npy",
        "version-2.npy",
        "version-3.npy"
      })
  void readsWhatNumpyWroteInEveryVersionAndOrder(String name) throws IOException {
    assertHolds(made(name), X, 2, 3);
  }

  @Test
  void readsWholeNumbersAsTheNearestFloats() throws IOException {
    assertHolds(made("int32-big-endian.npy"), new float[] {1, -2, 0x1p31f}, 3);
    assertHolds(made("uint8.npy"), new float[] {0, 127, 255}, 3, 1);
  }

  @Test
  void turnsColumnsFirstIntoRowsFirst() throws IOException {
    float[] counted = new float[24];
    for (int i = 0; i < counted.length; i++) {
      counted[i] = i;
    }
    FloatArray array = made("int64-columns-first.npy");
    assertHolds(array, counted, 2, 3, 4);
    assertEquals(2, array.rows());
    assertEquals(12, array.columns());
  }

  @Test
  void readsArraysOfNoDimensionAndOfNoNumber() throws IOException {
    assertHolds(made("scalar.npy"), new float[] {2.5f});
    assertEquals(1, made("scalar.npy").rows());
    assertEquals(1, made("scalar.npy").columns());
    assertHolds(made("empty.npy"), new float[0], 0, 3);
  }

  @Test
  void writesTheBytesThatNumpyWrites() throws IOException {
    Path file = directory.resolve("written.npy");
    Npy.write(file, FloatArray.of(X, 2, 3));
    assertArrayEquals(TestFiles.made("float32.npy"), Files.readAllBytes(file));
    Npy.write(file, FloatArray.of(new float[] {2.5f}));
    assertArrayEquals(TestFiles.made("scalar.npy"), Files.readAllBytes(file));
    Npy.write(file, FloatArray.of(new float[0], 0, 3));
    assertArrayEquals(TestFiles.made("empty.npy"), Files.readAllBytes(file));
  }

  @Test
  void readsBackMoreNumbersThanABufferTakes() throws IOException {
    float[] values = new float[40_001];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(i * 0x9E3779);
    }
    Path file = directory.resolve("long.npy");
    Npy.write(file, FloatArray.of(values, values.length));
    assertHolds(Npy.read(file), values, values.length);
  }

  @Test
  void refusesFilesCutOffAnywhere() throws IOException {
    byte[] whole = TestFiles.made("float32.npy");
    Path file = directory.resolve("cut.npy");
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThrows(FileException.class, () -> Npy.read(file), "cut off at " + length);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), } | 5 | asks for 4",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (536870912,)} | 4 | asks for 2147483648",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2147483648,)} | 4 | too many numbers",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536)} | 0 | too many numbers",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)} | 4 | expected a whole number",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1 1)} | 4 | expected ')'",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999999999999,)} | 4 | digits",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)} | 4 | expected True or False",
        "{'descr': '<c8', 'fortran_order': False, 'shape': (1,)} | 8 | has complex numbers (type"
            + " \"<c8\")",
        "{'descr': '<O', 'fortran_order': False, 'shape': (1,)} | 4 | has Python objects, kept by"
            + " pickle",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)} | 4 | is a structured"
            + " array",
        "{'descr': '<f4x', 'fortran_order': False, 'shape': (1,)} | 4 | type \"<f4x\"",
        "{'descr': '<U99999', 'fortran_order': False, 'shape': (1,)} | 4 | texts of up to 99999",
        "{'descr': '<U1', 'fortran_order': False, 'shape': (1,)} | 4 | has texts; expected numbers",
        "{'descr': '<f4', 'shape': (1,)} | 4 | lacks fortran_order",
        "{'fortran_order': False, 'shape': (1,)} | 4 | lacks descr",
        "{'descr': '<f4', 'fortran_order': False} | 4 | lacks shape",
        "{'descr': '<f4', 'descr': '<f4', 'shape': (1,)} | 4 | has \"descr\" twice",
        "{'name': '<f4'} | 4 | has \"name\"",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} x | 4 | expected the end",
        "{'descr': '<f4 | 4 | expected more",
        "[] | 4 | expected '{'",
        "`` | 4 | expected '{'"
      })
  void refusesHeadersThatDoNotFit(String header, int dataBytes, String says) throws IOException {
    Path file = directory.resolve("bad.npy");
    Files.write(file, TestFiles.npy(header, dataBytes));
    TestFiles.assertRefused(file, Npy::read, says);
  }

  @Test
  void refusesOtherFilesTypesAndVersions() throws IOException {
    TestFiles.assertRefused(
        TestFiles.made(directory, "stored.npz"), Npy::read, "does not start as NPY does");
    byte[] newer = TestFiles.made("float32.npy");
    newer[6] = 4;
    Path file = Files.write(directory.resolve("newer.npy"), newer);
    TestFiles.assertRefused(file, Npy::read, "has version 4.0; expected 1.0, 2.0 or 3.0");
    byte[] longHeader = TestFiles.made("version-2.npy");
    longHeader[11] = (byte) 0xff;
    Files.write(file, longHeader);
    TestFiles.assertRefused(file, Npy::read, "has a header of 4278190196 bytes");
    TestFiles.assertRefused(directory, Npy::read, "is not a regular file");
    TestFiles.assertRefused(directory.resolve("none"), Npy::read, "does not exist");
  }

  @Test
  void aFileThatCannotBeWrittenLeavesNothingBehind() throws IOException {
    FloatArray array = FloatArray.of(X, 6);
    Path nowhere = directory.resolve("none").resolve("a.npy");
    assertThrows(FileException.class, () -> Npy.write(nowhere, array));
    Path taken = Files.createDirectory(directory.resolve("taken"));
    assertThrows(FileException.class, () -> Npy.write(taken, array));
    Npy.write(directory.resolve("a.npy"), array);
    try (var files = Files.list(directory)) {
      assertEquals(
          List.of("a.npy", "taken"), files.map(f -> f.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void aShapeMustHoldItsNumbers() {
    assertThrows(IllegalArgumentException.class, () -> FloatArray.of(X, 2, 2));
    assertThrows(IllegalArgumentException.class, () -> FloatArray.of(X, -2, -3));
    assertThrows(
        IllegalArgumentException.class, () -> FloatArray.of(new float[0], 1 << 16, 1 << 16));
    assertThrows(
        IllegalArgumentException.class, () -> FloatArray.of(new float[0], 0, 1 << 16, 1 << 16));
  }
}
