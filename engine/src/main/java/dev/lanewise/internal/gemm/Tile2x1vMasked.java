package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.Lanes.F;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** The last columns, fewer than a vector: up to 2 rows x 1 partial vector of {@code c}. */
final class Tile2x1vMasked {
  private Tile2x1vMasked() {}

  /**
   * Computes {@code c = base + factor (from + a b)}, where {@code from + a b} is one chain.
   *
   * <p>With fewer than 2 rows the last one is computed more than once, and stored with the same
   * value each time: that costs less than a loop over rows would.
   */
  static void run(
      int rows,
      int columns,
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
    VectorMask<Float> mask = F.indexInRange(0, columns);
    int c0 = cOffset;
    int a0 = aOffset;
    int r1 = Math.min(1, rows - 1);
    int c1 = cOffset + r1 * ldc;
    int a1 = aOffset + r1 * aRow;
    FloatVector s00 = FloatVector.fromArray(F, from, fromOffset, mask);
    FloatVector s10 = FloatVector.fromArray(F, from, fromOffset + r1 * ldfrom, mask);
    for (int k = 0; k < depth; k++) {
      int ak = k * aStep;
      int bk = bOffset + k * ldb;
      FloatVector b0 = FloatVector.fromArray(F, b, bk, mask);
      FloatVector x0 = FloatVector.broadcast(F, a[a0 + ak]);
      s00 = x0.fma(b0, s00);
      FloatVector x1 = FloatVector.broadcast(F, a[a1 + ak]);
      s10 = x1.fma(b0, s10);
    }
    FloatVector f = FloatVector.broadcast(F, factor);
    s00 = s00.fma(f, FloatVector.fromArray(F, base, baseOffset, mask));
    s10 = s10.fma(f, FloatVector.fromArray(F, base, baseOffset + r1 * ldbase, mask));
    s00.intoArray(c, c0, mask);
    s10.intoArray(c, c1, mask);
  }
}
