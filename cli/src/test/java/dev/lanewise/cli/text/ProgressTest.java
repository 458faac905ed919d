package dev.lanewise.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTest {
  /** Returns the bars that were drawn, each without the return before it. */
  private static String[] drawn(AtomicInteger width, int... then) throws InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    try (Progress bar = new Progress.Bar(out, width::get, 100, 1_000, true)) {
      for (int next : then) {
        bar.batch(500, 0.25);
        bar.epoch(1, 0.25, 0.875);
        int before = bytes.size();
        for (int ms = 0; ms < 10_000 && bytes.size() == before; ms += 10) {
          Thread.sleep(10);
        }
        width.set(next);
      }
      bar.batch(500, 0.25);
    }
    return bytes
        .toString(StandardCharsets.UTF_8)
        .replace("\u001b[?7l", "")
        .replace("\u001b[?7h", "")
        .replace("\n", "")
        .substring(1)
        .split("\r", -1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 20, 40, 80, 200})
  void theBarNeverReachesTheLastColumn(int columns) throws InterruptedException {
    for (String line : drawn(new AtomicInteger(columns), columns)) {
      assertTrue(line.length() < Math.max(2, columns), line);
    }
  }

  @Test
  void theBarIsAsWideAsTheTerminalIsNow() throws InterruptedException {
    String[] lines = drawn(new AtomicInteger(150), 60, 60);

    // The first or second of them: the bar is drawn by a thread of its own.
    assertTrue(
        Stream.of(lines).limit(2).anyMatch(line -> line.length() == 149), String.join("|", lines));
    assertEquals(59, lines[lines.length - 1].length(), lines[lines.length - 1]);
  }

  @ParameterizedTest
  @CsvSource({"24 132,132", "24 0,80", "'',80", "0 0,80", "stty: no,80", "24 99999,80"})
  void theWidthIsWhatSttySays(String said, int columns) {
    assertEquals(columns, TerminalWidth.parsed(said));
  }
}
