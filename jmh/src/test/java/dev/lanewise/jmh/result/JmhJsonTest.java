package dev.lanewise.jmh.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JmhJsonTest {
  private static final String ENTRY =
      """
      [{"jmhVersion": "1.37", "benchmark": "dev.lanewise.jmh.GemmBenchmark.gemmNT",
        "mode": "thrpt", "threads": 2, "jvmArgs": ["-Xms1g", "-Xmx1g"],
        "params": {"backend": "vector", "n": "64", "threads": "3"},
        "primaryMetric": {"score": 7.5, "scoreError": "NaN", "scoreUnit": "ops/ms",
                          "rawData": [[7, 8, 9], [6, 5]]},
        "secondaryMetrics": {"gflop": {"score": 4, "scoreError": 0.5, "scoreUnit": "ops/ms"}}}]
      """;

  @TempDir private Path directory;

  private List<Measurement> read(String text) throws IOException {
    return JmhJson.read(
        Files.writeString(directory.resolve("result.json"), text), new ArrayList<>());
  }

  @Test
  void aBenchmarkIsReadWithItsParametersMetricsAndVirtualMachine() throws IOException {
    Measurement m = read(ENTRY).get(0);
    assertEquals("Gemm", m.question());
    assertEquals("gemmNT", m.method());
    assertEquals(Map.of("backend", "vector", "n", "64", "threads", "3"), m.params());
    assertFalse(m.hasOneThread());
    assertEquals(7500, m.primary().perSecond());
    assertEquals(Double.NaN, m.primary().error());
    assertEquals(4000, m.perSecond("gflop"));
    assertEquals(0.5, m.secondary().get("gflop").error());
    assertEquals(Double.NaN, m.perSecond("gigabyte"));
    assertEquals("result.json", m.file());
    assertEquals(Map.of("jmhVersion", "1.37", "jvmArgs", "-Xms1g -Xmx1g"), m.environment());
  }

  @Test
  void theSpreadReachesToTheMedianOfTheFarthestForkAndNeedsTwo() throws IOException {
    assertEquals(2 / 7.5, read(ENTRY).get(0).primary().spread(), 1e-12);
    Measurement.Score one = new Measurement.Score(4, 0, "ops/s", List.of(new double[] {2, 8}));
    assertEquals(Double.NaN, one.spread());
    List<double[]> forks = List.of(new double[] {9, 1, 3, 2}, new double[] {3, 9, 1});
    assertEquals(0.5, new Measurement.Score(2, 0, "ops/s", forks).spread(), "median 3");
  }

  @Test
  void lessTimeIsMoreSpeed() {
    Measurement.Score time = new Measurement.Score(4, 0, "ns/op", List.of(new double[] {2, 4, 8}));
    assertEquals(0.25, time.speed());
    assertEquals(Double.NaN, time.perSecond());
  }

  @Test
  void anotherFileIsRefusedWithItsNameAndWhatWasExpected() {
    for (String text :
        List.of(
            "no JSON",
            "{}",
            "[1]",
            ENTRY.replace("\"mode\"", "\"modus\""),
            ENTRY.replace("7.5", "\"fast\""),
            ENTRY.replace("\"threads\": 2", "\"threads\": \"2\""))) {
      IOException e = assertThrows(IOException.class, () -> read(text), text);
      assertTrue(e.getMessage().contains("result.json"), e.getMessage());
      assertTrue(e.getMessage().contains("-rf json -rff FILE"), e.getMessage());
    }
  }
}
