package dev.lanewise.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  @Test
  void countsStepsInTheSlicesInWhichTheyEnd() {
    long start = System.currentTimeMillis() - 1_000;
    long[] steps = WarmUp.steps(start, 8, 250);
    assertEquals(0, steps[0] + steps[1] + steps[2] + steps[3]);
    assertTrue(Arrays.stream(steps).sum() > 0, () -> Arrays.toString(steps));
  }
}
