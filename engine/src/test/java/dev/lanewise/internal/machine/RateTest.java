package dev.lanewise.internal.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Backend;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class RateTest {
  private static final long PAUSE = 2_000_000;

  private int runs;
  private float[] last;

  private void pause() {
    runs++;
    long end = System.nanoTime() + PAUSE;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(PAUSE / 10);
    }
  }

  @Test
  void workIsDividedByTheTimeItTook() {
    double best = Rate.best(6.0 * PAUSE, 60_000_000, this::pause);
    assertTrue(best <= 6 && best > 0.6, "best " + best);
  }

  @Test
  void aSliceRunsOnceEvenWhereItsTimeIsOver() {
    Rate.slice(1, 0, this::pause);
    assertEquals(1, runs);
  }

  /** As vectors are until the compiler is done. */
  @Test
  void runsThatStillAllocateAreWaitedFor() {
    Rate.best(1, 0, () -> last = runs++ < 100_000 ? new float[1] : last);
    assertTrue(runs > 100_000 && runs < 100_100, runs + " runs");
  }

  @Test
  void memoryHasABandwidth() {
    double gigabytes = Bandwidth.gigabytes(Backend.preferred().kernels(), 300_000_000);
    assertTrue(gigabytes > 0.1 && gigabytes < 10_000, gigabytes + " GB/s");
  }
}
