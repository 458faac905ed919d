package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.gemm.BlockSizes.TILE_ROWS;
import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import java.lang.invoke.VarHandle;
import jdk.incubator.vector.FloatVector;

/**
 * A tile of 4 rows x 2 vectors of {@code c = t + factor (s + aT b)}, on packed panels.
 *
 * <p>The fences are no instructions on x86. They keep C2 from loading the numbers of all rows
 * first, which would take registers from the sums.
 */
final class PanelGradient4x2v {
  private PanelGradient4x2v() {}

  /**
   * Continues {@code depth} steps of the chains in {@code s}, for tiles side by side, so that
   * indices of {@code a} are checked once.
   *
   * @param depth a multiple of 4
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
      row += lds;
      FloatVector s10 = FloatVector.fromArray(F, s, row);
      FloatVector s11 = FloatVector.fromArray(F, s, row + LANES);
      row += lds;
      FloatVector s20 = FloatVector.fromArray(F, s, row);
      FloatVector s21 = FloatVector.fromArray(F, s, row + LANES);
      row += lds;
      FloatVector s30 = FloatVector.fromArray(F, s, row);
      FloatVector s31 = FloatVector.fromArray(F, s, row + LANES);
      int panel = bOffset + tile * depth * (2 * LANES);
      int ak = aOffset;
      int end = panel + depth * (2 * LANES);
      for (int bk = panel; bk < end; bk += 8 * LANES) {
        VarHandle.loadLoadFence();
        FloatVector b0 = FloatVector.fromArray(F, b, bk);
        FloatVector b1 = FloatVector.fromArray(F, b, bk + LANES);
        FloatVector x = FloatVector.broadcast(F, a[ak]);
        s00 = x.fma(b0, s00);
        s01 = x.fma(b1, s01);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 1]);
        s10 = x.fma(b0, s10);
        s11 = x.fma(b1, s11);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 2]);
        s20 = x.fma(b0, s20);
        s21 = x.fma(b1, s21);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 3]);
        s30 = x.fma(b0, s30);
        s31 = x.fma(b1, s31);
        VarHandle.loadLoadFence();
        b0 = FloatVector.fromArray(F, b, bk + 2 * LANES);
        b1 = FloatVector.fromArray(F, b, bk + 3 * LANES);
        x = FloatVector.broadcast(F, a[ak + TILE_ROWS]);
        s00 = x.fma(b0, s00);
        s01 = x.fma(b1, s01);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + TILE_ROWS + 1]);
        s10 = x.fma(b0, s10);
        s11 = x.fma(b1, s11);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + TILE_ROWS + 2]);
        s20 = x.fma(b0, s20);
        s21 = x.fma(b1, s21);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + TILE_ROWS + 3]);
        s30 = x.fma(b0, s30);
        s31 = x.fma(b1, s31);
        VarHandle.loadLoadFence();
        b0 = FloatVector.fromArray(F, b, bk + 4 * LANES);
        b1 = FloatVector.fromArray(F, b, bk + 5 * LANES);
        x = FloatVector.broadcast(F, a[ak + 2 * TILE_ROWS]);
        s00 = x.fma(b0, s00);
        s01 = x.fma(b1, s01);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 2 * TILE_ROWS + 1]);
        s10 = x.fma(b0, s10);
        s11 = x.fma(b1, s11);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 2 * TILE_ROWS + 2]);
        s20 = x.fma(b0, s20);
        s21 = x.fma(b1, s21);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 2 * TILE_ROWS + 3]);
        s30 = x.fma(b0, s30);
        s31 = x.fma(b1, s31);
        VarHandle.loadLoadFence();
        b0 = FloatVector.fromArray(F, b, bk + 6 * LANES);
        b1 = FloatVector.fromArray(F, b, bk + 7 * LANES);
        x = FloatVector.broadcast(F, a[ak + 3 * TILE_ROWS]);
        s00 = x.fma(b0, s00);
        s01 = x.fma(b1, s01);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 3 * TILE_ROWS + 1]);
        s10 = x.fma(b0, s10);
        s11 = x.fma(b1, s11);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 3 * TILE_ROWS + 2]);
        s20 = x.fma(b0, s20);
        s21 = x.fma(b1, s21);
        VarHandle.loadLoadFence();
        x = FloatVector.broadcast(F, a[ak + 3 * TILE_ROWS + 3]);
        s30 = x.fma(b0, s30);
        s31 = x.fma(b1, s31);
        ak += 4 * TILE_ROWS;
      }
      FloatVector f = FloatVector.broadcast(F, factor);
      int to = cOffset + tile * cStep;
      row = tOffset + tile * tStep;
      s00 = s00.fma(f, FloatVector.fromArray(F, t, row));
      s00.intoArray(c, to);
      s01 = s01.fma(f, FloatVector.fromArray(F, t, row + LANES));
      s01.intoArray(c, to + LANES);
      to += ldc;
      row += ldt;
      s10 = s10.fma(f, FloatVector.fromArray(F, t, row));
      s10.intoArray(c, to);
      s11 = s11.fma(f, FloatVector.fromArray(F, t, row + LANES));
      s11.intoArray(c, to + LANES);
      to += ldc;
      row += ldt;
      s20 = s20.fma(f, FloatVector.fromArray(F, t, row));
      s20.intoArray(c, to);
      s21 = s21.fma(f, FloatVector.fromArray(F, t, row + LANES));
      s21.intoArray(c, to + LANES);
      to += ldc;
      row += ldt;
      s30 = s30.fma(f, FloatVector.fromArray(F, t, row));
      s30.intoArray(c, to);
      s31 = s31.fma(f, FloatVector.fromArray(F, t, row + LANES));
      s31.intoArray(c, to + LANES);
    }
  }
}
