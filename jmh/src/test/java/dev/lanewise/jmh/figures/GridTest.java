package dev.lanewise.jmh.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class GridTest {
  @Test
  void seriesAndPlacesStandInTheOrderOfTheirNumbers() {
    Grid grid = new Grid("width");
    grid.put("batch 32", "1024", 5.126, 0.5);
    grid.put("batch 8", "64", 123.4, Double.NaN);
    assertEquals(
        List.of(
            List.of("width", "batch 8", "batch 32"),
            List.of("64", "123", ""),
            List.of("1024", "", "5.13 ± 0.500")),
        grid.table());
    assertNull(grid.at("batch 8", "1024"));
  }

  @Test
  void whatIsNoNumberIsLeftOut() {
    Grid grid = new Grid("width");
    grid.put("batch 8", "64", Double.NaN, 0);
    assertEquals(List.of(), List.copyOf(grid.names()));
    assertEquals(List.of(), grid.places());
  }
}
