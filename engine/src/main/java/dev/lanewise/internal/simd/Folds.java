package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/**
 * From the lanes of vectors to one number, in an order that never changes. The API's own reductions
 * add in an order that depends on whether the code has been compiled.
 */
public final class Folds {
  private static final VectorShuffle<Float> APART_8 = VectorShuffle.iota(F, 8 % LANES, 1, true);
  private static final VectorShuffle<Float> APART_4 = VectorShuffle.iota(F, 4 % LANES, 1, true);
  private static final VectorShuffle<Float> APART_2 = VectorShuffle.iota(F, 2, 1, true);
  private static final VectorShuffle<Float> APART_1 = VectorShuffle.iota(F, 1, 1, true);

  private Folds() {}

  /**
   * Adds up 16 partial sums in halves: those 8 apart, then 4, 2, 1.
   *
   * @param s0 the first partial sums; all of them at 16 lanes
   * @param s1 the next ones, below 16 lanes
   * @param s2 the next ones, below 8 lanes
   * @param s3 the last ones, below 8 lanes
   * @return the sum, never {@code -0.0}
   */
  public static float sum(FloatVector s0, FloatVector s1, FloatVector s2, FloatVector s3) {
    FloatVector s;
    if (LANES == 16) {
      s = s0.add(s0.rearrange(APART_8));
      s = s.add(s.rearrange(APART_4));
    } else if (LANES == 8) {
      s = s0.add(s1);
      s = s.add(s.rearrange(APART_4));
    } else {
      s = s0.add(s2).add(s1.add(s3));
    }
    s = s.add(s.rearrange(APART_2));
    s = s.add(s.rearrange(APART_1));
    return s.lane(0) + 0f;
  }

  /**
   * Returns the largest lane. No lane may be {@code NaN}.
   *
   * @param m the lanes
   * @return the largest one, never {@code -0.0}
   */
  public static float max(FloatVector m) {
    FloatVector max = m;
    if (LANES == 16) {
      max = larger(max, max.rearrange(APART_8));
    }
    if (LANES >= 8) {
      max = larger(max, max.rearrange(APART_4));
    }
    max = larger(max, max.rearrange(APART_2));
    max = larger(max, max.rearrange(APART_1));
    return max.lane(0) + 0f;
  }

  private static FloatVector larger(FloatVector a, FloatVector b) {
    return a.blend(b, b.compare(VectorOperators.GT, a));
  }
}
