package dev.lanewise.internal.machine;

import dev.lanewise.kernel.Kernels;

/** How fast one thread reads and writes memory. */
public final class Bandwidth {
  /** So large that no cache holds it. */
  private static final int FAR = 1 << 24;

  private Bandwidth() {}

  /**
   * Measures a sum of two arrays of 64 MB: every number of both is read, and those of one are
   * written.
   *
   * @param kernels what adds
   * @param nanos how long in all, at least
   * @return GB/s, in the best of short slices
   */
  public static double gigabytes(Kernels kernels, long nanos) {
    float[] x = new float[FAR];
    float[] y = new float[FAR];
    double bytes = 3.0 * Float.BYTES * FAR;
    return Rate.best(bytes, nanos, () -> kernels.axpy(FAR, 0.5f, x, 0, y, 0));
  }
}
