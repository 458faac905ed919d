package dev.lanewise.internal.vector;

import static dev.lanewise.internal.scalar.Fma.fma;
import static dev.lanewise.internal.simd.Folds.APART_1;
import static dev.lanewise.internal.simd.Folds.APART_2;
import static dev.lanewise.internal.simd.Folds.APART_4;
import static dev.lanewise.internal.simd.Folds.APART_8;
import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;
import static dev.lanewise.internal.simd.Lanes.PARTS;
import static dev.lanewise.internal.tuning.Sizes.PARTIAL_SUMS;

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
      s0 =
          FloatVector.fromArray(F, x, xOffset + j)
              .fma(FloatVector.fromArray(F, y, yOffset + j), s0);
      if (LANES < 16) {
        s1 =
            FloatVector.fromArray(F, x, xOffset + j + LANES)
                .fma(FloatVector.fromArray(F, y, yOffset + j + LANES), s1);
      }
      if (LANES < 8) {
        s2 =
            FloatVector.fromArray(F, x, xOffset + j + 2 * LANES)
                .fma(FloatVector.fromArray(F, y, yOffset + j + 2 * LANES), s2);
        s3 =
            FloatVector.fromArray(F, x, xOffset + j + 3 * LANES)
                .fma(FloatVector.fromArray(F, y, yOffset + j + 3 * LANES), s3);
      }
    }
    if (LANES < 16 && j <= n - LANES) {
      FloatVector vx = FloatVector.fromArray(F, x, xOffset + j);
      s0 = vx.fma(FloatVector.fromArray(F, y, yOffset + j), s0);
    }
    if (LANES < 8 && j <= n - 2 * LANES) {
      FloatVector vx = FloatVector.fromArray(F, x, xOffset + j + LANES);
      s1 = vx.fma(FloatVector.fromArray(F, y, yOffset + j + LANES), s1);
    }
    if (LANES < 8 && j <= n - 3 * LANES) {
      FloatVector vx = FloatVector.fromArray(F, x, xOffset + j + 2 * LANES);
      s2 = vx.fma(FloatVector.fromArray(F, y, yOffset + j + 2 * LANES), s2);
    }
    int partial = (n - j) / LANES;
    int k = j + partial * LANES;
    if (k < n) {
      FloatVector vx = FloatVector.zero(F).withLane(0, x[xOffset + k]);
      FloatVector vy = FloatVector.zero(F).withLane(0, y[yOffset + k]);
      if (PARTS) {
        VectorMask<Float> mask = F.indexInRange(k, n);
        vx = FloatVector.fromArray(F, x, xOffset + k, mask);
        vy = FloatVector.fromArray(F, y, yOffset + k, mask);
      } else {
        if (k + 1 < n) {
          vx = vx.withLane(1, x[xOffset + k + 1]);
          vy = vy.withLane(1, y[yOffset + k + 1]);
        }
        if (k + 2 < n) {
          vx = vx.withLane(2, x[xOffset + k + 2]);
          vy = vy.withLane(2, y[yOffset + k + 2]);
        }
      }
      if (LANES == 16 || partial == 0) {
        s0 = vx.fma(vy, s0);
      } else if (LANES == 8 || partial == 1) {
        s1 = vx.fma(vy, s1);
      } else if (partial == 2) {
        s2 = vx.fma(vy, s2);
      } else {
        s3 = vx.fma(vy, s3);
      }
    }
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
    if (LANES < 16 && j <= n - LANES) {
      s0 = s0.add(FloatVector.fromArray(F, x, xOffset + j));
    }
    if (LANES < 8 && j <= n - 2 * LANES) {
      s1 = s1.add(FloatVector.fromArray(F, x, xOffset + j + LANES));
    }
    if (LANES < 8 && j <= n - 3 * LANES) {
      s2 = s2.add(FloatVector.fromArray(F, x, xOffset + j + 2 * LANES));
    }
    int partial = (n - j) / LANES;
    int k = j + partial * LANES;
    if (k < n) {
      FloatVector vx = FloatVector.zero(F).withLane(0, x[xOffset + k]);
      if (PARTS) {
        vx = FloatVector.fromArray(F, x, xOffset + k, F.indexInRange(k, n));
      } else {
        if (k + 1 < n) {
          vx = vx.withLane(1, x[xOffset + k + 1]);
        }
        if (k + 2 < n) {
          vx = vx.withLane(2, x[xOffset + k + 2]);
        }
      }
      if (LANES == 16 || partial == 0) {
        s0 = s0.add(vx);
      } else if (LANES == 8 || partial == 1) {
        s1 = s1.add(vx);
      } else if (partial == 2) {
        s2 = s2.add(vx);
      } else {
        s3 = s3.add(vx);
      }
    }
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

  static float max(int n, float[] x, int xOffset) {
    FloatVector max = FloatVector.broadcast(F, Float.NEGATIVE_INFINITY);
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector v = FloatVector.fromArray(F, x, xOffset + j);
      max = max.blend(v, v.compare(VectorOperators.GT, max));
    }
    if (PARTS && j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector v = FloatVector.fromArray(F, x, xOffset + j, mask);
      max = max.blend(v, v.compare(VectorOperators.GT, max).and(mask));
    }
    if (LANES == 16) {
      FloatVector other = max.rearrange(APART_8);
      max = max.blend(other, other.compare(VectorOperators.GT, max));
    }
    if (LANES >= 8) {
      FloatVector other = max.rearrange(APART_4);
      max = max.blend(other, other.compare(VectorOperators.GT, max));
    }
    FloatVector two = max.rearrange(APART_2);
    max = max.blend(two, two.compare(VectorOperators.GT, max));
    FloatVector one = max.rearrange(APART_1);
    max = max.blend(one, one.compare(VectorOperators.GT, max));
    float most = max.lane(0);
    for (; !PARTS && j < n; j++) {
      most = x[xOffset + j] > most ? x[xOffset + j] : most;
    }
    return most + 0f;
  }

  static void axpy(int n, float a, float[] x, int xOffset, float[] y, int yOffset) {
    FloatVector va = FloatVector.broadcast(F, a);
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector vx = FloatVector.fromArray(F, x, xOffset + j);
      FloatVector vy = FloatVector.fromArray(F, y, yOffset + j);
      va.fma(vx, vy).intoArray(y, yOffset + j);
    }
    if (PARTS && j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector vx = FloatVector.fromArray(F, x, xOffset + j, mask);
      FloatVector vy = FloatVector.fromArray(F, y, yOffset + j, mask);
      va.fma(vx, vy).intoArray(y, yOffset + j, mask);
    }
    for (; !PARTS && j < n; j++) {
      y[yOffset + j] = fma(a, x[xOffset + j], y[yOffset + j]);
    }
  }

  static void scale(int n, float a, float[] x, int xOffset) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector.fromArray(F, x, xOffset + j).mul(a).intoArray(x, xOffset + j);
    }
    if (PARTS && j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector.fromArray(F, x, xOffset + j, mask).mul(a).intoArray(x, xOffset + j, mask);
    }
    for (; !PARTS && j < n; j++) {
      x[xOffset + j] *= a;
    }
  }
}
