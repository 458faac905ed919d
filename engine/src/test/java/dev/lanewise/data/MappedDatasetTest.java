package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedDatasetTest {
  private static final float[] X = {1, 2, 3, 4, 5, 6};
  private static final float[] T = {-1, -2, -3};
  private static final float[] WEIGHTS = {0.5f, 0, 2};

  @TempDir private Path directory;

  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("rows");
  }

  /** The format, byte by byte. */
  @Test
  void aFileIsAHeaderAndItsRows() throws IOException {
    write(true);

    ByteBuffer expected = ByteBuffer.allocate(32 + 3 * 16).order(ByteOrder.LITTLE_ENDIAN);
    expected.put("LANEROWS".getBytes(StandardCharsets.US_ASCII));
    expected.putInt(1).putInt(1).putLong(3).putInt(2).putInt(1);
    for (int r = 0; r < 3; r++) {
      expected.putFloat(X[2 * r]).putFloat(X[2 * r + 1]).putFloat(T[r]).putFloat(WEIGHTS[r]);
    }
    assertArrayEquals(expected.array(), Files.readAllBytes(file));
  }

  @Test
  void givesBackWhatWasWritten() throws IOException {
    write(true);
    float[] x = new float[5];
    float[] t = new float[3];
    float[] weights = new float[3];
    try (MappedDataset data = MappedDataset.open(file)) {
      data.gather(new int[] {9, 2, 0}, 1, 2, x, t, weights);

      assertEquals(
          List.of(3, 2, 1, true),
          List.of(data.rows(), data.inputs(), data.outputs(), data.hasWeights()));
      assertThrows(
          IndexOutOfBoundsException.class, () -> data.gather(new int[] {3}, 0, 1, x, t, weights));
      assertThrows(
          IndexOutOfBoundsException.class, () -> data.gather(new int[] {-1}, 0, 1, x, t, weights));
    }
    assertArrayEquals(new float[] {5, 6, 1, 2, 0}, x);
    assertArrayEquals(new float[] {-3, -1, 0}, t);
    assertArrayEquals(new float[] {2, 0.5f, 0}, weights);
  }

  @Test
  void rowsWithoutWeightsCountOne() throws IOException {
    write(false);
    float[] weights = new float[2];
    try (MappedDataset data = MappedDataset.open(file)) {
      data.gather(new int[] {2, 1}, 0, 2, new float[4], new float[2], weights);

      assertFalse(data.hasWeights());
      assertArrayEquals(new float[] {1, 1}, weights);
    }
  }

  /** More than the writer's buffer holds. */
  @Test
  void batchesAreThoseOfArrays() throws IOException {
    int rows = 5_000;
    float[] x = new float[rows * 7];
    float[] t = new float[rows * 2];
    float[] weights = new float[rows];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
      t[i * 2 / 7] = -i;
      weights[i / 7] = i;
    }
    Dataset arrays = new Dataset(7, x, 2, t).withWeights(weights);
    try (MappedDataset.Writer writer = new MappedDataset.Writer(file, 7, 2, true)) {
      for (int from = 0; from < rows; from += 1250) {
        writer.write(
            1250,
            Arrays.copyOfRange(x, from * 7, (from + 1250) * 7),
            Arrays.copyOfRange(t, from * 2, (from + 1250) * 2),
            Arrays.copyOfRange(weights, from, from + 1250));
      }
      writer.finish();
    }
    try (MappedDataset mapped = MappedDataset.open(file)) {
      mapped.requireFinite();
      Batches expected = new Batches(arrays, 64, 3);
      Batches actual = new Batches(mapped, 64, 3);
      expected.shuffle(1);
      actual.shuffle(1);
      while (expected.next()) {
        assertTrue(actual.next());
        assertArrayEquals(expected.x(), actual.x());
        assertArrayEquals(expected.targets(), actual.targets());
        assertArrayEquals(expected.weights(), actual.weights());
      }
      assertFalse(actual.next());
      assertArrayEquals(Scaling.standard(arrays).factor(), Scaling.standard(mapped).factor());
    }
  }

  @Test
  void nobodySeesAFileThatIsHalfWritten() throws IOException {
    Files.writeString(file, "before");
    try (MappedDataset.Writer writer = new MappedDataset.Writer(file, 2, 1, false)) {
      writer.write(3, X, T, null);
      assertEquals("before", Files.readString(file));
    }

    assertEquals("before", Files.readString(file));
    assertEquals(1, files());
    write(false);
    assertEquals(1, files());
    try (MappedDataset data = MappedDataset.open(file)) {
      assertEquals(3, data.rows());
    }
  }

  @Test
  void badRowsAreRefusedAndNoneOfThemIsWritten() throws IOException {
    try (MappedDataset.Writer writer = new MappedDataset.Writer(file, 2, 1, true)) {
      writer.write(1, X, T, WEIGHTS);
      float[] x = {1, 2, 3, Float.NaN};
      assertRefused(
          "row 2, input 1 is NaN; expected a finite number: mend it or leave the row out",
          () -> writer.write(2, x, T, WEIGHTS));
      assertRefused(
          "row 1, target 0 is Infinity; expected a finite number: mend it or leave the row out",
          () -> writer.write(1, X, new float[] {Float.POSITIVE_INFINITY}, WEIGHTS));
      assertRefused(
          "the weight of row 2 is -1.0; expected a finite number of at least 0",
          () -> writer.write(2, X, T, new float[] {1, -1}));
      assertRefused(
          "rows with weights were announced, but there are none",
          () -> writer.write(1, X, T, null));
      assertThrows(IndexOutOfBoundsException.class, () -> writer.write(4, X, T, WEIGHTS));
      writer.write(1, new float[] {7, 8}, T, WEIGHTS);
      writer.finish();
    }
    try (MappedDataset data = MappedDataset.open(file)) {
      float[] x = new float[4];
      data.gather(new int[] {0, 1}, 0, 2, x, new float[2]);
      assertArrayEquals(new float[] {1, 2, 7, 8}, x);
      assertEquals(2, data.rows());
    }
  }

  @Test
  void aWriterIsOfNoUseWhenItIsDone() throws IOException {
    try (MappedDataset.Writer writer = new MappedDataset.Writer(file, 2, 1, false)) {
      assertRefused(file + " has no row yet; write at least 1", writer::finish);
      writer.write(3, X, T, null);
      writer.finish();
      String done = file + " was finished or closed; start another MappedDataset.Writer";
      assertRefused(done, writer::finish);
      assertRefused(done, () -> writer.write(3, X, T, null));
    }
    assertTrue(Files.exists(file));
    assertRefused(
        "a row needs at least 1 input and 1 target, not 0 and 1",
        () -> new MappedDataset.Writer(file, 0, 1, false).close());
    Path nowhere = directory.resolve("none/rows");
    assertRefused(
        nowhere + ": its directory does not exist; make it first",
        () -> new MappedDataset.Writer(nowhere, 1, 1, false).close());
  }

  @Test
  void aClosedFileGivesNothing() throws IOException {
    write(false);
    MappedDataset data = MappedDataset.open(file);
    data.close();
    data.close();

    assertRefused(
        file + " was closed; open it again",
        () -> data.gather(new int[1], 0, 1, new float[2], new float[1]));
  }

  @Test
  void refusesFilesCutOffAnywhere() throws IOException {
    write(true);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThrows(DataException.class, this::open, "cut off at " + length);
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertRefused(
        file + ": has 49 bytes after its header, but 3 rows of 16 bytes were expected", this::open);
  }

  @Test
  void refusesDamagedHeaders() throws IOException {
    String damaged = ": its header is damaged: weights ";
    String mend = "; expected 0 or 1, and at least 1";
    write(true);
    byte[] whole = Files.readAllBytes(file);
    assertHeaderRefused(
        whole,
        0,
        ": does not start as a file of rows does, with LANEROWS; write it by MappedDataset.Writer");
    assertHeaderRefused(whole, 8, ": has version 120; expected 1: write it again");
    assertHeaderRefused(whole, 12, damaged + "120, rows 3, inputs 2, targets 1" + mend);
    assertHeaderRefused(whole, 20, damaged + "1, rows 515396075523, inputs 2, targets 1" + mend);
    assertHeaderRefused(
        whole, 16, ": has 48 bytes after its header, but 120 rows of 16 bytes were expected");
    assertHeaderRefused(
        whole, 27, ": has 48 bytes after its header, but 3 rows of 8053063696 bytes were expected");
  }

  @Test
  void namesTheFileThatIsMissing() {
    assertRefused(file + ": no such file", this::open);
    file = directory;
    assertRefused(file + " is not a regular file", this::open);
  }

  private void assertHeaderRefused(byte[] whole, int at, String message) throws IOException {
    byte[] damaged = whole.clone();
    damaged[at] = 120;
    Files.write(file, damaged);
    assertRefused(file + message, this::open);
  }

  private void open() throws IOException {
    MappedDataset.open(file).close();
  }

  private void write(boolean weights) throws IOException {
    try (MappedDataset.Writer writer = new MappedDataset.Writer(file, 2, 1, weights)) {
      writer.write(3, X, T, weights ? WEIGHTS : null);
      writer.finish();
    }
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    }
  }

  private interface Action {
    void run() throws Exception;
  }

  private static void assertRefused(String message, Action action) {
    assertEquals(message, assertThrows(Exception.class, action::run).getMessage());
  }
}
