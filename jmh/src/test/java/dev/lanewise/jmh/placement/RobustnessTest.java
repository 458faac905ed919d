package dev.lanewise.jmh.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.jmh.run.OneLine;
import dev.lanewise.jmh.work.ShapeOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RobustnessTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int type(String line) {
    CommandLine command = new CommandLine(new Robustness());
    command.setParameterExceptionHandler(new OneLine());
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    ShapeOptions.register(command);
    return command.execute(line.split(" "));
  }

  @Test
  void oneTableHasARowForEachProductAndStep() {
    assertEquals(
        0,
        type("--gemm 9x8x7 --shape 8-8 --batch 4 --passes 1 --more 0 --millis 1"),
        err::toString);
    String table = out.toString();
    for (String row :
        List.of(
            "9x8x7 +forward",
            "9x8x7 +input-gradient",
            "9x8x7 +weight-gradient",
            "8-8 at 4 +step")) {
      assertTrue(table.matches("(?s).*\n" + row + " +[0-9.]+ +\\d+% +[01][.]\\d\\d .*"), table);
    }
    assertTrue(table.matches("(?s).*\n\\d of 4 are below 0.95\n"), table);
  }

  @Test
  void whatIsWrongIsToldInOneLineWithWhatWasExpected() {
    Map.of(
            "--gemm 64,7x", "'7x' is no product",
            "--shape 64", "'64' is no network",
            "--products backward", "input-gradient",
            "--batch 0", "--batch must be at least 1, but was 0",
            "--offsets -4", "--offsets must be at least 0, but was -4",
            "--passes 0", "--passes must be at least 1, but was 0")
        .forEach(
            (typed, told) -> {
              err.getBuffer().setLength(0);
              assertEquals(2, type(typed), typed);
              assertTrue(err.toString().contains(told), err.toString());
              assertEquals(1, err.toString().lines().count(), err.toString());
            });
  }

  @Test
  void rowsThatArePagesApartAnywayAreTriedOnce() {
    Task dense = Task.parse("forward 1024");
    Task narrow = Task.parse("forward 100x784x300");
    assertEquals(8, dense.placements(List.of(0, 4, 8, 12)).size());
    assertEquals(12, narrow.placements(List.of(0, 4, 8, 12)).size());
  }

  @Test
  void aTaskIsReadAsItIsWritten() {
    for (String text :
        List.of("forward 64", "input-gradient 1x2x3", "weight-gradient 7", "step 3-4-5 at 6")) {
      assertEquals(text, Task.parse(text).text());
    }
  }
}
