package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibSvmTest {
  private static final String TEXT =
      "+1 1:0.5 3:-2e-3\t7:1\r\n\n# a comment\n-1 # no value is named\n2.5 2:.25 #0 9:1\n";

  @TempDir private Path directory;

  @Test
  void readsLabelsAndPairs() throws IOException {
    assertRead(LibSvm.read(write(TEXT.getBytes(StandardCharsets.US_ASCII))));
  }

  @Test
  void gzipIsSeenByTheContent() throws IOException {
    assertRead(LibSvm.read(write(gzip(TEXT.getBytes(StandardCharsets.US_ASCII)))));
  }

  private static void assertRead(LibSvm.Rows rows) {
    assertEquals(7, rows.x().columns());
    assertArrayEquals(new float[] {1, -1, 2.5f}, rows.labels());
    assertArrayEquals(new int[] {0, 3, 3, 4}, rows.x().indptr());
    assertArrayEquals(new int[] {0, 2, 6, 1}, rows.x().indices());
    assertArrayEquals(new float[] {0.5f, -0.002f, 1, 0.25f}, rows.x().values());
  }

  @Test
  void anotherFileMayHaveAsManyColumns() throws IOException {
    Path file = write("1 2:1".getBytes(StandardCharsets.US_ASCII));
    assertEquals(2, LibSvm.read(file).x().columns());
    assertEquals(9, LibSvm.read(file, 9).x().columns());
    assertEquals(
        file + ": line 1 has the index 2; expected 1 to 1",
        assertThrows(DataException.class, () -> LibSvm.read(file, 1)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> LibSvm.read(file, -1));
  }

  @Test
  void indicesStartFromZeroWhereAnyIsZero() throws IOException {
    LibSvm.Rows rows =
        LibSvm.read(write("1 2:0.5\n-1 0:3 1:4\n".getBytes(StandardCharsets.US_ASCII)));
    assertTrue(rows.fromZero());
    assertEquals(3, rows.x().columns());
    assertArrayEquals(new int[] {2, 0, 1}, rows.x().indices());
    assertFalse(LibSvm.read(write("1 2:1".getBytes(StandardCharsets.US_ASCII))).fromZero());
  }

  @Test
  void pairsAreSortedByTheirIndex() throws IOException {
    LibSvm.Rows rows =
        LibSvm.read(write("1 7:0.7 2:0.2\t9:0.9 1:0.1 \r\n".getBytes(StandardCharsets.US_ASCII)));
    assertArrayEquals(new int[] {0, 1, 6, 8}, rows.x().indices());
    assertArrayEquals(new float[] {0.1f, 0.2f, 0.7f, 0.9f}, rows.x().values());
  }

  @Test
  void queriesArePassedOverAndTold() throws IOException {
    Path file = write("\ufeff1 qid:3 1:1\n2 2:1\n3 1:1 qid:4\n".getBytes(StandardCharsets.UTF_8));
    assertArrayEquals(new int[] {0, 1, 0}, LibSvm.read(file).x().indices());
    List<Long> lines = new ArrayList<>();
    LibSvm.visit(
        file,
        new LibSvm.Visitor() {
          @Override
          public void row(long line, String label, int count, int[] indices, float[] values) {
            assertEquals("" + line, label);
            assertEquals(1, count);
          }

          @Override
          public void query(long line) {
            lines.add(line);
          }
        });
    assertEquals(List.of(1L, 3L), lines);
  }

  @Test
  void aFileToTestWithHasTheColumnsOfTheOneToTrainOn() throws IOException {
    LibSvm.Rows train = LibSvm.read(write("1 1:1 3:2".getBytes(StandardCharsets.US_ASCII)));
    LibSvm.Rows test =
        LibSvm.read(write("1 2:5\n2 3:6 4:7 9:8".getBytes(StandardCharsets.US_ASCII)), train);
    assertEquals(3, test.x().columns());
    assertArrayEquals(new int[] {1, 2}, test.x().indices());
    assertArrayEquals(new float[] {5, 6}, test.x().values());
    assertEquals(2, test.passedOver());

    Path fromZero = write("1 1:1\n1 0:1".getBytes(StandardCharsets.US_ASCII));
    assertEquals(
        fromZero + ": line 2 has the index 0, but the other file's start from 1; make both alike",
        assertThrows(DataException.class, () -> LibSvm.read(fromZero, train)).getMessage());
    LibSvm.Rows zero = LibSvm.read(fromZero);
    LibSvm.Rows like = LibSvm.read(write("1 1:5 2:6".getBytes(StandardCharsets.US_ASCII)), zero);
    assertArrayEquals(new int[] {1}, like.x().indices());
    assertEquals(1, like.passedOver());
  }

  /** What a file says is not believed before the bytes are there. */
  @Test
  void aLargeIndexTakesNoMemory() throws IOException {
    Path file = write("1 2000000000:1".getBytes(StandardCharsets.US_ASCII));
    assertEquals(2_000_000_000, LibSvm.read(file).x().columns());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x 1:1 | : line 1, column 1: 'x' is not a label; expected a finite number",
        "nan 1:1 | : line 1, column 1: 'nan' is not a label; expected a finite number",
        "1e99 | : line 1, column 1: '1e99' is not a label; expected a finite number",
        "1 2:1 2:1" + " | : line 1, column 7: '2:1' names index 2 again; expected each index once",
        "1 3:1 2:1 4:1 3:2"
            + " | : line 1, column 15: '3:2' names index 3 again; expected each index once",
        "1,2 3:4 | : line 1, column 1: '1,2' names several labels; expected one: keep one of them,"
            + " or make a file each",
        "1  2 | : line 1, column 4: '2' is no pair; expected index:value",
        "1 :1 | : line 1, column 3: ':1' has no index; expected 0 to 2147483639",
        "1 -1:1 | : line 1, column 3: '-1:1' has no index; expected 0 to 2147483639",
        "1 2147483640:1"
            + " | : line 1, column 3: '2147483640:1' has no index; expected 0 to 2147483639",
        "1 99999999999:1"
            + " | : line 1, column 3: '99999999999:1' has no index; expected 0 to 2147483639",
        "1 1: | : line 1, column 5: '' is not a value; expected a finite number",
        "1 1:Infinity | : line 1, column 5: 'Infinity' is not a value; expected a finite number",
        "1 1:0x1p3 | : line 1, column 5: '0x1p3' is not a value; expected a finite number",
        "1 1:1f | : line 1, column 5: '1f' is not a value; expected a finite number",
        "1 1:1-1 | : line 1, column 5: '1-1' is not a value; expected a finite number",
        "# nothing | : has no row; expected lines of a label and index:value",
      })
  void saysInOneLineWhatCannotBeRead(String text, String message) throws IOException {
    Path file = write(text.getBytes(StandardCharsets.US_ASCII));
    DataException e = assertThrows(DataException.class, () -> LibSvm.read(file));
    assertEquals(file + message, e.getMessage());
  }

  @Test
  void whatIsNoTextIsShownWithoutItsBytes() throws IOException {
    Path file = write(new byte[] {'1', '\n', 7, (byte) 0xff, 'a', '\n'});
    DataException e = assertThrows(DataException.class, () -> LibSvm.read(file));
    assertEquals(
        file + ": line 2, column 1: '??a' is not a label; expected a finite number",
        e.getMessage());
    Path missing = directory.resolve("missing");
    e = assertThrows(DataException.class, () -> LibSvm.read(missing));
    assertEquals(missing + ": no such file", e.getMessage());
    byte[] whole = gzip(TEXT.getBytes(StandardCharsets.US_ASCII));
    Path cut = write(Arrays.copyOf(whole, whole.length - 9));
    e = assertThrows(DataException.class, () -> LibSvm.read(cut));
    assertEquals(cut + ": its gzip data are damaged or cut off", e.getMessage());
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(Files.createTempFile(directory, "rows", ".libsvm"), bytes);
  }
}
