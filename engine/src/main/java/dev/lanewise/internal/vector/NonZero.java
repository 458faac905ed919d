package dev.lanewise.internal.vector;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;
import static dev.lanewise.internal.simd.Lanes.PARTS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Which inputs are not zero, as bits. Walking over set bits costs no mispredicted branch for each
 * zero, as asking every input would.
 */
final class NonZero {
  /** How many inputs one {@code long} tells about. */
  static final int BLOCK = 64;

  private NonZero() {}

  /** Returns a bit for each of {@code n <= 64} inputs, the first one lowest. */
  static long bits(int n, float[] x, int xOffset) {
    long bits = 0;
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector v = FloatVector.fromArray(F, x, xOffset + i);
      bits |= v.compare(VectorOperators.NE, 0f).toLong() << i;
    }
    if (PARTS && i < n) {
      FloatVector v = FloatVector.fromArray(F, x, xOffset + i, F.indexInRange(i, n));
      bits |= v.compare(VectorOperators.NE, 0f).toLong() << i;
    }
    for (; !PARTS && i < n; i++) {
      bits |= x[xOffset + i] != 0 ? 1L << i : 0;
    }
    return bits;
  }

  /** Returns a bit for each of {@code n <= 64} inputs, all of them set. */
  static long all(int n) {
    return -1L >>> (BLOCK - n);
  }
}
