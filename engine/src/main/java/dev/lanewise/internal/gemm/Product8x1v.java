package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.Lanes.F;

import jdk.incubator.vector.FloatVector;

/** A tile of 8 rows x 1 vector of {@code c = c + a b}. */
final class Product8x1v {
  private Product8x1v() {}

  /** Continues {@code depth} steps of the chains in {@code c}. */
  static void run(
      int depth,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float[] c,
      int cOffset,
      int ldc) {
    int a0 = aOffset;
    int c0 = cOffset;
    int a1 = a0 + lda;
    int c1 = c0 + ldc;
    int a2 = a1 + lda;
    int c2 = c1 + ldc;
    int a3 = a2 + lda;
    int c3 = c2 + ldc;
    int a4 = a3 + lda;
    int c4 = c3 + ldc;
    int a5 = a4 + lda;
    int c5 = c4 + ldc;
    int a6 = a5 + lda;
    int c6 = c5 + ldc;
    int a7 = a6 + lda;
    int c7 = c6 + ldc;
    FloatVector s00 = FloatVector.fromArray(F, c, c0);
    FloatVector s10 = FloatVector.fromArray(F, c, c1);
    FloatVector s20 = FloatVector.fromArray(F, c, c2);
    FloatVector s30 = FloatVector.fromArray(F, c, c3);
    FloatVector s40 = FloatVector.fromArray(F, c, c4);
    FloatVector s50 = FloatVector.fromArray(F, c, c5);
    FloatVector s60 = FloatVector.fromArray(F, c, c6);
    FloatVector s70 = FloatVector.fromArray(F, c, c7);
    for (int k = 0; k < depth; k++) {
      int bk = bOffset + k * ldb;
      FloatVector b0 = FloatVector.fromArray(F, b, bk);
      FloatVector x0 = FloatVector.broadcast(F, a[a0 + k]);
      s00 = x0.fma(b0, s00);
      FloatVector x1 = FloatVector.broadcast(F, a[a1 + k]);
      s10 = x1.fma(b0, s10);
      FloatVector x2 = FloatVector.broadcast(F, a[a2 + k]);
      s20 = x2.fma(b0, s20);
      FloatVector x3 = FloatVector.broadcast(F, a[a3 + k]);
      s30 = x3.fma(b0, s30);
      FloatVector x4 = FloatVector.broadcast(F, a[a4 + k]);
      s40 = x4.fma(b0, s40);
      FloatVector x5 = FloatVector.broadcast(F, a[a5 + k]);
      s50 = x5.fma(b0, s50);
      FloatVector x6 = FloatVector.broadcast(F, a[a6 + k]);
      s60 = x6.fma(b0, s60);
      FloatVector x7 = FloatVector.broadcast(F, a[a7 + k]);
      s70 = x7.fma(b0, s70);
    }
    s00.add(0f).intoArray(c, c0);
    s10.add(0f).intoArray(c, c1);
    s20.add(0f).intoArray(c, c2);
    s30.add(0f).intoArray(c, c3);
    s40.add(0f).intoArray(c, c4);
    s50.add(0f).intoArray(c, c5);
    s60.add(0f).intoArray(c, c6);
    s70.add(0f).intoArray(c, c7);
  }
}
