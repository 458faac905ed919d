package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.gemm.BlockSizes.ROW;
import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;

/**
 * A tile of 6 rows x 2 vectors of {@code c = s + a b}, on packed panels.
 *
 * <p>The fences are no instructions on x86. They keep C2 from loading the numbers of all rows
 * first, which would take registers from the sums.
 */
final class PanelProduct6x2v {
  private PanelProduct6x2v() {}

  /**
   * Continues {@code depth} steps of the chains in {@code s}, for tiles side by side, so that
   * indices of {@code a} are checked once.
   *
   * @param depth a multiple of 4
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
      row += lds;
      FloatVector s10 = FloatVector.fromArray(F, s, row);
      FloatVector s11 = FloatVector.fromArray(F, s, row + LANES);
      row += lds;
      FloatVector s20 = FloatVector.fromArray(F, s, row);
      FloatVector s21 = FloatVector.fromArray(F, s, row + LANES);
      row += lds;
      FloatVector s30 = FloatVector.fromArray(F, s, row);
      FloatVector s31 = FloatVector.fromArray(F, s, row + LANES);
      row += lds;
      FloatVector s40 = FloatVector.fromArray(F, s, row);
      FloatVector s41 = FloatVector.fromArray(F, s, row + LANES);
      row += lds;
      FloatVector s50 = FloatVector.fromArray(F, s, row);
      FloatVector s51 = FloatVector.fromArray(F, s, row + LANES);
      int panel = bOffset + tile * depth * (2 * LANES);
      int bk = panel;
      int end = aOffset + depth;
      for (int ak = aOffset; ak < end; ak += 4) {
        VarHandle.loadLoadFence();
        FloatVector b0 = FloatVector.fromArray(F, b, bk);
        FloatVector b1 = FloatVector.fromArray(F, b, bk + LANES);
        FloatVector x = FloatVector.broadcast(F, a[ak]);
        s00 = x.fma(b0, s00);
        s01 = x.fma(b1, s01);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + ROW]);
        s10 = x.fma(b0, s10);
        s11 = x.fma(b1, s11);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 2 * ROW]);
        s20 = x.fma(b0, s20);
        s21 = x.fma(b1, s21);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 3 * ROW]);
        s30 = x.fma(b0, s30);
        s31 = x.fma(b1, s31);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 4 * ROW]);
        s40 = x.fma(b0, s40);
        s41 = x.fma(b1, s41);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 5 * ROW]);
        s50 = x.fma(b0, s50);
        s51 = x.fma(b1, s51);
        VarHandle.loadLoadFence();
        b0 = FloatVector.fromArray(F, b, bk + 2 * LANES);
        b1 = FloatVector.fromArray(F, b, bk + 3 * LANES);
        x = FloatVector.broadcast(F, a[ak + 1]);
        s00 = x.fma(b0, s00);
        s01 = x.fma(b1, s01);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + ROW + 1]);
        s10 = x.fma(b0, s10);
        s11 = x.fma(b1, s11);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 2 * ROW + 1]);
        s20 = x.fma(b0, s20);
        s21 = x.fma(b1, s21);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 3 * ROW + 1]);
        s30 = x.fma(b0, s30);
        s31 = x.fma(b1, s31);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 4 * ROW + 1]);
        s40 = x.fma(b0, s40);
        s41 = x.fma(b1, s41);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 5 * ROW + 1]);
        s50 = x.fma(b0, s50);
        s51 = x.fma(b1, s51);
        VarHandle.loadLoadFence();
        b0 = FloatVector.fromArray(F, b, bk + 4 * LANES);
        b1 = FloatVector.fromArray(F, b, bk + 5 * LANES);
        x = FloatVector.broadcast(F, a[ak + 2]);
        s00 = x.fma(b0, s00);
        s01 = x.fma(b1, s01);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + ROW + 2]);
        s10 = x.fma(b0, s10);
        s11 = x.fma(b1, s11);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 2 * ROW + 2]);
        s20 = x.fma(b0, s20);
        s21 = x.fma(b1, s21);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 3 * ROW + 2]);
        s30 = x.fma(b0, s30);
        s31 = x.fma(b1, s31);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 4 * ROW + 2]);
        s40 = x.fma(b0, s40);
        s41 = x.fma(b1, s41);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 5 * ROW + 2]);
        s50 = x.fma(b0, s50);
        s51 = x.fma(b1, s51);
        VarHandle.loadLoadFence();
        b0 = FloatVector.fromArray(F, b, bk + 6 * LANES);
        b1 = FloatVector.fromArray(F, b, bk + 7 * LANES);
        x = FloatVector.broadcast(F, a[ak + 3]);
        s00 = x.fma(b0, s00);
        s01 = x.fma(b1, s01);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + ROW + 3]);
        s10 = x.fma(b0, s10);
        s11 = x.fma(b1, s11);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 2 * ROW + 3]);
        s20 = x.fma(b0, s20);
        s21 = x.fma(b1, s21);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 3 * ROW + 3]);
        s30 = x.fma(b0, s30);
        s31 = x.fma(b1, s31);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 4 * ROW + 3]);
        s40 = x.fma(b0, s40);
        s41 = x.fma(b1, s41);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 5 * ROW + 3]);
        s50 = x.fma(b0, s50);
        s51 = x.fma(b1, s51);
        bk += 8 * LANES;
      }
      row = cOffset + tile * (2 * LANES) + 5 * ldc;
      s50.add(0f).intoArray(c, row);
      s51.add(0f).intoArray(c, row + LANES);
      row -= ldc;
      s40.add(0f).intoArray(c, row);
      s41.add(0f).intoArray(c, row + LANES);
      row -= ldc;
      s30.add(0f).intoArray(c, row);
      s31.add(0f).intoArray(c, row + LANES);
      row -= ldc;
      s20.add(0f).intoArray(c, row);
      s21.add(0f).intoArray(c, row + LANES);
      row -= ldc;
      s10.add(0f).intoArray(c, row);
      s11.add(0f).intoArray(c, row + LANES);
      row -= ldc;
      s00.add(0f).intoArray(c, row);
      s01.add(0f).intoArray(c, row + LANES);
    }
  }
}
