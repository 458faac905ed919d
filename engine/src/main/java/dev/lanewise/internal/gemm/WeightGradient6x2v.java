package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import jdk.incubator.vector.FloatVector;

/** A tile of 6 rows x 2 vectors of {@code c = c + factor aT b}. */
final class WeightGradient6x2v {
  private WeightGradient6x2v() {}

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
    FloatVector s10 = zero;
    FloatVector s11 = zero;
    FloatVector s20 = zero;
    FloatVector s21 = zero;
    FloatVector s30 = zero;
    FloatVector s31 = zero;
    FloatVector s40 = zero;
    FloatVector s41 = zero;
    FloatVector s50 = zero;
    FloatVector s51 = zero;
    int ak = aOffset;
    int bk = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(F, b, bk);
      FloatVector b1 = FloatVector.fromArray(F, b, bk + LANES);
      FloatVector x0 = FloatVector.broadcast(F, a[ak]);
      s00 = x0.fma(b0, s00);
      s01 = x0.fma(b1, s01);
      FloatVector x1 = FloatVector.broadcast(F, a[ak + 1]);
      s10 = x1.fma(b0, s10);
      s11 = x1.fma(b1, s11);
      FloatVector x2 = FloatVector.broadcast(F, a[ak + 2]);
      s20 = x2.fma(b0, s20);
      s21 = x2.fma(b1, s21);
      FloatVector x3 = FloatVector.broadcast(F, a[ak + 3]);
      s30 = x3.fma(b0, s30);
      s31 = x3.fma(b1, s31);
      FloatVector x4 = FloatVector.broadcast(F, a[ak + 4]);
      s40 = x4.fma(b0, s40);
      s41 = x4.fma(b1, s41);
      FloatVector x5 = FloatVector.broadcast(F, a[ak + 5]);
      s50 = x5.fma(b0, s50);
      s51 = x5.fma(b1, s51);
      ak += lda;
      bk += ldb;
    }
    FloatVector f = FloatVector.broadcast(F, factor);
    s00.fma(f, FloatVector.fromArray(F, c, c0)).intoArray(c, c0);
    s01.fma(f, FloatVector.fromArray(F, c, c0 + LANES)).intoArray(c, c0 + LANES);
    s10.fma(f, FloatVector.fromArray(F, c, c1)).intoArray(c, c1);
    s11.fma(f, FloatVector.fromArray(F, c, c1 + LANES)).intoArray(c, c1 + LANES);
    s20.fma(f, FloatVector.fromArray(F, c, c2)).intoArray(c, c2);
    s21.fma(f, FloatVector.fromArray(F, c, c2 + LANES)).intoArray(c, c2 + LANES);
    s30.fma(f, FloatVector.fromArray(F, c, c3)).intoArray(c, c3);
    s31.fma(f, FloatVector.fromArray(F, c, c3 + LANES)).intoArray(c, c3 + LANES);
    s40.fma(f, FloatVector.fromArray(F, c, c4)).intoArray(c, c4);
    s41.fma(f, FloatVector.fromArray(F, c, c4 + LANES)).intoArray(c, c4 + LANES);
    s50.fma(f, FloatVector.fromArray(F, c, c5)).intoArray(c, c5);
    s51.fma(f, FloatVector.fromArray(F, c, c5 + LANES)).intoArray(c, c5 + LANES);
  }
}
