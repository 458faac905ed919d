package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import jdk.incubator.vector.FloatVector;

/** A tile of up to 4 rows x 4 vectors of {@code c = c + factor aT b}. */
final class WeightGradient4x4v {
  private WeightGradient4x4v() {}

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
    FloatVector s02 = zero;
    FloatVector s03 = zero;
    FloatVector s10 = zero;
    FloatVector s11 = zero;
    FloatVector s12 = zero;
    FloatVector s13 = zero;
    FloatVector s20 = zero;
    FloatVector s21 = zero;
    FloatVector s22 = zero;
    FloatVector s23 = zero;
    FloatVector s30 = zero;
    FloatVector s31 = zero;
    FloatVector s32 = zero;
    FloatVector s33 = zero;
    for (int k = 0; k < depth; k++) {
      int ak = k * lda;
      int bk = bOffset + k * ldb;
      FloatVector b0 = FloatVector.fromArray(F, b, bk);
      FloatVector b1 = FloatVector.fromArray(F, b, bk + LANES);
      FloatVector b2 = FloatVector.fromArray(F, b, bk + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(F, b, bk + 3 * LANES);
      FloatVector x0 = FloatVector.broadcast(F, a[aOffset + ak]);
      s00 = x0.fma(b0, s00);
      s01 = x0.fma(b1, s01);
      s02 = x0.fma(b2, s02);
      s03 = x0.fma(b3, s03);
      FloatVector x1 = FloatVector.broadcast(F, a[a1 + ak]);
      s10 = x1.fma(b0, s10);
      s11 = x1.fma(b1, s11);
      s12 = x1.fma(b2, s12);
      s13 = x1.fma(b3, s13);
      FloatVector x2 = FloatVector.broadcast(F, a[a2 + ak]);
      s20 = x2.fma(b0, s20);
      s21 = x2.fma(b1, s21);
      s22 = x2.fma(b2, s22);
      s23 = x2.fma(b3, s23);
      FloatVector x3 = FloatVector.broadcast(F, a[a3 + ak]);
      s30 = x3.fma(b0, s30);
      s31 = x3.fma(b1, s31);
      s32 = x3.fma(b2, s32);
      s33 = x3.fma(b3, s33);
    }
    FloatVector f = FloatVector.broadcast(F, factor);
    s00 = s00.fma(f, FloatVector.fromArray(F, c, c0));
    s01 = s01.fma(f, FloatVector.fromArray(F, c, c0 + LANES));
    s02 = s02.fma(f, FloatVector.fromArray(F, c, c0 + 2 * LANES));
    s03 = s03.fma(f, FloatVector.fromArray(F, c, c0 + 3 * LANES));
    s10 = s10.fma(f, FloatVector.fromArray(F, c, c1));
    s11 = s11.fma(f, FloatVector.fromArray(F, c, c1 + LANES));
    s12 = s12.fma(f, FloatVector.fromArray(F, c, c1 + 2 * LANES));
    s13 = s13.fma(f, FloatVector.fromArray(F, c, c1 + 3 * LANES));
    s20 = s20.fma(f, FloatVector.fromArray(F, c, c2));
    s21 = s21.fma(f, FloatVector.fromArray(F, c, c2 + LANES));
    s22 = s22.fma(f, FloatVector.fromArray(F, c, c2 + 2 * LANES));
    s23 = s23.fma(f, FloatVector.fromArray(F, c, c2 + 3 * LANES));
    s30 = s30.fma(f, FloatVector.fromArray(F, c, c3));
    s31 = s31.fma(f, FloatVector.fromArray(F, c, c3 + LANES));
    s32 = s32.fma(f, FloatVector.fromArray(F, c, c3 + 2 * LANES));
    s33 = s33.fma(f, FloatVector.fromArray(F, c, c3 + 3 * LANES));
    s00.intoArray(c, c0);
    s01.intoArray(c, c0 + LANES);
    s02.intoArray(c, c0 + 2 * LANES);
    s03.intoArray(c, c0 + 3 * LANES);
    s10.intoArray(c, c1);
    s11.intoArray(c, c1 + LANES);
    s12.intoArray(c, c1 + 2 * LANES);
    s13.intoArray(c, c1 + 3 * LANES);
    s20.intoArray(c, c2);
    s21.intoArray(c, c2 + LANES);
    s22.intoArray(c, c2 + 2 * LANES);
    s23.intoArray(c, c2 + 3 * LANES);
    s30.intoArray(c, c3);
    s31.intoArray(c, c3 + LANES);
    s32.intoArray(c, c3 + 2 * LANES);
    s33.intoArray(c, c3 + 3 * LANES);
  }
}
