package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.internal.random.SplitMix64;
import dev.lanewise.model.Activation;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledSavingTest {
  private static final int KILLS = 8;

  @TempDir private Path root;

  private static Process start(Path file, int times) throws IOException {
    String java = System.getProperty("java.home") + File.separator + "bin" + File.separator;
    return new ProcessBuilder(
            java + "java",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            SavingRun.class.getName(),
            file.toString(),
            Integer.toString(times))
        .redirectErrorStream(true)
        .start();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void afterKillsTheFileIsWholeAndTheNextSaveLeavesItAlone() throws Exception {
    Path file = root.resolve("network");
    int left = 0;
    for (int i = 0; i < KILLS; i++) {
      Process process = start(file, Integer.MAX_VALUE);
      try (BufferedReader out = process.inputReader()) {
        assertEquals("ready", out.readLine());
        TimeUnit.MICROSECONDS.sleep((long) (SplitMix64.uniform(3, i) * 20_000));
        process.toHandle().destroyForcibly();
        assertTrue(process.waitFor(100, TimeUnit.SECONDS), "no end");
      }
      assertTrue(names().size() <= 2, () -> "what the kill before left is there");
      left += names().size() - 1;
      Network.load(file);
    }
    assertTrue(left > 0, "no kill came while a file was half written");
    Network.builder(1).dense(1, Activation.RELU).build().save(file);
    assertEquals(List.of("network"), names());
  }

  @Test
  void severalProcessesMaySaveTheSameFileAtOnce() throws Exception {
    Path file = root.resolve("network");
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(start(file, 25));
    }
    Network network = Network.builder(3).dense(4, Activation.RELU).build();
    for (int i = 0; i < 50; i++) {
      network.save(file);
      Network.load(file);
    }
    for (Process process : processes) {
      assertTrue(process.waitFor(100, TimeUnit.SECONDS), "no end");
      try (BufferedReader out = process.inputReader()) {
        assertEquals(List.of("ready", "done"), out.lines().toList());
      }
    }
    Network.load(file);
    assertEquals(List.of("network"), names());
  }
}
