package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.gemm.BlockSizes.TILE_ROWS;
import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import jdk.incubator.vector.FloatVector;

/** A tile of 4 rows x 4 vectors of {@code c = t + factor (s + aT b)}, on packed panels. */
final class PanelGradient4x4v {
  private PanelGradient4x4v() {}

  /**
   * Continues {@code depth} steps of the chains in {@code s}, for tiles side by side, so that
   * indices of {@code a} are checked once.
   *
   * @param a copied columns, side by side
   * @param b panels as wide as a tile
   * @param sStep from the first number of one tile to that of the next
   * @param t what multiples of the sums are added to
   */
  static void run(
      int tiles,
      int depth,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] s,
      int sOffset,
      int lds,
      int sStep,
      float factor,
      float[] t,
      int tOffset,
      int ldt,
      int tStep,
      float[] c,
      int cOffset,
      int ldc,
      int cStep) {
    for (int tile = 0; tile < tiles; tile++) {
      int row = sOffset + tile * sStep;
      FloatVector s00 = FloatVector.fromArray(F, s, row);
      FloatVector s01 = FloatVector.fromArray(F, s, row + LANES);
      FloatVector s02 = FloatVector.fromArray(F, s, row + 2 * LANES);
      FloatVector s03 = FloatVector.fromArray(F, s, row + 3 * LANES);
      row += lds;
      FloatVector s10 = FloatVector.fromArray(F, s, row);
      FloatVector s11 = FloatVector.fromArray(F, s, row + LANES);
      FloatVector s12 = FloatVector.fromArray(F, s, row + 2 * LANES);
      FloatVector s13 = FloatVector.fromArray(F, s, row + 3 * LANES);
      row += lds;
      FloatVector s20 = FloatVector.fromArray(F, s, row);
      FloatVector s21 = FloatVector.fromArray(F, s, row + LANES);
      FloatVector s22 = FloatVector.fromArray(F, s, row + 2 * LANES);
      FloatVector s23 = FloatVector.fromArray(F, s, row + 3 * LANES);
      row += lds;
      FloatVector s30 = FloatVector.fromArray(F, s, row);
      FloatVector s31 = FloatVector.fromArray(F, s, row + LANES);
      FloatVector s32 = FloatVector.fromArray(F, s, row + 2 * LANES);
      FloatVector s33 = FloatVector.fromArray(F, s, row + 3 * LANES);
      int panel = bOffset + tile * depth * (4 * LANES);
      int ak = aOffset;
      int end = panel + depth * (4 * LANES);
      for (int bk = panel; bk < end; bk += 4 * LANES) {
        FloatVector b0 = FloatVector.fromArray(F, b, bk);
        FloatVector b1 = FloatVector.fromArray(F, b, bk + LANES);
        FloatVector b2 = FloatVector.fromArray(F, b, bk + 2 * LANES);
        FloatVector b3 = FloatVector.fromArray(F, b, bk + 3 * LANES);
        FloatVector x = FloatVector.broadcast(F, a[ak]);
        s00 = x.fma(b0, s00);
        s01 = x.fma(b1, s01);
        s02 = x.fma(b2, s02);
        s03 = x.fma(b3, s03);
        x = FloatVector.broadcast(F, a[ak + 1]);
        s10 = x.fma(b0, s10);
        s11 = x.fma(b1, s11);
        s12 = x.fma(b2, s12);
        s13 = x.fma(b3, s13);
        x = FloatVector.broadcast(F, a[ak + 2]);
        s20 = x.fma(b0, s20);
        s21 = x.fma(b1, s21);
        s22 = x.fma(b2, s22);
        s23 = x.fma(b3, s23);
        x = FloatVector.broadcast(F, a[ak + 3]);
        s30 = x.fma(b0, s30);
        s31 = x.fma(b1, s31);
        s32 = x.fma(b2, s32);
        s33 = x.fma(b3, s33);
        ak += TILE_ROWS;
      }
      FloatVector f = FloatVector.broadcast(F, factor);
      int to = cOffset + tile * cStep;
      row = tOffset + tile * tStep;
      s00 = s00.fma(f, FloatVector.fromArray(F, t, row));
      s00.intoArray(c, to);
      s01 = s01.fma(f, FloatVector.fromArray(F, t, row + LANES));
      s01.intoArray(c, to + LANES);
      s02 = s02.fma(f, FloatVector.fromArray(F, t, row + 2 * LANES));
      s02.intoArray(c, to + 2 * LANES);
      s03 = s03.fma(f, FloatVector.fromArray(F, t, row + 3 * LANES));
      s03.intoArray(c, to + 3 * LANES);
      to += ldc;
      row += ldt;
      s10 = s10.fma(f, FloatVector.fromArray(F, t, row));
      s10.intoArray(c, to);
      s11 = s11.fma(f, FloatVector.fromArray(F, t, row + LANES));
      s11.intoArray(c, to + LANES);
      s12 = s12.fma(f, FloatVector.fromArray(F, t, row + 2 * LANES));
      s12.intoArray(c, to + 2 * LANES);
      s13 = s13.fma(f, FloatVector.fromArray(F, t, row + 3 * LANES));
      s13.intoArray(c, to + 3 * LANES);
      to += ldc;
      row += ldt;
      s20 = s20.fma(f, FloatVector.fromArray(F, t, row));
      s20.intoArray(c, to);
      s21 = s21.fma(f, FloatVector.fromArray(F, t, row + LANES));
      s21.intoArray(c, to + LANES);
      s22 = s22.fma(f, FloatVector.fromArray(F, t, row + 2 * LANES));
      s22.intoArray(c, to + 2 * LANES);
      s23 = s23.fma(f, FloatVector.fromArray(F, t, row + 3 * LANES));
      s23.intoArray(c, to + 3 * LANES);
      to += ldc;
      row += ldt;
      s30 = s30.fma(f, FloatVector.fromArray(F, t, row));
      s30.intoArray(c, to);
      s31 = s31.fma(f, FloatVector.fromArray(F, t, row + LANES));
      s31.intoArray(c, to + LANES);
      s32 = s32.fma(f, FloatVector.fromArray(F, t, row + 2 * LANES));
      s32.intoArray(c, to + 2 * LANES);
      s33 = s33.fma(f, FloatVector.fromArray(F, t, row + 3 * LANES));
      s33.intoArray(c, to + 3 * LANES);
    }
  }
}
