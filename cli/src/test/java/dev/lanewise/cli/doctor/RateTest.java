package dev.lanewise.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class RateTest {
  private static final long PAUSE = 2_000_000;

  private static void pause() {
    long end = System.nanoTime() + PAUSE;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(PAUSE / 10);
    }
  }

  @Test
  void workIsDividedByTheTimeItTook() {
    Rate rate = Rate.of(6.0 * PAUSE, 60_000_000, RateTest::pause);
    assertTrue(rate.best() <= 6 && rate.best() > 0.6, "best " + rate.best());
    assertTrue(rate.spread() >= 0 && rate.spread() < 1, "spread " + rate.spread());
  }
}
