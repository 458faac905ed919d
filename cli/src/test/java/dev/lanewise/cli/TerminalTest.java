package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.lanewise.cli.text.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** No text of a file can give orders to a terminal. */
class TerminalTest {
  /** Sets the clipboard, clears the screen, goes to the line's start, and turns text round. */
  private static final String ORDERS = "\u001b]52;c;QQ==\u0007\u001b[2J\r\u009b31m\u202e";

  private static final Pattern ORDER =
      Pattern.compile("[\\p{Cc}\u2028-\u202e\u2066-\u2069&&[^\n\t]]");

  @TempDir private Path directory;

  @Test
  void namesAndCellsComeOutWithoutControlCharacters() throws IOException {
    String table = table("table" + ORDERS + ".csv", "p" + ORDERS);
    String model = directory.resolve("model" + ORDERS).toString();
    String other = table("other.csv", "r" + ORDERS);
    String broken = write("broken.csv", "a" + ORDERS + ",b,y\n1,2,p\n\"" + ORDERS + "\",2,q\n");

    assertSafe(0, "train", table, "--epochs", "2", "--save", model);
    assertSafe(0, "train", table, "--epochs", "2", "--seeds", "2");
    assertSafe(0, "evaluate", model, table);
    assertSafe(0, "inspect", model);
    assertSafe(2, "evaluate", model, other);
    assertSafe(2, "predict", model, broken, "--out", directory.resolve("out.csv").toString());
    assertSafe(2, "predict", ORDERS, table);
    assertSafe(2, "train", table, "--target", ORDERS);
    assertSafe(2, "train", "--" + ORDERS);
    assertSafe(2, ORDERS);
    assertSafe(0, "export", model, directory.resolve(ORDERS + ".onnx").toString());
  }

  @Test
  void aLineEndInANameStartsNoLine() throws IOException {
    Typed refused = Typed.type("predict", "no\nfile", table("t.csv", "p"));
    assertEquals(1, refused.err().size(), refused.err()::toString);
    assertTrue(refused.err().get(0).endsWith("file: no such file"), refused.err().get(0));
    String model = directory.resolve("model").toString();
    String table = table("t\n.csv", "p\nweights        CRC32C 00000000");
    List<String> trained = Typed.type("train", table, "--epochs", "2", "--save", model).out();
    assertEquals(7, trained.size(), trained::toString);
    for (String command : List.of("inspect", "evaluate")) {
      String[] words =
          command.equals("inspect") ? new String[] {model} : new String[] {model, table};
      for (String line : Typed.type(words, command).out()) {
        assertFalse(line.startsWith("weights        CRC32C 0000"), line);
      }
    }
  }

  @Test
  void jsonStillSaysTheVeryNames() throws IOException {
    String model = directory.resolve("model").toString();
    assertSafe(0, "train", table("t.csv", "p" + ORDERS), "--epochs", "2", "--save", model);
    Typed typed = Typed.type("inspect", model, "--json");

    assertFalse(ORDER.matcher(typed.out().get(0)).find(), typed.out().get(0));
    Map<?, ?> schema = (Map<?, ?>) JSON.std.mapFrom(typed.out().get(0)).get("schema");
    assertTrue(schema.toString().contains("p" + ORDERS), schema.toString());
  }

  @Test
  void predictionsHoldTheVeryNames() throws IOException {
    String table = table("t.csv", "p" + ORDERS);
    String model = directory.resolve("model").toString();
    assertSafe(0, "train", table, "--epochs", "2", "--save", model);

    assertTrue(print("predict", model, table).contains("P(p" + ORDERS + ")"));
  }

  /** A text for people that goes past {@link Terminal} would not be safe. */
  @Test
  void noCommandWritesPastIt() throws IOException {
    Path sources = Path.of("src/main/java");
    try (Stream<Path> files = Files.walk(sources)) {
      List<String> past =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.endsWith("Terminal.java") && !file.endsWith("Main.java"))
              .filter(
                  file -> read(file).matches("(?s).*(\\.getErr\\(\\)|\\.getOut\\(\\)\\s*\\.).*"))
              .map(Path::toString)
              .toList();
      assertEquals(List.of(), past);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String table(String name, String label) throws IOException {
    StringBuilder rows = new StringBuilder("a" + ORDERS + ",b,y" + ORDERS + "\n");
    for (int r = 0; r < 20; r++) {
      rows.append(r).append(r % 2 == 0 ? ",1,\"" + label + "\"\n" : ",2,q\n");
    }
    return write(
        name,
        rows.toString()
            .replace("a" + ORDERS, "\"a" + ORDERS + "\"")
            .replace("y" + ORDERS, "\"y" + ORDERS + "\""));
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private static void assertSafe(int code, String... args) {
    StringWriter all = new StringWriter();
    assertEquals(code, run(all, args), all::toString);
    assertFalse(ORDER.matcher(all.toString()).find(), () -> Terminal.line(all.toString()));
  }

  private static String print(String... args) {
    StringWriter all = new StringWriter();
    run(all, args);
    return all.toString();
  }

  private static int run(StringWriter all, String... args) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(all));
    line.setErr(new PrintWriter(all));
    return Main.execute(line, args);
  }
}
