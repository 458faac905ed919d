package dev.lanewise.jmh;

import static dev.lanewise.jmh.Typed.type;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.jmh.result.JmhJson;
import dev.lanewise.jmh.result.Measurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepCommandTest {
  private static final List<String> SHORT =
      List.of("-f", "2", "-wi", "1", "-w", "50ms", "-i", "1", "-r", "50ms", "-p", "backend=scalar");

  @TempDir private Path directory;

  private static Typed sweep(Object... args) {
    return type(
        Stream.of(List.of("sweep").stream(), List.of(args).stream(), SHORT.stream())
            .flatMap(all -> all)
            .toArray());
  }

  @Test
  void runsABenchmarkUnderEachSetAndTellsWhichOnesDoNotRun() throws IOException {
    Path json = directory.resolve("s.json");
    Typed typed =
        sweep(
            "ActivationBenchmark.relu",
            "--flags=-XX:+UseSerialGC -Dlanewise.vectorBits=128",
            "--flags=-XX:NoSuchFlag=1",
            "--flags=-Dlanewise.vectorBits=7",
            "--flags=-Xmx900m",
            "--json",
            json);
    assertEquals(1, typed.code(), "a set failed");
    assertTrue(typed.out().contains("ActivationBenchmark.relu backend=scalar, ops/s"), typed.out());
    assertTrue(typed.out().contains("skipped: -XX:NoSuchFlag=1: Unrec"), typed.out());
    assertTrue(typed.out().contains("skipped: -Dlanewise.vectorBits=7: "), typed.out());
    assertTrue(typed.out().contains("system property lanewise.vectorBits "), typed.out());
    assertTrue(typed.out().contains("failed: -Xmx900m: "), typed.out());
    assertTrue(typed.out().contains("No conclusion: 2 forks"), typed.out());
    List<Measurement> measurements = JmhJson.read(json, new ArrayList<>());
    assertEquals(2, measurements.size());
    for (Measurement m : measurements) {
      assertTrue(m.primary().forks().size() >= 2);
    }
    assertTrue(
        measurements.get(1).environment().get("jvmArgs").endsWith("-Dlanewise.vectorBits=128"));
  }

  @Test
  void aBenchmarkThatIsNotThereIsRefused() {
    Typed typed = sweep("NoSuchBenchmark");
    assertEquals(2, typed.code());
    assertTrue(typed.err().contains("'NoSuchBenchmark' (lanewise-jmh -l lists"), typed.err());
  }

  @Test
  void flagsGroupsAndForksThatMakeNoSenseAreRefused() {
    for (String[] args :
        new String[][] {
          {"--flags", "XX:Foo", "'XX:Foo'"},
          {"--groups", "page", "[vectors, "},
          {"-f", "1", "at least 2"}
        }) {
      Typed typed = type("sweep", args[0], args[1]);
      assertEquals(2, typed.code());
      assertTrue(typed.err().contains(args[2]), typed.err());
    }
  }

  /** Some of them look like options of the sweep. */
  @Test
  void flagsStandAfterASpaceAsWell() {
    for (String flags : List.of("-XX:+UseZGC", "-verbose:gc -ea", "-i", "--list=x")) {
      assertEquals(
          "[" + flags + "]\n" + flags + "\n", type("sweep", "--flags", flags, "--show-list").out());
      assertEquals(
          "[" + flags + "]\n" + flags + "\n",
          type("sweep", "--flags=" + flags, "--show-list").out());
    }
    Typed typed = type("sweep", "--flags");
    assertEquals(2, typed.code());
    assertTrue(typed.err().contains("--flags needs flags of the JVM"), typed.err());
  }

  @Test
  void theListIsShownInTheFormInWhichItIsRead() throws IOException {
    Typed typed = type("sweep", "--show-list", "--groups", "pages,superword");
    assertEquals(
        """
        [pages]
        -XX:-AlwaysPreTouch
        -XX:+UseTransparentHugePages
        -XX:+UseTransparentHugePages -XX:-AlwaysPreTouch
        [superword]
        -XX:-UseSuperWord
        """,
        typed.out());
    Path file = Files.writeString(directory.resolve("list.txt"), typed.out());
    assertEquals(typed.out(), type("sweep", "--show-list", "--list", file).out());
  }

  @Test
  void theFileOfResultsIsNeitherTheListNorADirectory() throws IOException {
    Path list = Files.writeString(directory.resolve("list.txt"), "-XX:+UseSerialGC\n");
    for (Object[] args :
        new Object[][] {
          {"sweep", "--list", list, "--json", list},
          {"sweep", "--json", directory}
        }) {
      Typed typed = type(args);
      assertEquals(2, typed.code(), typed.err());
      assertEquals(1, typed.err().lines().count(), typed.err());
    }
    assertEquals("-XX:+UseSerialGC\n", Files.readString(list));
  }
}
