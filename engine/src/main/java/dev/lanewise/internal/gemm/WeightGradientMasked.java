package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;
import static dev.lanewise.internal.simd.Lanes.PARTS;

import dev.lanewise.internal.scalar.ScalarKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * A tile of one or two rows x at most one vector of {@code c = c + factor aT b}. With more masks
 * HotSpot's first compiler would give up on the method, and with it the second.
 */
final class WeightGradientMasked {
  private static final ScalarKernels REFERENCE = new ScalarKernels();

  private static final float[] NO_WORK = {};

  private WeightGradientMasked() {}

  /** Sums over {@code depth} rows of {@code a} and {@code b}, from 0, and adds a multiple. */
  static void run(
      int rows,
      int columns,
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
    if (!PARTS && columns < LANES) {
      REFERENCE.gemmTN(
          depth, rows, columns, factor, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc, NO_WORK,
          0);
      return;
    }
    VectorMask<Float> mask = F.indexInRange(0, columns);
    int a1 = aOffset + (rows - 1);
    int c1 = cOffset + (rows - 1) * ldc;
    FloatVector s0 = FloatVector.zero(F);
    FloatVector s1 = s0;
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(F, b, bOffset + k * ldb, mask);
      s0 = FloatVector.broadcast(F, a[aOffset + k * lda]).fma(b0, s0);
      s1 = FloatVector.broadcast(F, a[a1 + k * lda]).fma(b0, s1);
    }
    FloatVector f = FloatVector.broadcast(F, factor);
    s0 = s0.fma(f, FloatVector.fromArray(F, c, cOffset, mask));
    s1 = s1.fma(f, FloatVector.fromArray(F, c, c1, mask));
    s0.intoArray(c, cOffset, mask);
    s1.intoArray(c, c1, mask);
  }
}
