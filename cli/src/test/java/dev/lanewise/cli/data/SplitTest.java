package dev.lanewise.cli.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.cli.data.TableOptions.Missing;
import dev.lanewise.data.DataException;
import dev.lanewise.data.RowSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a network knows comes from the rows to train on alone. */
class SplitTest {
  @TempDir private Path directory;

  @Test
  void theMeanOfTheRowsToTrainOnStandsForMissingNumbersInAllParts() throws IOException {
    StringBuilder text = new StringBuilder("a,y\n");
    for (int r = 0; r < 20; r++) {
      text.append(r % 4 == 3 ? "" : r * r).append(',').append(r % 7 + 0.5).append('\n');
    }
    try (Samples samples = samples(text.toString(), null)) {
      for (long seed = 1; seed <= 3; seed++) {
        Samples.Split split = samples.split(seed, true);
        double sum = 0;
        int known = 0;
        float fill = split.schema().columns().get(0).fill();
        for (float x : x(split.train())) {
          known += x == fill ? 0 : 1;
          sum += x == fill ? 0 : x;
        }
        assertEquals((float) (sum / known), fill);
        assertTrue(count(fill, split) == 5, "every missing cell is filled alike");
      }
      assertFalse(
          samples.split(1, false).schema().columns().get(0).fill()
              == samples.split(2, false).schema().columns().get(0).fill(),
          "each seed has means of its own");
    }
  }

  private static long count(float value, Samples.Split split) {
    return List.of(split.train(), split.validation(), split.test()).stream()
        .flatMapToInt(rows -> IntStream.range(0, rows.rows()).filter(r -> x(rows)[r] == value))
        .count();
  }

  @Test
  void aTextThatNoRowToTrainOnHasIsNoInputAndIsCountedAmongTheOthers() throws IOException {
    String train = "t,y\na,1.5\nb,2.5\n?,3.5\nb,4.5\n";
    try (Samples samples = samples(train, "t,y\nc,1\nb,2\nd,3\n?,4\n")) {
      Samples.Split split = samples.split(1, false);
      assertEquals(List.of("a", "b"), split.schema().columns().get(0).categories());
      assertArrayEquals(new float[] {1, 0, 0, 1, 0, 1, 0, 1}, x(split.train()));
      assertArrayEquals(new float[] {0, 0, 0, 1, 0, 0, 0, 1}, x(split.test()));
      assertEquals(
          List.of(
              "note: 2 cells of the rows to test with hold a text that no row to train on has, and"
                  + " which counts as none: a text in 't' is the first"),
          split.notes());
    }
  }

  @Test
  void theSeedDecidesWhichTextsANetworkKnows() throws IOException {
    StringBuilder text = new StringBuilder("t,y\n");
    for (int r = 0; r < 40; r++) {
      text.append("t").append(r / 2).append(',').append(r + 0.5).append('\n');
    }
    try (Samples samples = samples(text.toString(), null)) {
      boolean anyUnknown = false;
      for (long seed = 1; seed <= 5; seed++) {
        Samples.Split split = samples.split(seed, true);
        List<String> known = split.schema().columns().get(0).categories();
        assertEquals(known.size(), split.train().inputs());
        assertEquals(split.train().inputs(), split.test().inputs());
        boolean[] seen = new boolean[known.size()];
        float[] x = x(split.train());
        for (int i = 0; i < x.length; i++) {
          seen[i % known.size()] |= x[i] == 1;
        }
        for (boolean one : seen) {
          assertTrue(one, "every input is 1 in some row to train on");
        }
        anyUnknown |= !split.notes().isEmpty();
      }
      assertTrue(anyUnknown);
    }
  }

  @Test
  void aColumnWithoutAnyValueToTrainOnIsLeftOut() throws IOException {
    try (Samples samples = samples("a,b,y\n1,,2.5\n3,?,4.5\n5,,1.5\n", "a,b,y\n1,7,2\n")) {
      Samples.Split split = samples.split(1, false);
      assertEquals(List.of("b"), split.schema().ignored());
      assertArrayEquals(new float[] {1}, x(split.test()));
    }
  }

  @Test
  void rowsInATemporaryFileAreThoseInMemoryAndItsDirectoryShowsNoFile() throws IOException {
    StringBuilder text = new StringBuilder("a,b,y\n");
    for (int r = 0; r < 150_000; r++) {
      text.append(r).append(r % 3 == 0 ? ",x," : r % 3 == 1 ? ",y," : ",,").append(r % 5 + 0.25);
      text.append('\n');
    }
    DataFile file = new AnyFile(write(text.toString()));
    Schema schema = file.scan(TableOptions.USUAL);
    Path temporary = Files.createDirectory(directory.resolve("temporary"));
    String before = System.setProperty("java.io.tmpdir", temporary.toString());
    try (Loaded inFile = Loaded.of(file, schema, Missing.FILL, 0);
        Loaded inMemory = Loaded.of(file, schema, Missing.FILL, Long.MAX_VALUE)) {
      try (var files = Files.list(temporary)) {
        assertEquals(0, files.count());
      }
      assertTrue(Arrays.equals(x(inMemory.rows()), x(inFile.rows())));
      assertEquals(inMemory.store().checksum(), inFile.store().checksum());
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
  }

  @Test
  void aDirectoryThatTakesNoTemporaryRowsIsNamedWithTheCure() throws IOException {
    StringBuilder text = new StringBuilder("a,y\n");
    for (int r = 0; r < 300_000; r++) {
      text.append(r % 10).append(',').append(r % 7).append('\n');
    }
    DataFile file = new AnyFile(write(text.toString()));
    Schema schema = file.scan(TableOptions.USUAL);
    Path none = directory.resolve("none");
    String before = System.setProperty("java.io.tmpdir", none.toString());
    try {
      IOException e =
          assertThrows(IOException.class, () -> Loaded.of(file, schema, Missing.FILL, 0).close());
      assertEquals(
          none
              + ": no such directory: rows that are too many for memory go to a temporary file"
              + " there; have it elsewhere by LANEWISE_JAVA_OPTS=-Djava.io.tmpdir=DIR, or give"
              + " Java more memory by LANEWISE_JAVA_OPTS=-Xmx8g",
          e.getMessage());
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
  }

  @Test
  void rowsToTrainOnThatSayNothingAreRefused() throws IOException {
    StringBuilder text = new StringBuilder("a,y\n1,0.5\n");
    text.append(",1.5\n".repeat(9));
    try (Samples samples = samples(text.toString(), null)) {
      int refused = 0;
      for (long seed = 1; seed <= 30; seed++) {
        long one = seed;
        try {
          samples.split(one, false);
        } catch (DataException e) {
          assertTrue(
              e.getMessage()
                  .endsWith(": the rows to train on have no value in any column to learn from"),
              e.getMessage());
          refused++;
        }
      }
      assertTrue(refused > 0 && refused < 30, "refused with " + refused + " of 30 seeds");
    }
  }

  private Samples samples(String train, String test) throws IOException {
    return Samples.read(
        Rows.file(write(train), true, null),
        test == null ? null : Rows.file(write(test), true, null),
        0.2,
        TableOptions.USUAL.withTask(TableOptions.Task.REGRESSION));
  }

  private static float[] x(RowSource rows) {
    int[] all = IntStream.range(0, rows.rows()).toArray();
    float[] x = new float[all.length * rows.inputs()];
    rows.gather(all, 0, all.length, x, new float[all.length * rows.outputs()]);
    return x;
  }

  private Path write(String text) throws IOException {
    return Files.writeString(Files.createTempFile(directory, "table", ".csv"), text);
  }
}
