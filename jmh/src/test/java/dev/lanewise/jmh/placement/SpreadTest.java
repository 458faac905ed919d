package dev.lanewise.jmh.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.jmh.placement.Placement.Rows;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  private static final Placement DENSE_0 = new Placement(Rows.DENSE, 0);
  private static final Placement DENSE_4 = new Placement(Rows.DENSE, 4);
  private static final Placement PAGE_0 = new Placement(Rows.PAGE, 0);
  private static final Placement PAGE_4 = new Placement(Rows.PAGE, 4);

  private static Spread spread(double[] usual, double[] huge) {
    Spread spread = new Spread(List.of(DENSE_0, DENSE_4, PAGE_0, PAGE_4));
    spread.add(usual, huge);
    return spread;
  }

  @Test
  void theWorstPlaceIsToldBesideTheBest() {
    Spread spread = spread(new double[] {100, 98, 60, 59}, new double[] {90, 88, 54, 50});
    assertEquals(100, spread.best().gflops());
    assertEquals(0.5, spread.ratio(), 1e-12);
    assertTrue(spread.isLuck());
    assertEquals("page rows, offset 4, huge pages", spread.worst().toString());
  }

  @Test
  void eachFactorIsToldByItself() {
    Spread rows = spread(new double[] {100, 100, 50, 50}, new double[] {100, 100, 50, 50});
    assertEquals(0.5, rows.ofRows(), 1e-12);
    assertEquals(1, rows.ofOffsets(), 1e-12);
    assertEquals(1, rows.ofPages(), 1e-12);
    Spread offsets = spread(new double[] {100, 80, 100, 80}, new double[] {100, 80, 100, 80});
    assertEquals(1, offsets.ofRows(), 1e-12);
    assertEquals(0.8, offsets.ofOffsets(), 1e-12);
    Spread pages = spread(new double[] {70, 70, 70, 70}, new double[] {100, 100, 100, 100});
    assertEquals(0.7, pages.ofPages(), 1e-12);
  }

  @Test
  void aPassInWhichEveryPlaceWasSlowedDownDoesNotCount() {
    double[] even = {100, 99, 98, 97};
    Spread spread = spread(new double[] {100, 50, 50, 50}, new double[] {50, 50, 50, 97});
    assertTrue(spread.isLuck());
    spread.add(even, even);
    assertFalse(spread.isLuck());
    assertEquals(0.97, spread.ratio(), 1e-12);
  }
}
