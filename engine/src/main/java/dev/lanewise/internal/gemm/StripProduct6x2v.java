package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import jdk.incubator.vector.FloatVector;

/** A tile of 6 rows x 2 vectors of {@code c = c + a b}, on a strip {@code b}. */
final class StripProduct6x2v {
  private StripProduct6x2v() {}

  /** Continues {@code depth} steps of the chains in {@code c}. */
  static void run(
      int depth,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
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
    FloatVector s00 = FloatVector.fromArray(F, c, c0);
    FloatVector s01 = FloatVector.fromArray(F, c, c0 + LANES);
    FloatVector s10 = FloatVector.fromArray(F, c, c1);
    FloatVector s11 = FloatVector.fromArray(F, c, c1 + LANES);
    FloatVector s20 = FloatVector.fromArray(F, c, c2);
    FloatVector s21 = FloatVector.fromArray(F, c, c2 + LANES);
    FloatVector s30 = FloatVector.fromArray(F, c, c3);
    FloatVector s31 = FloatVector.fromArray(F, c, c3 + LANES);
    FloatVector s40 = FloatVector.fromArray(F, c, c4);
    FloatVector s41 = FloatVector.fromArray(F, c, c4 + LANES);
    FloatVector s50 = FloatVector.fromArray(F, c, c5);
    FloatVector s51 = FloatVector.fromArray(F, c, c5 + LANES);
    for (int k = 0; k < depth; k++) {
      int bk = bOffset + k * (2 * LANES);
      FloatVector b0 = FloatVector.fromArray(F, b, bk);
      FloatVector b1 = FloatVector.fromArray(F, b, bk + LANES);
      FloatVector x0 = FloatVector.broadcast(F, a[a0 + k]);
      s00 = x0.fma(b0, s00);
      s01 = x0.fma(b1, s01);
      FloatVector x1 = FloatVector.broadcast(F, a[a1 + k]);
      s10 = x1.fma(b0, s10);
      s11 = x1.fma(b1, s11);
      FloatVector x2 = FloatVector.broadcast(F, a[a2 + k]);
      s20 = x2.fma(b0, s20);
      s21 = x2.fma(b1, s21);
      FloatVector x3 = FloatVector.broadcast(F, a[a3 + k]);
      s30 = x3.fma(b0, s30);
      s31 = x3.fma(b1, s31);
      FloatVector x4 = FloatVector.broadcast(F, a[a4 + k]);
      s40 = x4.fma(b0, s40);
      s41 = x4.fma(b1, s41);
      FloatVector x5 = FloatVector.broadcast(F, a[a5 + k]);
      s50 = x5.fma(b0, s50);
      s51 = x5.fma(b1, s51);
    }
    s00.add(0f).intoArray(c, c0);
    s01.add(0f).intoArray(c, c0 + LANES);
    s10.add(0f).intoArray(c, c1);
    s11.add(0f).intoArray(c, c1 + LANES);
    s20.add(0f).intoArray(c, c2);
    s21.add(0f).intoArray(c, c2 + LANES);
    s30.add(0f).intoArray(c, c3);
    s31.add(0f).intoArray(c, c3 + LANES);
    s40.add(0f).intoArray(c, c4);
    s41.add(0f).intoArray(c, c4 + LANES);
    s50.add(0f).intoArray(c, c5);
    s51.add(0f).intoArray(c, c5 + LANES);
  }
}
