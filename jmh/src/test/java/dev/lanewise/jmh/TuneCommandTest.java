package dev.lanewise.jmh;

import static dev.lanewise.jmh.Typed.type;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
      "2",
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
    assertTrue(typed.out().contains("-Dlanewise.tuning=" + file), typed.out());
    Properties written = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      written.load(reader);
    }
    assertTrue(written.isEmpty() || written.equals(java.util.Map.of("lanewise.updateRows", "96")));
    try (var files = Files.list(directory)) {
      assertEquals(2, files.count());
    }
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
    assertEquals(2, type("tune", "-f", "1").code());
    assertEquals(2, type("tune", "--minutes", "0").code());
    assertEquals(2, type("tune", "--minutes", "NaN").code());
  }
}
