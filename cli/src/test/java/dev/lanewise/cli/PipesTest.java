package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tables that come through standard input or a pipe say the same as those in files. */
class PipesTest {
  private static final String TABLE = "a,b,y\n" + "1,2,p\n2,1,q\n".repeat(20);

  @TempDir private Path directory;
  private Path model;
  private Path table;

  @BeforeEach
  void train() throws IOException {
    model = directory.resolve("model");
    table = Files.writeString(directory.resolve("table.csv"), TABLE);
    Typed typed = Typed.type("train", "" + table, "--epochs", "3", "--quiet", "--save", "" + model);
    assertEquals(0, typed.code(), typed.err().toString());
  }

  @Test
  void predictionsOfStandardInputAreThoseOfAFile() {
    List<String> expected = Typed.type("predict", "" + model, "" + table).out();
    assertEquals(expected, typed(utf8(TABLE), "predict", "" + model, "-").out());
    byte[] packed = WholeFiles.gzip(utf8(TABLE));
    assertEquals(expected, typed(packed, "predict", "" + model, "-").out());
  }

  @Test
  void standardInputIsTrainedOnAndEvaluatedAsAFileIs() {
    String[] train = {"--epochs", "3", "--json", "--quiet"};
    String crc = crc(Typed.type(train, "train", "" + table));
    assertEquals(crc, crc(typed(utf8(TABLE), "train", "-", "--epochs", "3", "--json", "--quiet")));
    assertEquals(
        crc(Typed.type("evaluate", "" + model, "" + table, "--json")),
        crc(typed(utf8(TABLE), "evaluate", "" + model, "-", "--json")));
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no mkfifo")
  void aNamedPipeIsReadOnce() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", "" + pipe).start().waitFor());
    for (String command : List.of("predict", "evaluate")) {
      List<String> expected = Typed.type(command, "" + model, "" + table).out();
      Thread writer = Thread.ofPlatform().start(() -> write(pipe));
      List<String> seen = Typed.type(command, "" + model, "" + pipe).out();
      writer.join();
      assertEquals(expected.toString().replace("" + table, "" + pipe), seen.toString());
    }
  }

  private static void write(Path pipe) {
    try {
      Files.writeString(pipe, TABLE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatIsWrongWithStandardInputIsToldInOneLine() {
    assertEquals(
        List.of("lanewise predict: standard input: line 3 has 1 cell; expected 2 as in line 1"),
        typed(utf8("a,b\n1,2\n3\n"), "predict", "" + model, "-").err());
    assertEquals(
        List.of("lanewise train: standard input: is empty; expected a table"),
        typed(utf8(""), "train", "-").err());
    assertEquals(
        List.of("lanewise train: standard input: is XML; save its table as CSV in UTF-8"),
        typed(utf8("<?xml version='1.0'?>"), "train", "-").err());
    Typed latin1 = typed(new byte[] {'a', ',', 'b', '\n', (byte) 0xe4, ',', '1'}, "train", "-");
    assertEquals(
        List.of(
            "lanewise train: standard input: line 2 is not in UTF-8; save the file so, for example"
                + " by iconv -f ISO-8859-1 -t UTF-8"),
        latin1.err());
  }

  private static String crc(Typed typed) {
    assertEquals(0, typed.code(), typed.err().toString());
    String json = typed.out().get(typed.out().size() - 1);
    return json.substring(json.indexOf("weightsCrc32c"), json.indexOf("weightsCrc32c") + 26);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Typed typed(byte[] input, String... args) {
    InputStream standard = System.in;
    System.setIn(new ByteArrayInputStream(input));
    try {
      return Typed.type(args);
    } finally {
      System.setIn(standard);
    }
  }
}
