package dev.lanewise.internal.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("every-width")
class FmaPeakTest {
  @Test
  void chainsAddUpTheirProducts() {
    FmaPeak peak = new FmaPeak();
    assertEquals(peak.expected(12), peak.chains12());
    assertEquals(peak.expected(24), peak.chains24());
  }

  /** An operation is counted twice for each lane, chain and round. */
  @Test
  void everyLaneIsCounted() {
    double sums = new FmaPeak().expected(12);
    double products = FmaPeak.flop(12) / 2 * 0.125;
    assertTrue(sums > products && sums < products + 12 * 16 * 8.125, sums + " of " + products);
    assertEquals(2, FmaPeak.flop(24) / FmaPeak.flop(12));
  }

  @Test
  void aRateIsMeasured() {
    assertTrue(FmaPeak.gflops(30_000_000) > 0);
  }
}
