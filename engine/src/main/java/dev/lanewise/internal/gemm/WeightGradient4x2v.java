package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import jdk.incubator.vector.FloatVector;

/** A tile of up to 4 rows x 2 vectors of {@code c = c + factor aT b}. */
final class WeightGradient4x2v {
  private WeightGradient4x2v() {}

  /**
   * Sums over {@code depth} rows of {@code a} and {@code b}, from 0, and adds a multiple.
   *
   * <p>With fewer than 4 rows the last one is computed more than once, and stored with the same
   * value each time: that costs less than a loop over rows would.
   */
  static void run(
      int rows,
      int depth,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float factor,
      float[] c,
      int cOffset,
      int ldc) {
    int c0 = cOffset;
    int r1 = Math.min(1, rows - 1);
    int a1 = aOffset + r1;
    int c1 = cOffset + r1 * ldc;
    int r2 = Math.min(2, rows - 1);
    int a2 = aOffset + r2;
    int c2 = cOffset + r2 * ldc;
    int r3 = Math.min(3, rows - 1);
    int a3 = aOffset + r3;
    int c3 = cOffset + r3 * ldc;
    FloatVector zero = FloatVector.zero(F);
    FloatVector s00 = zero;
    FloatVector s01 = zero;
    FloatVector s10 = zero;
    FloatVector s11 = zero;
    FloatVector s20 = zero;
    FloatVector s21 = zero;
    FloatVector s30 = zero;
    FloatVector s31 = zero;
    for (int k = 0; k < depth; k++) {
      int ak = k * lda;
      int bk = bOffset + k * ldb;
      FloatVector b0 = FloatVector.fromArray(F, b, bk);
      FloatVector b1 = FloatVector.fromArray(F, b, bk + LANES);
      FloatVector x0 = FloatVector.broadcast(F, a[aOffset + ak]);
      s00 = x0.fma(b0, s00);
      s01 = x0.fma(b1, s01);
      FloatVector x1 = FloatVector.broadcast(F, a[a1 + ak]);
      s10 = x1.fma(b0, s10);
      s11 = x1.fma(b1, s11);
      FloatVector x2 = FloatVector.broadcast(F, a[a2 + ak]);
      s20 = x2.fma(b0, s20);
      s21 = x2.fma(b1, s21);
      FloatVector x3 = FloatVector.broadcast(F, a[a3 + ak]);
      s30 = x3.fma(b0, s30);
      s31 = x3.fma(b1, s31);
    }
    FloatVector f = FloatVector.broadcast(F, factor);
    s00 = s00.fma(f, FloatVector.fromArray(F, c, c0));
    s01 = s01.fma(f, FloatVector.fromArray(F, c, c0 + LANES));
    s10 = s10.fma(f, FloatVector.fromArray(F, c, c1));
    s11 = s11.fma(f, FloatVector.fromArray(F, c, c1 + LANES));
    s20 = s20.fma(f, FloatVector.fromArray(F, c, c2));
    s21 = s21.fma(f, FloatVector.fromArray(F, c, c2 + LANES));
    s30 = s30.fma(f, FloatVector.fromArray(F, c, c3));
    s31 = s31.fma(f, FloatVector.fromArray(F, c, c3 + LANES));
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + LANES);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + LANES);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + LANES);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + LANES);
  }
}
