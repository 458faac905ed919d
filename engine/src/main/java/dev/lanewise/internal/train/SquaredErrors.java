package dev.lanewise.internal.train;

import dev.lanewise.internal.parallel.Task;
import dev.lanewise.internal.parallel.Workers;
import dev.lanewise.internal.tuning.Sizes;
import dev.lanewise.internal.warmup.Dispatch;

/**
 * The sum of squared errors and its gradient, in parts. One thread makes all of a sum of {@link
 * Sizes#SUMMED_AT_ONCE} squares, and the caller adds these sums up in their order: so the number of
 * threads changes no bit. For use by one caller at a time.
 */
final class SquaredErrors {
  private final Dispatch kernels;
  private final Workers workers;
  private final Task part = this::part;

  private double[] sums = {};
  private int n;
  private float[] y;
  private int yOffset;
  private float[] t;
  private int tOffset;
  private float factor;
  private float[] dy;
  private int dyOffset;

  SquaredErrors(Dispatch kernels, Workers workers) {
    this.kernels = kernels;
    this.workers = workers;
  }

  /**
   * Computes the sum of {@code (y - t)^2} over {@code n} elements, and overwrites {@code dy} with
   * {@code a (y - t)}.
   */
  double gradient(
      int newN,
      float[] newY,
      int newYOffset,
      float[] newT,
      int newTOffset,
      double a,
      float[] newDy,
      int newDyOffset) {
    n = newN;
    y = newY;
    yOffset = newYOffset;
    t = newT;
    tOffset = newTOffset;
    factor = (float) a;
    dy = newDy;
    dyOffset = newDyOffset;
    int count = count();
    if (sums.length < count) {
      sums = new double[count];
    }
    try {
      workers.run(part, (long) n * Sizes.COMPARING);
    } finally {
      y = null;
      t = null;
      dy = null;
    }
    double sum = 0;
    for (int s = 0; s < count; s++) {
      sum += sums[s];
    }
    return sum;
  }

  private int count() {
    return (int) (((long) n + Sizes.SUMMED_AT_ONCE - 1) / Sizes.SUMMED_AT_ONCE);
  }

  private void part(int part, int parts, int thread) {
    int end = (int) ((long) count() * (part + 1) / parts);
    for (int s = (int) ((long) count() * part / parts); s < end; s++) {
      int from = s * Sizes.SUMMED_AT_ONCE;
      int m = Math.min(Sizes.SUMMED_AT_ONCE, n - from);
      int at = dyOffset + from;
      System.arraycopy(y, yOffset + from, dy, at, m);
      kernels.now().axpy(m, -1, t, tOffset + from, dy, at);
      sums[s] = kernels.now().dot(m, dy, at, dy, at);
      if (factor != 1) {
        kernels.now().scale(m, factor, dy, at);
      }
    }
  }
}
