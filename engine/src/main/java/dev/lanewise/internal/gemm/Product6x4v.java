package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import jdk.incubator.vector.FloatVector;

/** A tile of 6 rows x 4 vectors of {@code c = c + a b}. */
final class Product6x4v {
  private Product6x4v() {}

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
    int a1 = a0 + lda;
    int a2 = a1 + lda;
    int a3 = a2 + lda;
    int a4 = a3 + lda;
    int a5 = a4 + lda;
    int row = cOffset;
    FloatVector s00 = FloatVector.fromArray(F, c, row);
    FloatVector s01 = FloatVector.fromArray(F, c, row + LANES);
    FloatVector s02 = FloatVector.fromArray(F, c, row + 2 * LANES);
    FloatVector s03 = FloatVector.fromArray(F, c, row + 3 * LANES);
    row += ldc;
    FloatVector s10 = FloatVector.fromArray(F, c, row);
    FloatVector s11 = FloatVector.fromArray(F, c, row + LANES);
    FloatVector s12 = FloatVector.fromArray(F, c, row + 2 * LANES);
    FloatVector s13 = FloatVector.fromArray(F, c, row + 3 * LANES);
    row += ldc;
    FloatVector s20 = FloatVector.fromArray(F, c, row);
    FloatVector s21 = FloatVector.fromArray(F, c, row + LANES);
    FloatVector s22 = FloatVector.fromArray(F, c, row + 2 * LANES);
    FloatVector s23 = FloatVector.fromArray(F, c, row + 3 * LANES);
    row += ldc;
    FloatVector s30 = FloatVector.fromArray(F, c, row);
    FloatVector s31 = FloatVector.fromArray(F, c, row + LANES);
    FloatVector s32 = FloatVector.fromArray(F, c, row + 2 * LANES);
    FloatVector s33 = FloatVector.fromArray(F, c, row + 3 * LANES);
    row += ldc;
    FloatVector s40 = FloatVector.fromArray(F, c, row);
    FloatVector s41 = FloatVector.fromArray(F, c, row + LANES);
    FloatVector s42 = FloatVector.fromArray(F, c, row + 2 * LANES);
    FloatVector s43 = FloatVector.fromArray(F, c, row + 3 * LANES);
    row += ldc;
    FloatVector s50 = FloatVector.fromArray(F, c, row);
    FloatVector s51 = FloatVector.fromArray(F, c, row + LANES);
    FloatVector s52 = FloatVector.fromArray(F, c, row + 2 * LANES);
    FloatVector s53 = FloatVector.fromArray(F, c, row + 3 * LANES);
    int bk = bOffset;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(F, b, bk);
      FloatVector b1 = FloatVector.fromArray(F, b, bk + LANES);
      FloatVector b2 = FloatVector.fromArray(F, b, bk + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(F, b, bk + 3 * LANES);
      bk += ldb;
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
      FloatVector x4 = FloatVector.broadcast(F, a[a4 + k]);
      s40 = x4.fma(b0, s40);
      s41 = x4.fma(b1, s41);
      s42 = x4.fma(b2, s42);
      s43 = x4.fma(b3, s43);
      FloatVector x5 = FloatVector.broadcast(F, a[a5 + k]);
      s50 = x5.fma(b0, s50);
      s51 = x5.fma(b1, s51);
      s52 = x5.fma(b2, s52);
      s53 = x5.fma(b3, s53);
    }
    // Backwards from an offset computed anew: offsets kept from above would take registers from
    // the loop, and sums would move to the stack.
    row = cOffset + 5 * ldc;
    s50.add(0f).intoArray(c, row);
    s51.add(0f).intoArray(c, row + LANES);
    s52.add(0f).intoArray(c, row + 2 * LANES);
    s53.add(0f).intoArray(c, row + 3 * LANES);
    row -= ldc;
    s40.add(0f).intoArray(c, row);
    s41.add(0f).intoArray(c, row + LANES);
    s42.add(0f).intoArray(c, row + 2 * LANES);
    s43.add(0f).intoArray(c, row + 3 * LANES);
    row -= ldc;
    s30.add(0f).intoArray(c, row);
    s31.add(0f).intoArray(c, row + LANES);
    s32.add(0f).intoArray(c, row + 2 * LANES);
    s33.add(0f).intoArray(c, row + 3 * LANES);
    row -= ldc;
    s20.add(0f).intoArray(c, row);
    s21.add(0f).intoArray(c, row + LANES);
    s22.add(0f).intoArray(c, row + 2 * LANES);
    s23.add(0f).intoArray(c, row + 3 * LANES);
    row -= ldc;
    s10.add(0f).intoArray(c, row);
    s11.add(0f).intoArray(c, row + LANES);
    s12.add(0f).intoArray(c, row + 2 * LANES);
    s13.add(0f).intoArray(c, row + 3 * LANES);
    row -= ldc;
    s00.add(0f).intoArray(c, row);
    s01.add(0f).intoArray(c, row + LANES);
    s02.add(0f).intoArray(c, row + 2 * LANES);
    s03.add(0f).intoArray(c, row + 3 * LANES);
  }
}
