package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;
import static dev.lanewise.internal.simd.Lanes.PARTS;

import dev.lanewise.internal.scalar.ScalarKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * A tile of one or two rows x at most one vector of {@code c = c + a b}. With more masks HotSpot's
 * first compiler would give up on the method, and with it the second.
 */
final class ProductMasked {
  private static final ScalarKernels REFERENCE = new ScalarKernels();

  private static final float[] NO_WORK = {};

  private ProductMasked() {}

  /** Continues {@code depth} steps of the chains in {@code c}. */
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
      float[] c,
      int cOffset,
      int ldc) {
    if (!PARTS && columns < LANES) {
      REFERENCE.gemm(
          rows, depth, columns, a, aOffset, lda, b, bOffset, ldb, c, cOffset, ldc, NO_WORK, 0);
      return;
    }
    VectorMask<Float> mask = F.indexInRange(0, columns);
    int a1 = aOffset + (rows - 1) * lda;
    int c1 = cOffset + (rows - 1) * ldc;
    FloatVector s0 = FloatVector.fromArray(F, c, cOffset, mask);
    FloatVector s1 = FloatVector.fromArray(F, c, c1, mask);
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(F, b, bOffset + k * ldb, mask);
      s0 = FloatVector.broadcast(F, a[aOffset + k]).fma(b0, s0);
      s1 = FloatVector.broadcast(F, a[a1 + k]).fma(b0, s1);
    }
    s0.add(0f).intoArray(c, cOffset, mask);
    s1.add(0f).intoArray(c, c1, mask);
  }
}
