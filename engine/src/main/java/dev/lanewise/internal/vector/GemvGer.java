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

/**
 * Backpropagation of one sample: the dot products of the input gradient and the outer-product
 * update of the weights, in one pass over the weights.
 */
final class GemvGer {
  private GemvGer() {}

  /**
   * Four rows of whole vectors: they share each load of {@code dy}, and their sums are four chains.
   * Partial vectors here would make the method too large for HotSpot's first compiler, and with it
   * for good.
   */
  static void fourRows(
      int out,
      float a,
      float[] x,
      int xAt,
      float[] dy,
      int dyOffset,
      float[] w,
      int wAt,
      int ldw,
      float[] dx,
      int dxAt,
      int r0,
      int r1,
      int r2,
      int r3) {
    int w0 = wAt + r0 * ldw;
    int w1 = wAt + r1 * ldw;
    int w2 = wAt + r2 * ldw;
    int w3 = wAt + r3 * ldw;
    FloatVector a0 = FloatVector.broadcast(F, a * x[xAt + r0]);
    FloatVector a1 = FloatVector.broadcast(F, a * x[xAt + r1]);
    FloatVector a2 = FloatVector.broadcast(F, a * x[xAt + r2]);
    FloatVector a3 = FloatVector.broadcast(F, a * x[xAt + r3]);
    FloatVector zero = FloatVector.zero(F);
    FloatVector s0 = zero;
    FloatVector s1 = zero;
    FloatVector s2 = zero;
    FloatVector s3 = zero;
    for (int j = 0; j < out; j += LANES) {
      FloatVector d = FloatVector.fromArray(F, dy, dyOffset + j);
      FloatVector v0 = FloatVector.fromArray(F, w, w0 + j);
      FloatVector v1 = FloatVector.fromArray(F, w, w1 + j);
      FloatVector v2 = FloatVector.fromArray(F, w, w2 + j);
      FloatVector v3 = FloatVector.fromArray(F, w, w3 + j);
      s0 = d.fma(v0, s0);
      s1 = d.fma(v1, s1);
      s2 = d.fma(v2, s2);
      s3 = d.fma(v3, s3);
      a0.fma(d, v0).intoArray(w, w0 + j);
      a1.fma(d, v1).intoArray(w, w1 + j);
      a2.fma(d, v2).intoArray(w, w2 + j);
      a3.fma(d, v3).intoArray(w, w3 + j);
    }
    s0 = s0.add(s0.rearrange(APART_8));
    s1 = s1.add(s1.rearrange(APART_8));
    s2 = s2.add(s2.rearrange(APART_8));
    s3 = s3.add(s3.rearrange(APART_8));
    s0 = s0.add(s0.rearrange(APART_4));
    s1 = s1.add(s1.rearrange(APART_4));
    s2 = s2.add(s2.rearrange(APART_4));
    s3 = s3.add(s3.rearrange(APART_4));
    s0 = s0.add(s0.rearrange(APART_2));
    s1 = s1.add(s1.rearrange(APART_2));
    s2 = s2.add(s2.rearrange(APART_2));
    s3 = s3.add(s3.rearrange(APART_2));
    s0 = s0.add(s0.rearrange(APART_1));
    s1 = s1.add(s1.rearrange(APART_1));
    s2 = s2.add(s2.rearrange(APART_1));
    s3 = s3.add(s3.rearrange(APART_1));
    dx[dxAt + r0] = s0.lane(0) + 0f;
    dx[dxAt + r1] = s1.lane(0) + 0f;
    dx[dxAt + r2] = s2.lane(0) + 0f;
    dx[dxAt + r3] = s3.lane(0) + 0f;
  }

  static float row(int out, float ax, float[] dy, int dyOffset, float[] w, int wOffset) {
    FloatVector va = FloatVector.broadcast(F, ax);
    FloatVector s0 = FloatVector.zero(F);
    FloatVector s1 = FloatVector.zero(F);
    FloatVector s2 = FloatVector.zero(F);
    FloatVector s3 = FloatVector.zero(F);
    int j = 0;
    for (; j <= out - PARTIAL_SUMS; j += PARTIAL_SUMS) {
      FloatVector d0 = FloatVector.fromArray(F, dy, dyOffset + j);
      FloatVector r0 = FloatVector.fromArray(F, w, wOffset + j);
      va.fma(d0, r0).intoArray(w, wOffset + j);
      s0 = d0.fma(r0, s0);
      if (LANES < 16) {
        FloatVector d1 = FloatVector.fromArray(F, dy, dyOffset + j + LANES);
        FloatVector r1 = FloatVector.fromArray(F, w, wOffset + j + LANES);
        va.fma(d1, r1).intoArray(w, wOffset + j + LANES);
        s1 = d1.fma(r1, s1);
      }
      if (LANES < 8) {
        FloatVector d2 = FloatVector.fromArray(F, dy, dyOffset + j + 2 * LANES);
        FloatVector r2 = FloatVector.fromArray(F, w, wOffset + j + 2 * LANES);
        va.fma(d2, r2).intoArray(w, wOffset + j + 2 * LANES);
        s2 = d2.fma(r2, s2);
        FloatVector d3 = FloatVector.fromArray(F, dy, dyOffset + j + 3 * LANES);
        FloatVector r3 = FloatVector.fromArray(F, w, wOffset + j + 3 * LANES);
        va.fma(d3, r3).intoArray(w, wOffset + j + 3 * LANES);
        s3 = d3.fma(r3, s3);
      }
    }
    if (LANES < 16 && j <= out - LANES) {
      FloatVector d = FloatVector.fromArray(F, dy, dyOffset + j);
      FloatVector r = FloatVector.fromArray(F, w, wOffset + j);
      va.fma(d, r).intoArray(w, wOffset + j);
      s0 = d.fma(r, s0);
    }
    if (LANES < 8 && j <= out - 2 * LANES) {
      FloatVector d = FloatVector.fromArray(F, dy, dyOffset + j + LANES);
      FloatVector r = FloatVector.fromArray(F, w, wOffset + j + LANES);
      va.fma(d, r).intoArray(w, wOffset + j + LANES);
      s1 = d.fma(r, s1);
    }
    if (LANES < 8 && j <= out - 3 * LANES) {
      FloatVector d = FloatVector.fromArray(F, dy, dyOffset + j + 2 * LANES);
      FloatVector r = FloatVector.fromArray(F, w, wOffset + j + 2 * LANES);
      va.fma(d, r).intoArray(w, wOffset + j + 2 * LANES);
      s2 = d.fma(r, s2);
    }
    int partial = (out - j) / LANES;
    int k = j + partial * LANES;
    if (k < out) {
      FloatVector d = FloatVector.zero(F).withLane(0, dy[dyOffset + k]);
      FloatVector r = FloatVector.zero(F).withLane(0, w[wOffset + k]);
      if (PARTS) {
        VectorMask<Float> mask = F.indexInRange(k, out);
        d = FloatVector.fromArray(F, dy, dyOffset + k, mask);
        r = FloatVector.fromArray(F, w, wOffset + k, mask);
        va.fma(d, r).intoArray(w, wOffset + k, mask);
      } else {
        if (k + 1 < out) {
          d = d.withLane(1, dy[dyOffset + k + 1]);
          r = r.withLane(1, w[wOffset + k + 1]);
        }
        if (k + 2 < out) {
          d = d.withLane(2, dy[dyOffset + k + 2]);
          r = r.withLane(2, w[wOffset + k + 2]);
        }
        for (; k < out; k++) {
          w[wOffset + k] = fma(ax, dy[dyOffset + k], w[wOffset + k]);
        }
      }
      if (LANES == 16 || partial == 0) {
        s0 = d.fma(r, s0);
      } else if (LANES == 8 || partial == 1) {
        s1 = d.fma(r, s1);
      } else if (partial == 2) {
        s2 = d.fma(r, s2);
      } else {
        s3 = d.fma(r, s3);
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
}
