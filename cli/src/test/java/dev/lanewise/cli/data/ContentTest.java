package dev.lanewise.cli.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.io.FloatArray;
import dev.lanewise.io.Npy;
import dev.lanewise.io.Npz;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are what their first bytes say, whatever their names. */
class ContentTest {
  private static final FloatArray NUMBERS =
      FloatArray.of(new float[] {1, 2, 3, 4, 5, 6.5f, 7, 8}, 4, 2);

  @TempDir private Path directory;

  @Test
  void sparseRowsAreSeenWithoutAnEnding() throws IOException {
    assertEquals(Schema.Kind.LIBSVM, kind("+1 1:0.5 3:-2 \n-1 2:1e3\n+1\n-1 1:2 # none\n"));
    assertEquals(Schema.Kind.LIBSVM, kind("# made\n\n2 1:0.5\n1 7:0\n1 2:30\n"));
  }

  @Test
  void colonsInATableMakeNoSparseRows() throws IOException {
    assertEquals(Schema.Kind.TABLE, kind("1 12:30\n2 12:30\n1 9:05\n2 9:05\n"));
    assertEquals(Schema.Kind.TABLE, kind("1,2:3\n2,3:4\n1,2:3\n2,2:3\n"));
    assertEquals(Schema.Kind.TABLE, kind("n t\n1 2:3\n2 3:4\n1 2:3\n2 2:3\n"));
    assertEquals(
        Schema.Kind.TABLE,
        Rows.file(written("1 2:31.5\n2 3:4\n1 2:31.5\n2 3:4\n".getBytes(UTF_8)), null, ' ')
            .scan(TableOptions.USUAL)
            .kind());
  }

  @Test
  void arraysOfNumpyGoByAnyNameAndMayBeCompressed() throws IOException {
    Path array = directory.resolve("array.dat");
    Npy.write(array, NUMBERS);
    assertEquals(1, scan(array).inputs());
    Path arrays = directory.resolve("arrays.csv");
    Npz.write(arrays, Map.of("x", NUMBERS, "y", FloatArray.of(new float[] {1, 2, 3, 4.5f}, 4, 1)));
    assertEquals(2, scan(arrays).inputs());
    for (Path file : new Path[] {array, arrays}) {
      Path packed = directory.resolve(file.getFileName() + ".gz");
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
        Files.copy(file, out);
      }
      assertEquals(scan(file), scan(packed));
    }
  }

  private Schema.Kind kind(String text) throws IOException {
    return scan(written(text.getBytes(UTF_8))).kind();
  }

  private Path written(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("file"), bytes);
  }

  private static Schema scan(Path path) throws IOException {
    try (DataFile file = new AnyFile(path)) {
      return file.scan(TableOptions.USUAL);
    }
  }
}
