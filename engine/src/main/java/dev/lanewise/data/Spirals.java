package dev.lanewise.data;

import dev.lanewise.internal.array.ArraySize;
import dev.lanewise.internal.random.SplitMix64;

/** Points on two spirals, one inside the other, with some noise. */
final class Spirals {
  private static final double TURNS = 1.25;
  private static final double NOISE = 0.04;

  private Spirals() {}

  /** Returns the inputs of so many points, those of the two spirals in turn. */
  static float[] points(int rows, long seed) {
    float[] x = new float[ArraySize.of("the inputs", rows, 2)];
    for (int r = 0; r < rows; r++) {
      double radius = StrictMath.sqrt(SplitMix64.uniform(seed, 3L * r));
      double angle = 2 * Math.PI * TURNS * radius + Math.PI * (r % 2);
      x[2 * r] = (float) (radius * StrictMath.cos(angle) + noise(seed, 3L * r + 1));
      x[2 * r + 1] = (float) (radius * StrictMath.sin(angle) + noise(seed, 3L * r + 2));
    }
    return x;
  }

  private static double noise(long seed, long n) {
    return NOISE * (2 * SplitMix64.uniform(seed, n) - 1);
  }
}
