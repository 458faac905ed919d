package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.cli.text.StandardOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Where the results go, whatever becomes of it. */
class StandardOutputTest {
  @TempDir private Path directory;

  private String trees;
  private String model;

  @BeforeEach
  void train() throws URISyntaxException {
    trees = Path.of(StandardOutputTest.class.getResource("trees.csv").toURI()).toString();
    model = directory.resolve("model").toString();
    Typed.type("train", trees, "--quiet", "--epochs", "1", "--save", model);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train TREES --quiet --epochs 1",
        "train TREES --quiet --epochs 1 --json",
        "train TREES --quiet --epochs 1 --seeds 2",
        "evaluate MODEL TREES",
        "evaluate MODEL TREES --json --quiet",
        "predict MODEL TREES",
        "inspect MODEL",
        "inspect MODEL --json",
        "article --quiet",
        "article collapse",
        "article attribution",
        "article no-hidden --runs 10",
        "completion",
        "--help",
        "train --help",
        "article collapse --help",
        "--version",
      })
  void aFullDiskIsToldInOneLineByEveryCommand(String command) {
    for (int room : new int[] {0, 10}) {
      Typed typed = typed(new Full("No space left on device", room), words(command));

      assertEquals(1, typed.code(), typed.err()::toString);
      assertEquals(1, typed.err().size(), typed.err()::toString);
      assertTrue(
          typed.err().get(0).matches("lanewise.*: standard output: No space left on device"),
          typed.err().get(0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"predict MODEL TREES", "inspect MODEL", "completion", "train --help"})
  void aReaderThatHasEnoughIsNoFault(String command) {
    Typed typed = typed(new Full("Broken pipe", 20), words(command));

    assertEquals(List.of(), typed.err());
    assertEquals(1, typed.code());
  }

  @Test
  void aModelIsSavedWhereItsResultCannotBeTold() {
    Path saved = directory.resolve("saved");
    Path report = directory.resolve("report.html");
    Typed typed =
        typed(
            new Full("No space left on device", 0),
            "train",
            trees,
            "--quiet",
            "--epochs",
            "1",
            "--save",
            "" + saved,
            "--report",
            "" + report);

    assertEquals(1, typed.code());
    assertEquals(0, Typed.type("evaluate", "" + saved, trees).code());
    assertTrue(Files.exists(report));
  }

  @Test
  void predictionsAreTheBytesOfTheirFile() throws IOException {
    Path out = directory.resolve("out.csv");
    assertEquals(0, Typed.type("predict", model, trees, "--out", "" + out).code());
    ByteArrayOutputStream standard = new ByteArrayOutputStream();
    assertEquals(0, typed(standard, "predict", model, trees).code());

    assertArrayEquals(Files.readAllBytes(out), standard.toByteArray());
    String text = standard.toString(StandardCharsets.UTF_8);
    assertEquals(-1, text.indexOf('\r'));
    assertTrue(text.endsWith("\n"));
  }

  private String[] words(String command) {
    String[] words = command.split(" ", -1);
    for (int w = 0; w < words.length; w++) {
      words[w] = words[w].replace("TREES", trees).replace("MODEL", model);
    }
    return words;
  }

  private static Typed typed(OutputStream out, String... args) {
    StringWriter err = new StringWriter();
    CommandLine line = Main.commandLine();
    line.setOut(StandardOutput.writer(out, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err));
    int code = Main.execute(line, args);
    return new Typed(code, List.of(), err.toString().lines().toList());
  }

  /** Takes some bytes, and then none. */
  private static final class Full extends OutputStream {
    private final String reason;
    private int room;

    Full(String reason, int room) {
      this.reason = reason;
      this.room = room;
    }

    @Override
    public void write(int b) throws IOException {
      if (room-- <= 0) {
        throw new IOException(reason);
      }
    }
  }
}
