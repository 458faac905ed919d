package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.Lanes.F;

import jdk.incubator.vector.FloatVector;

/** A tile of up to 6 rows x 1 vector of {@code c}: 6 sums in local variables over the depth. */
final class Tile6x1v {
  private Tile6x1v() {}

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
    FloatVector s10 = FloatVector.fromArray(F, from, fromOffset + r1 * ldfrom);
    FloatVector s20 = FloatVector.fromArray(F, from, fromOffset + r2 * ldfrom);
    FloatVector s30 = FloatVector.fromArray(F, from, fromOffset + r3 * ldfrom);
    FloatVector s40 = FloatVector.fromArray(F, from, fromOffset + r4 * ldfrom);
    FloatVector s50 = FloatVector.fromArray(F, from, fromOffset + r5 * ldfrom);
    for (int k = 0; k < depth; k++) {
      int ak = k * aStep;
      int bk = bOffset + k * ldb;
      FloatVector b0 = FloatVector.fromArray(F, b, bk);
      FloatVector x0 = FloatVector.broadcast(F, a[a0 + ak]);
      s00 = x0.fma(b0, s00);
      FloatVector x1 = FloatVector.broadcast(F, a[a1 + ak]);
      s10 = x1.fma(b0, s10);
      FloatVector x2 = FloatVector.broadcast(F, a[a2 + ak]);
      s20 = x2.fma(b0, s20);
      FloatVector x3 = FloatVector.broadcast(F, a[a3 + ak]);
      s30 = x3.fma(b0, s30);
      FloatVector x4 = FloatVector.broadcast(F, a[a4 + ak]);
      s40 = x4.fma(b0, s40);
      FloatVector x5 = FloatVector.broadcast(F, a[a5 + ak]);
      s50 = x5.fma(b0, s50);
    }
    FloatVector f = FloatVector.broadcast(F, factor);
    s00 = s00.fma(f, FloatVector.fromArray(F, base, baseOffset));
    s10 = s10.fma(f, FloatVector.fromArray(F, base, baseOffset + r1 * ldbase));
    s20 = s20.fma(f, FloatVector.fromArray(F, base, baseOffset + r2 * ldbase));
    s30 = s30.fma(f, FloatVector.fromArray(F, base, baseOffset + r3 * ldbase));
    s40 = s40.fma(f, FloatVector.fromArray(F, base, baseOffset + r4 * ldbase));
    s50 = s50.fma(f, FloatVector.fromArray(F, base, baseOffset + r5 * ldbase));
    s00.intoArray(c, c0);
    s10.intoArray(c, c1);
    s20.intoArray(c, c2);
    s30.intoArray(c, c3);
    s40.intoArray(c, c4);
    s50.intoArray(c, c5);
  }
}
