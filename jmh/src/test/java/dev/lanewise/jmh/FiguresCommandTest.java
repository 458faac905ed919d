package dev.lanewise.jmh;

import static dev.lanewise.jmh.Typed.type;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresCommandTest {
  private static final String PEERS =
      """
      peer,version,op,widths,batch,threads,forks,peer_samples_per_s,peer_gflops,ours_samples_per_s,\
      ours_gflops,ours_to_peer,lowest_fork,highest_fork,peak_gflops,failure
      mkl,2026,train,64-64-64-64,32,1,2,1,1,1,1,1.24,1.2,1.3,117,
      onednn,3,train,64-64-64-64,32,1,2,1,1,1,1,0.9,0.8,0.95,117,
      pytorch,2,train,64-64-64-64,32,1,2,,,,,,,,,crashed
      mkl,2026,train,784-300-10,100,1,2,1,1,1,1,0.97,0.96,0.99,117,
      """;

  @TempDir private static Path shared;
  @TempDir private Path directory;

  /** Draws a recorded result once for many tests, because drawing takes a second. */
  @BeforeAll
  static void drawRecorded() throws IOException {
    try (InputStream in = FiguresCommandTest.class.getResourceAsStream("recorded.json")) {
      Files.write(shared.resolve("recorded.json"), in.readAllBytes());
    }
    Typed typed = type("figures", shared.resolve("recorded.json"), "-o", shared.resolve("figures"));
    Files.writeString(shared.resolve("printed"), typed.out());
    assertEquals(0, typed.code(), typed.err());
  }

  private static Set<String> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("figures"))) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  private static String page(Path directory) throws IOException {
    return Files.readString(directory.resolve("figures/figures.md"));
  }

  @Test
  void drawsARecordedResultAndLeavesItAsItIs() throws IOException {
    assertEquals(
        Set.of(
            "figures.md",
            "forward.svg",
            "trainstep.svg",
            "gemm.svg",
            "level1.svg",
            "backends-forward.svg",
            "backends-trainstep.svg",
            "backends-gemm.svg",
            "backends-level1.svg"),
        files(shared));
    try (InputStream in = getClass().getResourceAsStream("recorded.json")) {
      assertArrayEquals(in.readAllBytes(), Files.readAllBytes(shared.resolve("recorded.json")));
    }
  }

  @Test
  void thePageShowsEachChartAndTellsItsNumbersAndTheVirtualMachine() throws IOException {
    String page = page(shared);
    for (String file : files(shared)) {
      assertTrue(file.endsWith(".md") || page.contains("](" + file + ")"), file);
    }
    assertTrue(page.contains("- jdkVersion: 25.0.3\n"), page);
    assertTrue(page.contains("- results: recorded.json\n"), page);
    assertTrue(page.contains("\n| n | gemm | gemmNT | gemmTN |\n|---|---|---|---|\n| 64 | "), page);
    assertTrue(page.contains(" Dashed: peak of one core, 215.\n"), page);
  }

  @Test
  void eachSvgIsWellFormed() throws Exception {
    for (String name : files(shared)) {
      if (name.endsWith(".svg")) {
        String text =
            Files.readString(shared.resolve("figures").resolve(name))
                .replaceAll("<!DOCTYPE[^>]*>", "");
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  @Test
  void peersThatFailedAreLeftOutAndOtherShapesStandApart() throws IOException {
    Path peers = Files.writeString(directory.resolve("peers.csv"), PEERS);
    Typed typed = type("figures", "--peers", peers, "-o", directory.resolve("figures"));
    assertEquals(0, typed.code(), typed.err());
    assertTrue(files(directory).contains("peers-training-step-batches-of-32-one-thread.svg"));
    assertTrue(files(directory).contains("peers-training-step-other-shapes-one-thread.svg"));
    String page = page(directory);
    assertTrue(page.contains("| 64 | 1.24 ± 0.060 | 0.900 ± 0.100 |"));
    assertTrue(
        typed.err().contains("left out: " + peers + ": pytorch train 64-64-64-64: crashed"),
        typed.err());
    assertFalse(page.contains("pytorch"));
  }

  @Test
  void severalThreadsAreDrawnBesideOne() throws IOException {
    String entry =
        """
        {"benchmark": "a.TrainStepBenchmark.step", "mode": "thrpt", "threads": 1,
         "params": {"backend": "vector", "threads": "%d"},
         "primaryMetric": {"score": %d, "scoreError": 0, "scoreUnit": "ops/s", "rawData": [%s]}}\
        """;
    Path result =
        Files.writeString(
            directory.resolve("result.json"),
            "["
                + entry.formatted(1, 10, "[10], [10]")
                + ","
                + entry.formatted(2, 18, "[18], [18]")
                + "]");
    type("figures", result, "-o", directory.resolve("figures"));
    assertEquals(Set.of("figures.md", "threads-trainstep.svg"), files(directory));
    assertTrue(page(directory).contains("| threads | TrainStep |\n|---|---|\n| 2 | 1.80 ± 0 |"));
  }

  @Test
  void whatIsNotAResultIsRefusedAndNothingIsWritten() throws IOException {
    Path other = Files.writeString(directory.resolve("other.json"), "{}");
    Typed typed = type("figures", other, "-o", directory.resolve("figures"));
    assertEquals(2, typed.code());
    assertTrue(typed.err().startsWith("lanewise-jmh: " + other), typed.err());
    Typed peers = type("figures", "--peers", other, "-o", directory.resolve("figures"));
    assertEquals(2, peers.code());
    assertTrue(peers.err().contains("lanewise-peers --csv"), peers.err());
    assertEquals(2, type("figures", "-o", directory.resolve("figures")).code());
    assertFalse(Files.exists(directory.resolve("figures")));
  }

  @Test
  void aTrialOfWhichAForkOrAnIterationIsMissingIsNotDrawnAndTheExitCodeSaysIt() throws IOException {
    String entry =
        """
        {"benchmark": "a.ForwardBenchmark.predict", "mode": "thrpt", "threads": 1, "forks": 2,
         "measurementIterations": 2, "params": {"backend": "%s", "width": "%d", "batch": "1"},
         "primaryMetric": {"score": %s, "scoreError": 0, "scoreUnit": "ops/s", "rawData": [%s]}}\
        """;
    String whole = "[10, 10], [10, 10]";
    Path result =
        Files.writeString(
            directory.resolve("result.json"),
            "["
                + String.join(
                    ",",
                    entry.formatted("scalar", 16, "10", whole),
                    entry.formatted("vector", 16, "90", whole),
                    entry.formatted("scalar", 32, "10", whole),
                    entry.formatted("vector", 32, "0.126", "[0.126, 0.126]"),
                    entry.formatted("scalar", 64, "10", whole),
                    entry.formatted("vector", 64, "0.127", "[0.127], [0.127, 0.127]"),
                    entry.formatted("vector", 128, "\"NaN\"", whole),
                    entry.formatted("vector", 256, "0", whole))
                + "]");
    Typed typed = type("figures", result, "-o", directory.resolve("figures"));
    assertEquals(1, typed.code(), typed.err());
    String page = page(directory);
    assertTrue(page.contains("| 16 | 9.00 ± 8.00 |"), page);
    assertTrue(page.contains("Not drawn, because a trial failed: " + result + ": Forward"), page);
    assertFalse(page.contains("0.126") || page.contains("0.127"), page);
    for (String flaw :
        List.of(
            "vector, width=32, batch=1: 1 of 2 forks ended",
            "vector, width=64, batch=1: a fork has fewer than 2 iterations",
            "vector, width=128, batch=1: the score is NaN",
            "vector, width=256, batch=1: the score is 0.0")) {
      assertTrue(typed.err().contains(flaw), typed.err());
    }
    assertEquals(4, typed.err().lines().count(), typed.err());
  }

  @Test
  void aCaptionNamesThePointsThatAreMissing() throws IOException {
    String peers = PEERS.replace("onednn,3,train,64-64-64-64", "onednn,3,train,32-32-32-32");
    Path file = Files.writeString(directory.resolve("peers.csv"), peers);
    type("figures", "--peers", file, "-o", directory.resolve("figures"));
    assertTrue(page(directory).contains(" Not measured: mkl at 32; onednn at 64."));
  }

  @Test
  void eachWrongInputIsToldInOneLineThatBeginsWithIt() throws IOException {
    Path good = shared.resolve("recorded.json");
    String json = Files.readString(good);
    Path empty = Files.writeString(directory.resolve("empty.json"), "");
    Path none = Files.writeString(directory.resolve("none.json"), "[]");
    Path cut = Files.writeString(directory.resolve("cut.json"), json.substring(0, 3000));
    Path bytes = Files.write(directory.resolve("bytes.json"), new byte[] {(byte) 0xff, 0, 1});
    Path missing = directory.resolve("missing.json");
    for (Path file : List.of(empty, none, cut, bytes, missing, directory)) {
      for (Typed typed :
          List.of(
              type("figures", file, "-o", directory.resolve("figures")),
              type("figures", "--peers", file, "-o", directory.resolve("figures")))) {
        assertEquals(2, typed.code(), typed.err());
        assertEquals(1, typed.err().lines().count(), typed.err());
        assertTrue(typed.err().startsWith("lanewise-jmh: " + file), typed.err());
      }
    }
    Typed file = type("figures", good, "-o", good);
    assertEquals(2, file.code(), file.err());
    assertTrue(file.err().contains("-o names a directory"), file.err());
    assertEquals(json, Files.readString(good));
  }
}
