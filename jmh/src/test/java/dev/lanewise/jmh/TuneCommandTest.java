package dev.lanewise.jmh;

import static dev.lanewise.jmh.Typed.type;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuneCommandTest {
  @TempDir private Path directory;

  @Test
  void writesAFileThatTheEngineLoads() throws IOException {
    Path list = directory.resolve("list.txt");
    Files.write(list, List.of("[update]", "-Dlanewise.updateRows=96"));
    Path file = directory.resolve("tuned.properties");
    Object[] args = {
      "tune",
      "-o",
      file,
      "--list",
      list,
      "-p",
      "width=16",
      "-p",
      "backend=scalar",
      "-f",
      "3",
      "-wi",
      "1",
      "-w",
      "100ms",
      "-i",
      "1",
      "-r",
      "50ms"
    };
    Typed typed = type(args);
    assertEquals(0, typed.code(), typed.err());
    assertTrue(typed.out().contains("TrainStepBenchmark.step"), typed.out());
    assertTrue(typed.out().startsWith("A value takes about 0."), typed.out());
    assertTrue(typed.out().contains("fit 1 of 1 values, of the groups update"), typed.out());
    if (typed.out().contains("Nothing was faster than the defaults")) {
      assertFalse(Files.exists(file));
      return;
    }
    assertTrue(typed.out().contains("-Dlanewise.tuning=" + file), typed.out());
    Properties written = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      written.load(reader);
    }
    assertEquals(java.util.Map.of("lanewise.updateRows", "96"), written);
    try (var files = Files.list(directory)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void whereNothingFitsIntoTheTimeNothingIsTriedAndNoFileIsWritten() throws IOException {
    Path list = directory.resolve("list.txt");
    Files.write(list, List.of("[update]", "-Dlanewise.updateRows=96"));
    Path file = directory.resolve("tuned.properties");
    Typed typed = type("tune", "-o", file, "--list", list, "--minutes", "1");
    assertEquals(2, typed.code(), typed.err());
    assertTrue(
        typed
            .out()
            .startsWith(
                "A value takes about 1.4 min (3 rounds of 29 s). Into 1 min fit 0 of 1 values."),
        typed.out());
    assertTrue(typed.err().contains("nothing was tried"), typed.err());
    assertTrue(typed.err().contains("--minutes 7"), typed.err());
    assertFalse(Files.exists(file));
  }

  @Test
  void aFileThatIsReadIsNotWritten() throws IOException {
    Path list = directory.resolve("list.txt");
    Files.write(list, List.of("[update]", "-Dlanewise.updateRows=96"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), list);
    for (Path output : List.of(list, link, directory)) {
      Typed typed = type("tune", "-o", output, "--list", list);
      assertEquals(2, typed.code(), typed.err());
      assertTrue(typed.err().startsWith("lanewise-jmh: " + output), typed.err());
    }
    assertEquals(2, Files.readAllLines(list).size());
  }

  @Test
  void whatAFileOfPropertiesCannotSetIsRefused() throws IOException {
    Path list = directory.resolve("list.txt");
    Files.write(list, List.of("-XX:+UseSerialGC"));
    Typed typed = type("tune", "--list", list);
    assertEquals(2, typed.code());
    assertTrue(
        typed.err().contains("'-XX:+UseSerialGC' cannot stand in a file of properties"),
        typed.err());
  }

  @Test
  void forksAndMinutesThatMakeNoSenseAreRefused() {
    assertEquals(2, type("tune", "-f", "2").code());
    assertEquals(2, type("tune", "--minutes", "0").code());
    assertEquals(2, type("tune", "--minutes", "NaN").code());
  }
}
