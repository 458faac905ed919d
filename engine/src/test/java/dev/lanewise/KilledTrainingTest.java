package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.internal.random.SplitMix64;
import dev.lanewise.loop.TrainingLoop;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledTrainingTest {
  private static final int KILLS = 50;
  private static final long LONGEST_MICROS = 60_000;
  private static final int RUNS = 400;

  @TempDir private Path root;

  static Process start(Path directory) throws IOException {
    String java = System.getProperty("java.home") + File.separator + "bin" + File.separator;
    return new ProcessBuilder(
            java + "java",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            CheckpointRun.class.getName(),
            directory.toString())
        .redirectErrorStream(true)
        .start();
  }

  /** Lets a program run for a time, then kills it; returns all it said. */
  private static List<String> run(Path directory, long micros)
      throws IOException, InterruptedException {
    Process process = start(directory);
    try (BufferedReader out = process.inputReader()) {
      String first = out.readLine();
      if (!"ready".equals(first)) {
        return List.of(String.valueOf(first));
      }
      if (micros < 0) {
        assertTrue(process.waitFor(100, TimeUnit.SECONDS), "no end");
      } else {
        TimeUnit.MICROSECONDS.sleep(micros);
      }
      // Not the process itself, which would close its output.
      process.toHandle().destroyForcibly();
      return out.lines().toList();
    }
  }

  /** Checks that all checkpoints are whole, and returns their names. */
  private static Set<String> checkpoints(Path directory) throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".lanewise")).toList()) {
        Network.load(file);
        names.add(file.getFileName().toString());
      }
    }
    return names;
  }

  @Test
  void trainingKilledFiftyTimesEndsWithTheBitsOfTrainingLeftAlone() throws Exception {
    TrainingLoop straight = CheckpointRun.loop();
    straight.run();
    List<String> expected = List.of("bits " + CheckpointRun.bits(straight));
    int kills = 0;
    Set<Set<String>> places = new HashSet<>();
    int ends = 0;
    Path directory = root.resolve("0");
    for (int i = 0; kills < KILLS; i++) {
      assertTrue(i < RUNS, "runs end before they are killed");
      long micros = (long) (SplitMix64.uniform(17, i) * LONGEST_MICROS);
      List<String> said = run(directory, micros);
      places.add(checkpoints(directory));
      if (said.isEmpty()) {
        kills++;
      } else {
        assertEquals(expected, said);
        ends++;
        directory = root.resolve(Integer.toString(ends));
      }
    }
    assertTrue(places.size() > KILLS / 2, () -> "killed at the same places: " + places);
    assertEquals(expected, run(directory, -1));
  }
}
