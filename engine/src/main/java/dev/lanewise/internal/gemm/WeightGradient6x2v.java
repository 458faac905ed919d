package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;

/**
 * A tile of 6 rows x 2 vectors of {@code c = c + factor aT b}.
 *
 * <p>The fences are no instructions on x86. They keep C2 from loading the numbers of all rows
 * first, which would take registers from the sums.
 */
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
      VarHandle.loadLoadFence();
      FloatVector x1 = FloatVector.broadcast(F, a[ak + 1]);
      s10 = x1.fma(b0, s10);
      s11 = x1.fma(b1, s11);
      VarHandle.loadLoadFence();
      FloatVector x2 = FloatVector.broadcast(F, a[ak + 2]);
      s20 = x2.fma(b0, s20);
      s21 = x2.fma(b1, s21);
      VarHandle.loadLoadFence();
      FloatVector x3 = FloatVector.broadcast(F, a[ak + 3]);
      s30 = x3.fma(b0, s30);
      s31 = x3.fma(b1, s31);
      VarHandle.loadLoadFence();
      FloatVector x4 = FloatVector.broadcast(F, a[ak + 4]);
      s40 = x4.fma(b0, s40);
      s41 = x4.fma(b1, s41);
      VarHandle.loadLoadFence();
      FloatVector x5 = FloatVector.broadcast(F, a[ak + 5]);
      s50 = x5.fma(b0, s50);
      s51 = x5.fma(b1, s51);
      ak += lda;
      bk += ldb;
    }
    FloatVector f = FloatVector.broadcast(F, factor);
    int row = cOffset;
    s00.fma(f, FloatVector.fromArray(F, c, row)).intoArray(c, row);
    s01.fma(f, FloatVector.fromArray(F, c, row + LANES)).intoArray(c, row + LANES);
    row += ldc;
    s10.fma(f, FloatVector.fromArray(F, c, row)).intoArray(c, row);
    s11.fma(f, FloatVector.fromArray(F, c, row + LANES)).intoArray(c, row + LANES);
    row += ldc;
    s20.fma(f, FloatVector.fromArray(F, c, row)).intoArray(c, row);
    s21.fma(f, FloatVector.fromArray(F, c, row + LANES)).intoArray(c, row + LANES);
    row += ldc;
    s30.fma(f, FloatVector.fromArray(F, c, row)).intoArray(c, row);
    s31.fma(f, FloatVector.fromArray(F, c, row + LANES)).intoArray(c, row + LANES);
    row += ldc;
    s40.fma(f, FloatVector.fromArray(F, c, row)).intoArray(c, row);
    s41.fma(f, FloatVector.fromArray(F, c, row + LANES)).intoArray(c, row + LANES);
    row += ldc;
    s50.fma(f, FloatVector.fromArray(F, c, row)).intoArray(c, row);
    s51.fma(f, FloatVector.fromArray(F, c, row + LANES)).intoArray(c, row + LANES);
  }
}
