package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.Lanes.F;

import jdk.incubator.vector.FloatVector;

/** A tile of 8 rows x 1 vector of {@code c = c + factor aT b}. */
final class WeightGradient8x1v {
  private WeightGradient8x1v() {}

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
    int c6 = c5 + ldc;
    int c7 = c6 + ldc;
    FloatVector zero = FloatVector.zero(F);
    FloatVector s00 = zero;
    FloatVector s10 = zero;
    FloatVector s20 = zero;
    FloatVector s30 = zero;
    FloatVector s40 = zero;
    FloatVector s50 = zero;
    FloatVector s60 = zero;
    FloatVector s70 = zero;
    for (int k = 0; k < depth; k++) {
      int ak = aOffset + k * lda;
      int bk = bOffset + k * ldb;
      FloatVector b0 = FloatVector.fromArray(F, b, bk);
      FloatVector x0 = FloatVector.broadcast(F, a[ak]);
      s00 = x0.fma(b0, s00);
      FloatVector x1 = FloatVector.broadcast(F, a[ak + 1]);
      s10 = x1.fma(b0, s10);
      FloatVector x2 = FloatVector.broadcast(F, a[ak + 2]);
      s20 = x2.fma(b0, s20);
      FloatVector x3 = FloatVector.broadcast(F, a[ak + 3]);
      s30 = x3.fma(b0, s30);
      FloatVector x4 = FloatVector.broadcast(F, a[ak + 4]);
      s40 = x4.fma(b0, s40);
      FloatVector x5 = FloatVector.broadcast(F, a[ak + 5]);
      s50 = x5.fma(b0, s50);
      FloatVector x6 = FloatVector.broadcast(F, a[ak + 6]);
      s60 = x6.fma(b0, s60);
      FloatVector x7 = FloatVector.broadcast(F, a[ak + 7]);
      s70 = x7.fma(b0, s70);
    }
    FloatVector f = FloatVector.broadcast(F, factor);
    s00.fma(f, FloatVector.fromArray(F, c, c0)).intoArray(c, c0);
    s10.fma(f, FloatVector.fromArray(F, c, c1)).intoArray(c, c1);
    s20.fma(f, FloatVector.fromArray(F, c, c2)).intoArray(c, c2);
    s30.fma(f, FloatVector.fromArray(F, c, c3)).intoArray(c, c3);
    s40.fma(f, FloatVector.fromArray(F, c, c4)).intoArray(c, c4);
    s50.fma(f, FloatVector.fromArray(F, c, c5)).intoArray(c, c5);
    s60.fma(f, FloatVector.fromArray(F, c, c6)).intoArray(c, c6);
    s70.fma(f, FloatVector.fromArray(F, c, c7)).intoArray(c, c7);
  }
}
