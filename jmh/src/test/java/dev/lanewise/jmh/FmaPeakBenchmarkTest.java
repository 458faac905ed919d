package dev.lanewise.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.internal.machine.FmaPeak;
import org.junit.jupiter.api.Test;

class FmaPeakBenchmarkTest {
  private final FmaPeakBenchmark benchmark = new FmaPeakBenchmark();
  private final Flops flops = new Flops();

  @Test
  void twelveChainsAddUpWhatIsCounted() {
    benchmark.setUp();
    assertEquals(new FmaPeak().expected(12), benchmark.chains12(flops));
    assertEquals(FmaPeak.flop(12) * 1e-9, flops.gflop, 1e-12);
  }

  @Test
  void twentyFourChainsAddUpWhatIsCounted() {
    benchmark.setUp();
    assertEquals(new FmaPeak().expected(24), benchmark.chains24(flops));
    assertEquals(FmaPeak.flop(24) * 1e-9, flops.gflop, 1e-12);
  }
}
