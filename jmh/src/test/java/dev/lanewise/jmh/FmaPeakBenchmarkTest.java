package dev.lanewise.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Backend;
import org.junit.jupiter.api.Test;

class FmaPeakBenchmarkTest {
  private final FmaPeakBenchmark benchmark = new FmaPeakBenchmark();
  private final Flops flops = new Flops();

  @Test
  void vectorsAreAsWideAsTheBackends() {
    assertEquals(LanewiseBenchmark.infoOf(Backend.VECTOR).lanes(), FmaPeakBenchmark.LANES);
  }

  @Test
  void twelveChainsAddUpWhatIsCounted() {
    benchmark.setUp();
    assertEquals(expected(12), benchmark.chains12(flops));
    assertEquals(flop(12) * 1e-9, flops.gflop, 1e-12);
  }

  @Test
  void twentyFourChainsAddUpWhatIsCounted() {
    benchmark.setUp();
    assertEquals(expected(24), benchmark.chains24(flops));
    assertEquals(flop(24) * 1e-9, flops.gflop, 1e-12);
  }

  /** Half of the flop are products of the same two factors, added to what the chains start from. */
  private double expected(int chains) {
    double sum = flop(chains) / 2 * benchmark.left * benchmark.right;
    for (int i = 0; i < chains * FmaPeakBenchmark.LANES; i++) {
      sum += benchmark.starts[i];
    }
    return sum;
  }

  private static double flop(int chains) {
    return 2.0 * chains * FmaPeakBenchmark.LANES * FmaPeakBenchmark.ROUNDS;
  }
}
