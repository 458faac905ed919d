package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import jdk.incubator.vector.FloatVector;

/** A tile of up to 4 rows x 4 vectors of {@code c = c + a b}. */
final class Product4x4v {
  private Product4x4v() {}

  /**
   * Continues {@code depth} steps of the chains in {@code c}.
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
      float[] c,
      int cOffset,
      int ldc) {
    int a0 = aOffset;
    int c0 = cOffset;
    int r1 = Math.min(1, rows - 1);
    int a1 = aOffset + r1 * lda;
    int c1 = cOffset + r1 * ldc;
    int r2 = Math.min(2, rows - 1);
    int a2 = aOffset + r2 * lda;
    int c2 = cOffset + r2 * ldc;
    int r3 = Math.min(3, rows - 1);
    int a3 = aOffset + r3 * lda;
    int c3 = cOffset + r3 * ldc;
    FloatVector s00 = FloatVector.fromArray(F, c, c0);
    FloatVector s01 = FloatVector.fromArray(F, c, c0 + LANES);
    FloatVector s02 = FloatVector.fromArray(F, c, c0 + 2 * LANES);
    FloatVector s03 = FloatVector.fromArray(F, c, c0 + 3 * LANES);
    FloatVector s10 = FloatVector.fromArray(F, c, c1);
    FloatVector s11 = FloatVector.fromArray(F, c, c1 + LANES);
    FloatVector s12 = FloatVector.fromArray(F, c, c1 + 2 * LANES);
    FloatVector s13 = FloatVector.fromArray(F, c, c1 + 3 * LANES);
    FloatVector s20 = FloatVector.fromArray(F, c, c2);
    FloatVector s21 = FloatVector.fromArray(F, c, c2 + LANES);
    FloatVector s22 = FloatVector.fromArray(F, c, c2 + 2 * LANES);
    FloatVector s23 = FloatVector.fromArray(F, c, c2 + 3 * LANES);
    FloatVector s30 = FloatVector.fromArray(F, c, c3);
    FloatVector s31 = FloatVector.fromArray(F, c, c3 + LANES);
    FloatVector s32 = FloatVector.fromArray(F, c, c3 + 2 * LANES);
    FloatVector s33 = FloatVector.fromArray(F, c, c3 + 3 * LANES);
    for (int k = 0; k < depth; k++) {
      int bk = bOffset + k * ldb;
      FloatVector b0 = FloatVector.fromArray(F, b, bk);
      FloatVector b1 = FloatVector.fromArray(F, b, bk + LANES);
      FloatVector b2 = FloatVector.fromArray(F, b, bk + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(F, b, bk + 3 * LANES);
      FloatVector x0 = FloatVector.broadcast(F, a[a0 + k]);
      s00 = x0.fma(b0, s00);
      s01 = x0.fma(b1, s01);
      s02 = x0.fma(b2, s02);
      s03 = x0.fma(b3, s03);
      FloatVector x1 = FloatVector.broadcast(F, a[a1 + k]);
      s10 = x1.fma(b0, s10);
      s11 = x1.fma(b1, s11);
      s12 = x1.fma(b2, s12);
      s13 = x1.fma(b3, s13);
      FloatVector x2 = FloatVector.broadcast(F, a[a2 + k]);
      s20 = x2.fma(b0, s20);
      s21 = x2.fma(b1, s21);
      s22 = x2.fma(b2, s22);
      s23 = x2.fma(b3, s23);
      FloatVector x3 = FloatVector.broadcast(F, a[a3 + k]);
      s30 = x3.fma(b0, s30);
      s31 = x3.fma(b1, s31);
      s32 = x3.fma(b2, s32);
      s33 = x3.fma(b3, s33);
    }
    s00.add(0f).intoArray(c, c0);
    s01.add(0f).intoArray(c, c0 + LANES);
    s02.add(0f).intoArray(c, c0 + 2 * LANES);
    s03.add(0f).intoArray(c, c0 + 3 * LANES);
    s10.add(0f).intoArray(c, c1);
    s11.add(0f).intoArray(c, c1 + LANES);
    s12.add(0f).intoArray(c, c1 + 2 * LANES);
    s13.add(0f).intoArray(c, c1 + 3 * LANES);
    s20.add(0f).intoArray(c, c2);
    s21.add(0f).intoArray(c, c2 + LANES);
    s22.add(0f).intoArray(c, c2 + 2 * LANES);
    s23.add(0f).intoArray(c, c2 + 3 * LANES);
    s30.add(0f).intoArray(c, c3);
    s31.add(0f).intoArray(c, c3 + LANES);
    s32.add(0f).intoArray(c, c3 + 2 * LANES);
    s33.add(0f).intoArray(c, c3 + 3 * LANES);
  }
}
