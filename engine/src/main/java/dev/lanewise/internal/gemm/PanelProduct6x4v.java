package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.gemm.BlockSizes.ROW;
import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;

/**
 * A tile of 6 rows x 4 vectors of {@code c = s + a b}, on packed panels.
 *
 * <p>The fences are no instructions on x86. They keep C2 from loading the numbers of all rows
 * first, which would take registers from the sums.
 */
final class PanelProduct6x4v {
  private PanelProduct6x4v() {}

  /**
   * Continues {@code depth} steps of the chains in {@code s}, for tiles side by side, so that
   * indices of {@code a} are checked once.
   *
   * @param a copied rows
   * @param b panels as wide as a tile
   * @param sStep from the first number of one tile to that of the next
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
      float[] c,
      int cOffset,
      int ldc) {
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
      row += lds;
      FloatVector s40 = FloatVector.fromArray(F, s, row);
      FloatVector s41 = FloatVector.fromArray(F, s, row + LANES);
      FloatVector s42 = FloatVector.fromArray(F, s, row + 2 * LANES);
      FloatVector s43 = FloatVector.fromArray(F, s, row + 3 * LANES);
      row += lds;
      FloatVector s50 = FloatVector.fromArray(F, s, row);
      FloatVector s51 = FloatVector.fromArray(F, s, row + LANES);
      FloatVector s52 = FloatVector.fromArray(F, s, row + 2 * LANES);
      FloatVector s53 = FloatVector.fromArray(F, s, row + 3 * LANES);
      int panel = bOffset + tile * depth * (4 * LANES);
      int bk = panel;
      int end = aOffset + depth;
      for (int ak = aOffset; ak < end; ak++) {
        VarHandle.loadLoadFence();
        FloatVector b0 = FloatVector.fromArray(F, b, bk);
        FloatVector b1 = FloatVector.fromArray(F, b, bk + LANES);
        FloatVector b2 = FloatVector.fromArray(F, b, bk + 2 * LANES);
        FloatVector b3 = FloatVector.fromArray(F, b, bk + 3 * LANES);
        FloatVector x = FloatVector.broadcast(F, a[ak]);
        s00 = x.fma(b0, s00);
        s01 = x.fma(b1, s01);
        s02 = x.fma(b2, s02);
        s03 = x.fma(b3, s03);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + ROW]);
        s10 = x.fma(b0, s10);
        s11 = x.fma(b1, s11);
        s12 = x.fma(b2, s12);
        s13 = x.fma(b3, s13);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 2 * ROW]);
        s20 = x.fma(b0, s20);
        s21 = x.fma(b1, s21);
        s22 = x.fma(b2, s22);
        s23 = x.fma(b3, s23);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 3 * ROW]);
        s30 = x.fma(b0, s30);
        s31 = x.fma(b1, s31);
        s32 = x.fma(b2, s32);
        s33 = x.fma(b3, s33);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 4 * ROW]);
        s40 = x.fma(b0, s40);
        s41 = x.fma(b1, s41);
        s42 = x.fma(b2, s42);
        s43 = x.fma(b3, s43);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 5 * ROW]);
        s50 = x.fma(b0, s50);
        s51 = x.fma(b1, s51);
        s52 = x.fma(b2, s52);
        s53 = x.fma(b3, s53);
        bk += 4 * LANES;
      }
      row = cOffset + tile * (4 * LANES) + 5 * ldc;
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
}
