package dev.lanewise.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  @Test
  void countsStepsInTheSlicesInWhichTheyEnd() {
    long start = System.currentTimeMillis() - 4_000;
    long[] steps = WarmUp.steps("auto", start, 12, 1_000);
    assertEquals(0, steps[0] + steps[1] + steps[2] + steps[3]);
    assertTrue(Arrays.stream(steps).sum() > 0, () -> Arrays.toString(steps));
  }

  private static double[] curve(double... from) {
    double[] gflops = new double[24];
    Arrays.fill(gflops, from[from.length - 1]);
    System.arraycopy(from, 0, gflops, 0, from.length);
    return gflops;
  }

  @Test
  void theCurveEndsWithTheTimeAtWhichNineTenthsOfTheSteadyRateWereReached() {
    assertEquals(
        "Nine tenths of the steady rate, 100.0 GFLOP/s, were reached in the quarter of a second to"
            + " 1.00 s.",
        WarmUp.conclusion(curve(0, 1, 50, 91, 100)));
  }

  @Test
  void aCurveThatIsStillRisingHasNoSteadyRate() {
    double[] rising = new double[24];
    Arrays.setAll(rising, i -> i);
    for (double[] gflops : new double[][] {rising, new double[24]}) {
      String text = WarmUp.conclusion(gflops);
      assertTrue(text.startsWith("Nine tenths of the steady rate were not reached"), text);
    }
  }
}
