package dev.lanewise.cli.doctor;

import java.util.Arrays;

/**
 * How fast something ran, in some short slices of time.
 *
 * @param best work a nanosecond in the best slice
 * @param spread how far the median slice is below the best, as a part of it
 */
record Rate(double best, double spread) {
  private static final int SLICES = 5;

  /**
   * Measures, after three fifths of the time for the compiler.
   *
   * @param work what one run does, in any unit
   * @param nanos how long in all, at least
   * @param body a run
   */
  static Rate of(double work, long nanos, Runnable body) {
    slice(work, nanos * 3 / 5, body);
    double[] rates = new double[SLICES];
    for (int i = 0; i < SLICES; i++) {
      rates[i] = slice(work, nanos * 2 / 5 / SLICES, body);
    }
    Arrays.sort(rates);
    double best = rates[SLICES - 1];
    return new Rate(best, (best - rates[SLICES / 2]) / best);
  }

  private static double slice(double work, long nanos, Runnable body) {
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
