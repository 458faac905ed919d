package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import jdk.incubator.vector.FloatVector;

/** A tile of 6 rows x 4 vectors of {@code c = c + factor aT b}. */
final class WeightGradient6x4v {
  private WeightGradient6x4v() {}

  /** Sums over {@code depth} rows of {@code a} and {@code b}, from 0, and adds a multiple. */
  static void run(
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
    int c1 = c0 + ldc;
    int c2 = c1 + ldc;
    int c3 = c2 + ldc;
    int c4 = c3 + ldc;
    int c5 = c4 + ldc;
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
    FloatVector s40 = zero;
    FloatVector s41 = zero;
    FloatVector s42 = zero;
    FloatVector s43 = zero;
    FloatVector s50 = zero;
    FloatVector s51 = zero;
    FloatVector s52 = zero;
    FloatVector s53 = zero;
    int ak = aOffset;
    int bk = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(F, b, bk);
      FloatVector b1 = FloatVector.fromArray(F, b, bk + LANES);
      FloatVector b2 = FloatVector.fromArray(F, b, bk + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(F, b, bk + 3 * LANES);
      FloatVector x0 = FloatVector.broadcast(F, a[ak]);
      s00 = x0.fma(b0, s00);
      s01 = x0.fma(b1, s01);
      s02 = x0.fma(b2, s02);
      s03 = x0.fma(b3, s03);
      FloatVector x1 = FloatVector.broadcast(F, a[ak + 1]);
      s10 = x1.fma(b0, s10);
      s11 = x1.fma(b1, s11);
      s12 = x1.fma(b2, s12);
      s13 = x1.fma(b3, s13);
      FloatVector x2 = FloatVector.broadcast(F, a[ak + 2]);
      s20 = x2.fma(b0, s20);
      s21 = x2.fma(b1, s21);
      s22 = x2.fma(b2, s22);
      s23 = x2.fma(b3, s23);
      FloatVector x3 = FloatVector.broadcast(F, a[ak + 3]);
      s30 = x3.fma(b0, s30);
      s31 = x3.fma(b1, s31);
      s32 = x3.fma(b2, s32);
      s33 = x3.fma(b3, s33);
      FloatVector x4 = FloatVector.broadcast(F, a[ak + 4]);
      s40 = x4.fma(b0, s40);
      s41 = x4.fma(b1, s41);
      s42 = x4.fma(b2, s42);
      s43 = x4.fma(b3, s43);
      FloatVector x5 = FloatVector.broadcast(F, a[ak + 5]);
      s50 = x5.fma(b0, s50);
      s51 = x5.fma(b1, s51);
      s52 = x5.fma(b2, s52);
      s53 = x5.fma(b3, s53);
      ak += lda;
      bk += ldb;
    }
    FloatVector f = FloatVector.broadcast(F, factor);
    s00.fma(f, FloatVector.fromArray(F, c, c0)).intoArray(c, c0);
    s01.fma(f, FloatVector.fromArray(F, c, c0 + LANES)).intoArray(c, c0 + LANES);
    s02.fma(f, FloatVector.fromArray(F, c, c0 + 2 * LANES)).intoArray(c, c0 + 2 * LANES);
    s03.fma(f, FloatVector.fromArray(F, c, c0 + 3 * LANES)).intoArray(c, c0 + 3 * LANES);
    s10.fma(f, FloatVector.fromArray(F, c, c1)).intoArray(c, c1);
    s11.fma(f, FloatVector.fromArray(F, c, c1 + LANES)).intoArray(c, c1 + LANES);
    s12.fma(f, FloatVector.fromArray(F, c, c1 + 2 * LANES)).intoArray(c, c1 + 2 * LANES);
    s13.fma(f, FloatVector.fromArray(F, c, c1 + 3 * LANES)).intoArray(c, c1 + 3 * LANES);
    s20.fma(f, FloatVector.fromArray(F, c, c2)).intoArray(c, c2);
    s21.fma(f, FloatVector.fromArray(F, c, c2 + LANES)).intoArray(c, c2 + LANES);
    s22.fma(f, FloatVector.fromArray(F, c, c2 + 2 * LANES)).intoArray(c, c2 + 2 * LANES);
    s23.fma(f, FloatVector.fromArray(F, c, c2 + 3 * LANES)).intoArray(c, c2 + 3 * LANES);
    s30.fma(f, FloatVector.fromArray(F, c, c3)).intoArray(c, c3);
    s31.fma(f, FloatVector.fromArray(F, c, c3 + LANES)).intoArray(c, c3 + LANES);
    s32.fma(f, FloatVector.fromArray(F, c, c3 + 2 * LANES)).intoArray(c, c3 + 2 * LANES);
    s33.fma(f, FloatVector.fromArray(F, c, c3 + 3 * LANES)).intoArray(c, c3 + 3 * LANES);
    s40.fma(f, FloatVector.fromArray(F, c, c4)).intoArray(c, c4);
    s41.fma(f, FloatVector.fromArray(F, c, c4 + LANES)).intoArray(c, c4 + LANES);
    s42.fma(f, FloatVector.fromArray(F, c, c4 + 2 * LANES)).intoArray(c, c4 + 2 * LANES);
    s43.fma(f, FloatVector.fromArray(F, c, c4 + 3 * LANES)).intoArray(c, c4 + 3 * LANES);
    s50.fma(f, FloatVector.fromArray(F, c, c5)).intoArray(c, c5);
    s51.fma(f, FloatVector.fromArray(F, c, c5 + LANES)).intoArray(c, c5 + LANES);
    s52.fma(f, FloatVector.fromArray(F, c, c5 + 2 * LANES)).intoArray(c, c5 + 2 * LANES);
    s53.fma(f, FloatVector.fromArray(F, c, c5 + 3 * LANES)).intoArray(c, c5 + 3 * LANES);
  }
}
