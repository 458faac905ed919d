package dev.lanewise.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CeilingsTest {
  private final Ceilings ceilings = new Ceilings();
  private final Flops flops = new Flops();
  private final Bytes bytes = new Bytes();

  @Test
  void aSecondOfWorkAtTheCeilingIsAHundredPercent() {
    ceilings.setUp();
    assertTrue(ceilings.gflops() > 0.1, ceilings.gflops() + " GFLOP/s");
    assertTrue(ceilings.gigabytes() > 0.1, ceilings.gigabytes() + " GB/s");
    flops.setUp(ceilings);
    bytes.setUp(ceilings);
    flops.count(ceilings.gflops() * 1e9);
    bytes.count(ceilings.gigabytes() * 1e9 / Float.BYTES);
    assertEquals(100, flops.percentOfPeak, 1e-9);
    assertEquals(100, bytes.percentOfMemory, 1e-9);
  }

  @Test
  void workAddsUpAndPercentsAreNoNumberBeforeMeasuring() {
    flops.count(3e9);
    flops.count(1e9);
    bytes.count(5e8);
    assertEquals(4, flops.gflop, 1e-9);
    assertEquals(2, bytes.gigabyte, 1e-9);
    assertEquals(Double.NaN, flops.percentOfPeak);
    assertEquals(Double.NaN, bytes.percentOfMemory);
  }
}
