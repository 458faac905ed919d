package dev.lanewise.internal.machine;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How fast something ran that allocates nothing once it is compiled. */
final class Rate {
  private static final int SLICES = 5;
  private static final long PATIENCE_NANOS = 5_000_000_000L;
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  private Rate() {}

  /**
   * Measures, after three fifths of the time for the compiler. Where runs allocate they are not
   * compiled yet, as vectors are objects until then: the compiler gets up to five seconds more.
   *
   * @param work what one run does, in any unit
   * @param nanos how long in all, at least
   * @param body a run
   * @return work a nanosecond, in the best of some short slices of time
   */
  static double best(double work, long nanos, Runnable body) {
    slice(work, nanos * 3 / 5, body);
    long patient = System.nanoTime();
    long before;
    do {
      before = THREADS.getCurrentThreadAllocatedBytes();
      body.run();
    } while (THREADS.getCurrentThreadAllocatedBytes() > before
        && System.nanoTime() - patient < PATIENCE_NANOS);
    double best = 0;
    for (int i = 0; i < SLICES; i++) {
      best = Math.max(best, slice(work, nanos * 2 / 5 / SLICES, body));
    }
    return best;
  }

  /** Runs until the time is over, once at least, and returns work a nanosecond. */
  static double slice(double work, long nanos, Runnable body) {
    long start = System.nanoTime();
    long elapsed;
    double done = 0;
    do {
      body.run();
      done += work;
      elapsed = System.nanoTime() - start;
    } while (elapsed < nanos);
    return done / elapsed;
  }
}
