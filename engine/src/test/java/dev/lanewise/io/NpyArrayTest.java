package dev.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyArrayTest {
  @TempDir private Path directory;

  private NpyArray array(String name) throws IOException {
    return Npz.open(TestFiles.made(directory, "types.npz"), List.of(name)).get(name);
  }

  @ParameterizedTest
  @CsvSource({
    "i1, -128, 127",
    "i2, -32768, 32767",
    "<i4, -2147483648, 2147483647",
    ">i8, -9223372036854775808, 9223372036854775807",
    "u1, 0, 255",
    ">u2, 0, 65535",
    "u4, 0, 4294967295",
    "<u8, 0, 18446744073709551615"
  })
  void wholeNumbersOfEveryWidthKeepEveryDigit(String type, String low, String high)
      throws IOException {
    NpyArray array = array(type);

    assertEquals(List.of(2, 2), array.shape());
    assertEquals(low, array.text(0, 0));
    assertEquals(high, array.text(0, 1));
    assertEquals("0", array.text(1, 0));
    assertEquals(Double.parseDouble(low), array.number(0, 0));
    assertEquals(Double.parseDouble(high), array.number(0, 1));
    assertEquals(1, array.number(1, 1));
  }

  @Test
  void boolsAreZeroAndOne() throws IOException {
    assertEquals(1, array("b1").number(0, 0));
    assertEquals(0, array("b1").number(0, 1));
    assertEquals("1", array("b1").text(1, 1));
  }

  @Test
  void otherNumbersAreWrittenShortAndExact() throws IOException {
    assertEquals(0.1, array("f8").number(0, 0));
    assertEquals("0.1", array("f8").text(0, 0));
    assertEquals(1e300, array("f8").number(0, 1));
    assertEquals("3", array("f8").text(1, 0));
    assertTrue(Double.isNaN(array("f8").number(1, 1)));
    assertEquals(65504, array("f2").number(0, 1));
    assertEquals(Float.float16ToFloat(Float.floatToFloat16(0.1f)), array("f2").number(0, 0));
    assertEquals(Double.POSITIVE_INFINITY, array("f2").number(1, 1));
  }

  @Test
  void textsOfCodePointsAndOfBytesAreRead() throws IOException {
    NpyArray wide = array("U");
    assertTrue(wide.isText());
    assertEquals("ä", wide.text(0, 0));
    assertEquals("日本", wide.text(0, 1));
    assertEquals("", wide.text(1, 0));
    assertEquals("a\ud83c\udf33", wide.text(1, 1));
    assertEquals("yes", array("big").text(0, 1));
    assertEquals("setosa", array("S").text(0, 0));
    assertEquals("ä", array("S").text(1, 0));
    assertEquals("ä", array("S").text(2, 0));
    assertFalse(array("i1").isText());
    assertThrows(IllegalStateException.class, () -> wide.number(0, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> wide.text(2, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> wide.text(0, 2));
  }

  @ParameterizedTest
  @CsvSource({
    "O, 'Python objects, kept by pickle'",
    "c8, has complex numbers",
    "M, 'has dates, datetime64'",
    "m, 'has spans of time, timedelta64'",
    "V, has raw bytes",
    "g, has long doubles",
    "records, is a structured array"
  })
  void whatIsNoNumberOrTextIsRefusedByItsName(String name, String says) throws IOException {
    Path file = TestFiles.made(directory, "types.npz");
    TestFiles.assertRefused(file, f -> Npz.open(f, List.of("i1", name)), says);
  }

  @Test
  void arraysNotAskedForNeedNotBeReadable() throws IOException {
    Path file = TestFiles.made(directory, "types.npz");

    assertTrue(Npz.names(file).containsAll(List.of("O", "i1", "U")));
    Map<String, NpyArray> two = Npz.open(file, List.of("U", "i1"));
    assertEquals(List.of("U", "i1"), List.copyOf(two.keySet()));
    TestFiles.assertRefused(file, f -> Npz.open(f, List.of("x")), "array \"x\" is not there");
  }

  @Test
  void aFileIsReadInEitherOrderWithoutLoss() throws IOException {
    NpyArray array = Npy.open(TestFiles.made(directory, "int64-columns-first.npy"));

    assertEquals(List.of(2, 3, 4), array.shape());
    assertEquals(12, array.columns());
    for (int i = 0; i < 24; i++) {
      assertEquals(i, array.number(i / 12, i % 12));
    }
    assertEquals(2.5, Npy.open(TestFiles.made(directory, "scalar.npy")).number(0, 0));
    assertEquals(0, Npy.open(TestFiles.made(directory, "empty.npy")).rows());
  }

  @Test
  void whatIsBrokenIsRefusedWhenItIsOpened() throws IOException {
    byte[] whole = TestFiles.made("float32.npy");
    Path file = directory.resolve("cut.npy");
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThrows(FileException.class, () -> Npy.open(file), "cut off at " + length);
    }
    byte[] text =
        TestFiles.npy("{'descr': '<U1', 'fortran_order': False, 'shape': (1,)}", Integer.BYTES);
    ByteBuffer.wrap(text).putInt(text.length - Integer.BYTES, -1);
    Files.write(file, text);
    TestFiles.assertRefused(file, Npy::open, "has a text that is no Unicode");
  }
}
