package dev.lanewise.jmh.threads;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.jmh.run.OneLine;
import dev.lanewise.jmh.work.ShapeOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ThreadsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int type(String line) {
    CommandLine command = new CommandLine(new Threads());
    command.setParameterExceptionHandler(new OneLine());
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    ShapeOptions.register(command);
    return command.execute(line.split(" "));
  }

  @Test
  void oneTableHasARowForEachNetworkAndBatch() {
    assertEquals(
        0,
        type("--shape 8-8,9-7-5 --batch 4,6 --seconds 0 --millis 1 --least 0 --waited 1000"),
        err::toString);
    String table = out.toString();
    for (String row : List.of("8-8 at 4", "8-8 at 6", "9-7-5 at 4", "9-7-5 at 6")) {
      String ratio = "[0-9.]+ \\([0-9.]+\\)";
      assertTrue(
          table.matches(
              "(?s).*\n" + row + " +1 of 1( +[0-9.]+){3} +" + ratio + " +" + ratio + "\n.*"),
          table);
    }
  }

  @Test
  void roundsInWhichAThreadIsSlowerDoNotCount() {
    assertEquals(0, type("--shape 8-8 --batch 4 --seconds 0 --millis 1 --least 1.01"));
    assertTrue(out.toString().matches("(?s).*\n8-8 at 4 +0 of 1( +-){5}\n"), out::toString);
  }

  @Test
  void worksAreDoneAtOnceEachByAThreadOfItsOwn() {
    try (Cores cores = new Cores(3)) {
      List<Thread> threads = new ArrayList<>();
      List<LongSupplier> works = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        int number = i;
        works.add(
            () -> {
              synchronized (threads) {
                threads.add(Thread.currentThread());
              }
              return number;
            });
      }
      assertArrayEquals(new long[] {0, 1, 2}, cores.together(works));
      assertEquals(3, threads.stream().distinct().count());
      assertNotEquals(0, cores.rate());
    }
  }

  @Test
  void whatIsWrongIsToldInOneLineWithWhatWasExpected() {
    Map.of(
            "--shape 64", "'64' is no network",
            "--batch 0", "--batch must be at least 1, but was 0",
            "--threads 1", "--threads must be at least 2, but was 1",
            "--millis 0", "--millis must be at least 1, but was 0")
        .forEach(
            (typed, told) -> {
              err.getBuffer().setLength(0);
              assertEquals(2, type(typed), typed);
              assertTrue(err.toString().contains(told), err.toString());
              assertEquals(1, err.toString().lines().count(), err.toString());
            });
  }
}
