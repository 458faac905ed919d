package dev.lanewise.internal.vector;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;
import static dev.lanewise.kernel.Kernels.PARTIAL_SUMS;

import dev.lanewise.internal.simd.Folds;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Vector-vector kernels. The 16 partial sums fill one, two or four vectors; branches on the lane
 * count are constants to the compiler.
 */
final class Level1 {
  private Level1() {}

  static float dot(int n, float[] x, int xOffset, float[] y, int yOffset) {
    FloatVector s0 = FloatVector.zero(F);
    FloatVector s1 = FloatVector.zero(F);
    FloatVector s2 = FloatVector.zero(F);
    FloatVector s3 = FloatVector.zero(F);
    int j = 0;
    for (; j <= n - PARTIAL_SUMS; j += PARTIAL_SUMS) {
      s0 = product(x, xOffset + j, y, yOffset + j, s0);
      if (LANES < 16) {
        s1 = product(x, xOffset + j + LANES, y, yOffset + j + LANES, s1);
      }
      if (LANES < 8) {
        s2 = product(x, xOffset + j + 2 * LANES, y, yOffset + j + 2 * LANES, s2);
        s3 = product(x, xOffset + j + 3 * LANES, y, yOffset + j + 3 * LANES, s3);
      }
    }
    if (j < n) {
      s0 = product(n - j, x, xOffset + j, y, yOffset + j, s0);
    }
    if (LANES < 16 && j + LANES < n) {
      s1 = product(n - j - LANES, x, xOffset + j + LANES, y, yOffset + j + LANES, s1);
    }
    if (LANES < 8 && j + 2 * LANES < n) {
      s2 = product(n - j - 2 * LANES, x, xOffset + j + 2 * LANES, y, yOffset + j + 2 * LANES, s2);
    }
    if (LANES < 8 && j + 3 * LANES < n) {
      s3 = product(n - j - 3 * LANES, x, xOffset + j + 3 * LANES, y, yOffset + j + 3 * LANES, s3);
    }
    return Folds.sum(s0, s1, s2, s3);
  }

  private static FloatVector product(float[] x, int xAt, float[] y, int yAt, FloatVector sum) {
    return FloatVector.fromArray(F, x, xAt).fma(FloatVector.fromArray(F, y, yAt), sum);
  }

  private static FloatVector product(
      int left, float[] x, int xAt, float[] y, int yAt, FloatVector sum) {
    VectorMask<Float> mask = F.indexInRange(0, left);
    return FloatVector.fromArray(F, x, xAt, mask).fma(FloatVector.fromArray(F, y, yAt, mask), sum);
  }

  static float sum(int n, float[] x, int xOffset) {
    FloatVector s0 = FloatVector.zero(F);
    FloatVector s1 = FloatVector.zero(F);
    FloatVector s2 = FloatVector.zero(F);
    FloatVector s3 = FloatVector.zero(F);
    int j = 0;
    for (; j <= n - PARTIAL_SUMS; j += PARTIAL_SUMS) {
      s0 = s0.add(FloatVector.fromArray(F, x, xOffset + j));
      if (LANES < 16) {
        s1 = s1.add(FloatVector.fromArray(F, x, xOffset + j + LANES));
      }
      if (LANES < 8) {
        s2 = s2.add(FloatVector.fromArray(F, x, xOffset + j + 2 * LANES));
        s3 = s3.add(FloatVector.fromArray(F, x, xOffset + j + 3 * LANES));
      }
    }
    if (j < n) {
      s0 = s0.add(part(n - j, x, xOffset + j));
    }
    if (LANES < 16 && j + LANES < n) {
      s1 = s1.add(part(n - j - LANES, x, xOffset + j + LANES));
    }
    if (LANES < 8 && j + 2 * LANES < n) {
      s2 = s2.add(part(n - j - 2 * LANES, x, xOffset + j + 2 * LANES));
    }
    if (LANES < 8 && j + 3 * LANES < n) {
      s3 = s3.add(part(n - j - 3 * LANES, x, xOffset + j + 3 * LANES));
    }
    return Folds.sum(s0, s1, s2, s3);
  }

  private static FloatVector part(int left, float[] x, int at) {
    return FloatVector.fromArray(F, x, at, F.indexInRange(0, left));
  }

  static float max(int n, float[] x, int xOffset) {
    FloatVector max = FloatVector.broadcast(F, Float.NEGATIVE_INFINITY);
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector v = FloatVector.fromArray(F, x, xOffset + j);
      max = max.blend(v, v.compare(VectorOperators.GT, max));
    }
    if (j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector v = FloatVector.fromArray(F, x, xOffset + j, mask);
      max = max.blend(v, v.compare(VectorOperators.GT, max).and(mask));
    }
    return Folds.max(max);
  }

  static void axpy(int n, float a, float[] x, int xOffset, float[] y, int yOffset) {
    FloatVector va = FloatVector.broadcast(F, a);
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector vx = FloatVector.fromArray(F, x, xOffset + j);
      FloatVector vy = FloatVector.fromArray(F, y, yOffset + j);
      va.fma(vx, vy).intoArray(y, yOffset + j);
    }
    if (j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector vx = FloatVector.fromArray(F, x, xOffset + j, mask);
      FloatVector vy = FloatVector.fromArray(F, y, yOffset + j, mask);
      va.fma(vx, vy).intoArray(y, yOffset + j, mask);
    }
  }

  static void scale(int n, float a, float[] x, int xOffset) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector.fromArray(F, x, xOffset + j).mul(a).intoArray(x, xOffset + j);
    }
    if (j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector.fromArray(F, x, xOffset + j, mask).mul(a).intoArray(x, xOffset + j, mask);
    }
  }
}
