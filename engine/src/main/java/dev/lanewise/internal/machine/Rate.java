package dev.lanewise.internal.machine;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * How fast something ran that allocates nothing once it is compiled, in some short slices of time.
 *
 * @param best work a nanosecond in the best slice
 * @param spread how far the median slice is below the best, as a part of it
 */
public record Rate(double best, double spread) {
  private static final int SLICES = 5;
  private static final long PATIENCE_NANOS = 5_000_000_000L;
  private static final ThreadMXBean THREADS =
      ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

  /**
   * Measures, after three fifths of the time for the compiler. Where runs allocate they are not
   * compiled yet, as vectors are objects until then: the compiler gets up to five seconds more.
   *
   * @param work what one run does, in any unit
   * @param nanos how long in all, at least
   * @param body a run
   */
  public static Rate of(double work, long nanos, Runnable body) {
    slice(work, nanos * 3 / 5, body);
    long patient = System.nanoTime();
    long before;
    do {
      before = THREADS.getCurrentThreadAllocatedBytes();
      body.run();
    } while (THREADS.getCurrentThreadAllocatedBytes() > before
        && System.nanoTime() - patient < PATIENCE_NANOS);
    double[] rates = new double[SLICES];
    for (int i = 0; i < SLICES; i++) {
      rates[i] = slice(work, nanos * 2 / 5 / SLICES, body);
    }
    Arrays.sort(rates);
    double best = rates[SLICES - 1];
    return new Rate(best, (best - rates[SLICES / 2]) / best);
  }

  /**
   * Runs until the time is over, once at least.
   *
   * @param work what one run does, in any unit
   * @param nanos how long, at least
   * @param body a run
   * @return work a nanosecond
   */
  public static double slice(double work, long nanos, Runnable body) {
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
