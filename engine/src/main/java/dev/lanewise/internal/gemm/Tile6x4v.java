package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import jdk.incubator.vector.FloatVector;

/** A tile of up to 6 rows x 4 vectors of {@code c}: 24 sums in local variables over the depth. */
final class Tile6x4v {
  private Tile6x4v() {}

  /**
   * Computes {@code c = base + factor (from + a b)}, where {@code from + a b} is one chain.
   *
   * <p>With fewer than 6 rows the last one is computed more than once, and stored with the same
   * value each time: that costs less than a loop over rows would.
   */
  static void run(
      int rows,
      int depth,
      float[] a,
      int aOffset,
      int aRow,
      int aStep,
      float[] b,
      int bOffset,
      int ldb,
      float[] from,
      int fromOffset,
      int ldfrom,
      float factor,
      float[] base,
      int baseOffset,
      int ldbase,
      float[] c,
      int cOffset,
      int ldc) {
    int c0 = cOffset;
    int a0 = aOffset;
    int r1 = Math.min(1, rows - 1);
    int c1 = cOffset + r1 * ldc;
    int a1 = aOffset + r1 * aRow;
    int r2 = Math.min(2, rows - 1);
    int c2 = cOffset + r2 * ldc;
    int a2 = aOffset + r2 * aRow;
    int r3 = Math.min(3, rows - 1);
    int c3 = cOffset + r3 * ldc;
    int a3 = aOffset + r3 * aRow;
    int r4 = Math.min(4, rows - 1);
    int c4 = cOffset + r4 * ldc;
    int a4 = aOffset + r4 * aRow;
    int r5 = Math.min(5, rows - 1);
    int c5 = cOffset + r5 * ldc;
    int a5 = aOffset + r5 * aRow;
    FloatVector s00 = FloatVector.fromArray(F, from, fromOffset);
    FloatVector s01 = FloatVector.fromArray(F, from, fromOffset + LANES);
    FloatVector s02 = FloatVector.fromArray(F, from, fromOffset + 2 * LANES);
    FloatVector s03 = FloatVector.fromArray(F, from, fromOffset + 3 * LANES);
    FloatVector s10 = FloatVector.fromArray(F, from, fromOffset + r1 * ldfrom);
    FloatVector s11 = FloatVector.fromArray(F, from, fromOffset + r1 * ldfrom + LANES);
    FloatVector s12 = FloatVector.fromArray(F, from, fromOffset + r1 * ldfrom + 2 * LANES);
    FloatVector s13 = FloatVector.fromArray(F, from, fromOffset + r1 * ldfrom + 3 * LANES);
    FloatVector s20 = FloatVector.fromArray(F, from, fromOffset + r2 * ldfrom);
    FloatVector s21 = FloatVector.fromArray(F, from, fromOffset + r2 * ldfrom + LANES);
    FloatVector s22 = FloatVector.fromArray(F, from, fromOffset + r2 * ldfrom + 2 * LANES);
    FloatVector s23 = FloatVector.fromArray(F, from, fromOffset + r2 * ldfrom + 3 * LANES);
    FloatVector s30 = FloatVector.fromArray(F, from, fromOffset + r3 * ldfrom);
    FloatVector s31 = FloatVector.fromArray(F, from, fromOffset + r3 * ldfrom + LANES);
    FloatVector s32 = FloatVector.fromArray(F, from, fromOffset + r3 * ldfrom + 2 * LANES);
    FloatVector s33 = FloatVector.fromArray(F, from, fromOffset + r3 * ldfrom + 3 * LANES);
    FloatVector s40 = FloatVector.fromArray(F, from, fromOffset + r4 * ldfrom);
    FloatVector s41 = FloatVector.fromArray(F, from, fromOffset + r4 * ldfrom + LANES);
    FloatVector s42 = FloatVector.fromArray(F, from, fromOffset + r4 * ldfrom + 2 * LANES);
    FloatVector s43 = FloatVector.fromArray(F, from, fromOffset + r4 * ldfrom + 3 * LANES);
    FloatVector s50 = FloatVector.fromArray(F, from, fromOffset + r5 * ldfrom);
    FloatVector s51 = FloatVector.fromArray(F, from, fromOffset + r5 * ldfrom + LANES);
    FloatVector s52 = FloatVector.fromArray(F, from, fromOffset + r5 * ldfrom + 2 * LANES);
    FloatVector s53 = FloatVector.fromArray(F, from, fromOffset + r5 * ldfrom + 3 * LANES);
    for (int k = 0; k < depth; k++) {
      int ak = k * aStep;
      int bk = bOffset + k * ldb;
      FloatVector b0 = FloatVector.fromArray(F, b, bk);
      FloatVector b1 = FloatVector.fromArray(F, b, bk + LANES);
      FloatVector b2 = FloatVector.fromArray(F, b, bk + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(F, b, bk + 3 * LANES);
      FloatVector x0 = FloatVector.broadcast(F, a[a0 + ak]);
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
      FloatVector x4 = FloatVector.broadcast(F, a[a4 + ak]);
      s40 = x4.fma(b0, s40);
      s41 = x4.fma(b1, s41);
      s42 = x4.fma(b2, s42);
      s43 = x4.fma(b3, s43);
      FloatVector x5 = FloatVector.broadcast(F, a[a5 + ak]);
      s50 = x5.fma(b0, s50);
      s51 = x5.fma(b1, s51);
      s52 = x5.fma(b2, s52);
      s53 = x5.fma(b3, s53);
    }
    FloatVector f = FloatVector.broadcast(F, factor);
    s00 = s00.fma(f, FloatVector.fromArray(F, base, baseOffset));
    s01 = s01.fma(f, FloatVector.fromArray(F, base, baseOffset + LANES));
    s02 = s02.fma(f, FloatVector.fromArray(F, base, baseOffset + 2 * LANES));
    s03 = s03.fma(f, FloatVector.fromArray(F, base, baseOffset + 3 * LANES));
    s10 = s10.fma(f, FloatVector.fromArray(F, base, baseOffset + r1 * ldbase));
    s11 = s11.fma(f, FloatVector.fromArray(F, base, baseOffset + r1 * ldbase + LANES));
    s12 = s12.fma(f, FloatVector.fromArray(F, base, baseOffset + r1 * ldbase + 2 * LANES));
    s13 = s13.fma(f, FloatVector.fromArray(F, base, baseOffset + r1 * ldbase + 3 * LANES));
    s20 = s20.fma(f, FloatVector.fromArray(F, base, baseOffset + r2 * ldbase));
    s21 = s21.fma(f, FloatVector.fromArray(F, base, baseOffset + r2 * ldbase + LANES));
    s22 = s22.fma(f, FloatVector.fromArray(F, base, baseOffset + r2 * ldbase + 2 * LANES));
    s23 = s23.fma(f, FloatVector.fromArray(F, base, baseOffset + r2 * ldbase + 3 * LANES));
    s30 = s30.fma(f, FloatVector.fromArray(F, base, baseOffset + r3 * ldbase));
    s31 = s31.fma(f, FloatVector.fromArray(F, base, baseOffset + r3 * ldbase + LANES));
    s32 = s32.fma(f, FloatVector.fromArray(F, base, baseOffset + r3 * ldbase + 2 * LANES));
    s33 = s33.fma(f, FloatVector.fromArray(F, base, baseOffset + r3 * ldbase + 3 * LANES));
    s40 = s40.fma(f, FloatVector.fromArray(F, base, baseOffset + r4 * ldbase));
    s41 = s41.fma(f, FloatVector.fromArray(F, base, baseOffset + r4 * ldbase + LANES));
    s42 = s42.fma(f, FloatVector.fromArray(F, base, baseOffset + r4 * ldbase + 2 * LANES));
    s43 = s43.fma(f, FloatVector.fromArray(F, base, baseOffset + r4 * ldbase + 3 * LANES));
    s50 = s50.fma(f, FloatVector.fromArray(F, base, baseOffset + r5 * ldbase));
    s51 = s51.fma(f, FloatVector.fromArray(F, base, baseOffset + r5 * ldbase + LANES));
    s52 = s52.fma(f, FloatVector.fromArray(F, base, baseOffset + r5 * ldbase + 2 * LANES));
    s53 = s53.fma(f, FloatVector.fromArray(F, base, baseOffset + r5 * ldbase + 3 * LANES));
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
    s40.intoArray(c, c4);
    s41.intoArray(c, c4 + LANES);
    s42.intoArray(c, c4 + 2 * LANES);
    s43.intoArray(c, c4 + 3 * LANES);
    s50.intoArray(c, c5);
    s51.intoArray(c, c5 + LANES);
    s52.intoArray(c, c5 + 2 * LANES);
    s53.intoArray(c, c5 + 3 * LANES);
  }
}
