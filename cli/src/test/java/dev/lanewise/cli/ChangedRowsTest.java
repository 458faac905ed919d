package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run goes on with the rows that it began with, or by request with others. */
class ChangedRowsTest {
  @TempDir private Path directory;

  private Path rows;

  @BeforeEach
  void beginARun() throws IOException {
    rows = directory.resolve("rows.csv");
    write("x");
    assertEquals(0, train().code());
  }

  @Test
  void aRunGoesOnWithTheSameRows() {
    assertEquals(0, train("--resume", "" + checkpoints()).code());
  }

  @Test
  void rowsThatHaveChangedAreTold() throws IOException {
    write("y");
    Typed typed = train("--resume", "" + checkpoints());
    assertEquals(2, typed.code());
    assertTrue(
        typed
            .err()
            .getLast()
            .matches(
                "lanewise train: --resume: \\S+step-\\d+\\.lanewise: the rows to learn from are"
                    + " others than this run began with \\(CRC32C [0-9a-f]{8} then, [0-9a-f]{8}"
                    + " now\\): put them back, start anew, or go on with these by --force"),
        typed.err()::toString);
    assertEquals(0, train("--resume", "" + checkpoints(), "--force").code());
  }

  @Test
  void forceIsForRunsThatGoOn() {
    assertEquals(
        "lanewise train: --force needs --resume DIR",
        Typed.type("train", "" + rows, "--force").err().getLast());
  }

  private Typed train(String... options) {
    return Typed.type(
        options,
        "train",
        "" + rows,
        "--epochs",
        "2",
        "--checkpoints",
        "" + checkpoints(),
        "--every",
        "2",
        "--quiet");
  }

  private Path checkpoints() {
    return directory.resolve("run");
  }

  /** Writes rows, the text in one of whose cells is given. */
  private void write(String text) throws IOException {
    StringBuilder all = new StringBuilder("a,b,c\n");
    for (int r = 0; r < 40; r++) {
      all.append(r).append(r == 7 ? "," + text : r % 2 == 0 ? ",x" : ",y");
      all.append(r % 3 == 0 ? ",u\n" : ",v\n");
    }
    Files.writeString(rows, all);
  }
}
