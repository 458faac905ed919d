package dev.lanewise.data;

import dev.lanewise.internal.array.ArraySize;
import dev.lanewise.internal.random.SplitMix64;

/**
 * An example to train on without any file: points on two spirals, one inside the other. No straight
 * line comes near to telling them apart, so it takes hidden layers.
 */
public final class Spirals {
  private static final double TURNS = 1.25;
  private static final double NOISE = 0.04;

  private Spirals() {}

  /**
   * Draws points. Those of the two spirals alternate.
   *
   * @param rows how many points, at least 1
   * @param seed which ones: the same seed gives the same bits on every machine and for ever
   * @return 2 inputs, within about -1 to 1, and 2 classes
   * @throws IllegalArgumentException if {@code rows} is below 1
   */
  public static Dataset draw(int rows, long seed) {
    if (rows < 1) {
      throw new IllegalArgumentException("spirals need at least 1 point, not " + rows);
    }
    float[] x = new float[ArraySize.of("the inputs", rows, 2)];
    int[] labels = new int[rows];
    for (int r = 0; r < rows; r++) {
      labels[r] = r % 2;
      double radius = StrictMath.sqrt(SplitMix64.uniform(seed, 3L * r));
      double angle = 2 * Math.PI * TURNS * radius + Math.PI * labels[r];
      x[2 * r] = (float) (radius * StrictMath.cos(angle) + noise(seed, 3L * r + 1));
      x[2 * r + 1] = (float) (radius * StrictMath.sin(angle) + noise(seed, 3L * r + 2));
    }
    return Dataset.ofClasses(2, x, labels, 2);
  }

  private static double noise(long seed, long n) {
    return NOISE * (2 * SplitMix64.uniform(seed, n) - 1);
  }
}
