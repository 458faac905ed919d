package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import jdk.incubator.vector.FloatVector;

/** A tile of 4 rows x 2 vectors of {@code c = s + a b}, on packed panels. */
final class PanelProduct4x2v {
  private PanelProduct4x2v() {}

  /**
   * Continues {@code depth} steps of the chains in {@code s}.
   *
   * @param a a panel as wide as a vector; the tile's rows are side by side in it
   * @param b a panel as wide as the tile
   * @param end what is added at the end: 0 to make 0 of -0, -0 to change nothing
   */
  static void run(
      int depth,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] s,
      int sOffset,
      int lds,
      float end,
      float[] c,
      int cOffset,
      int ldc) {
    int row = sOffset;
    FloatVector s00 = FloatVector.fromArray(F, s, row);
    FloatVector s01 = FloatVector.fromArray(F, s, row + LANES);
    row += lds;
    FloatVector s10 = FloatVector.fromArray(F, s, row);
    FloatVector s11 = FloatVector.fromArray(F, s, row + LANES);
    row += lds;
    FloatVector s20 = FloatVector.fromArray(F, s, row);
    FloatVector s21 = FloatVector.fromArray(F, s, row + LANES);
    row += lds;
    FloatVector s30 = FloatVector.fromArray(F, s, row);
    FloatVector s31 = FloatVector.fromArray(F, s, row + LANES);
    int bk = bOffset;
    for (int k = 0; k < depth; k++) {
      int ak = aOffset + k * LANES;
      FloatVector b0 = FloatVector.fromArray(F, b, bk);
      FloatVector b1 = FloatVector.fromArray(F, b, bk + LANES);
      bk += 2 * LANES;
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
    }
    row = cOffset + 3 * ldc;
    s30.add(end).intoArray(c, row);
    s31.add(end).intoArray(c, row + LANES);
    row -= ldc;
    s20.add(end).intoArray(c, row);
    s21.add(end).intoArray(c, row + LANES);
    row -= ldc;
    s10.add(end).intoArray(c, row);
    s11.add(end).intoArray(c, row + LANES);
    row -= ldc;
    s00.add(end).intoArray(c, row);
    s01.add(end).intoArray(c, row + LANES);
  }
}
