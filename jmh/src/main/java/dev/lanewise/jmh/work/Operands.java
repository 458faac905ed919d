package dev.lanewise.jmh.work;

import dev.lanewise.internal.random.SplitMix64;

/** Numbers to compute with, the same ones in each run. */
public final class Operands {
  private Operands() {}

  /** Returns numbers from {@code [-1, 1)}. */
  public static float[] symmetric(int n, long seed) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = 2 * SplitMix64.uniform(seed, i) - 1;
    }
    return values;
  }

  /** Returns what a ReLU layer could: half of the numbers are zero, the others positive. */
  public static float[] rectified(int n, long seed) {
    float[] values = symmetric(n, seed);
    for (int i = 0; i < n; i++) {
      values[i] = Math.max(0, values[i]);
    }
    return values;
  }

  /** Throws if a number is infinite or not one: then it was not the usual work that was timed. */
  public static void requireFinite(String name, float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalStateException(name + "[" + i + "] became " + values[i]);
      }
    }
  }
}
