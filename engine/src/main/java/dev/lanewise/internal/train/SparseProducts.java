package dev.lanewise.internal.train;

import static dev.lanewise.internal.tuning.Sizes.PARTIAL_SUMS;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.SparseRows;
import java.util.Arrays;

/**
 * Products of sparse rows and weights, to the same bits as {@code gemv} and {@code dot} of the
 * dense rows: a column that is not named would add a zero. For use by one thread at a time.
 */
final class SparseProducts {
  private final Kernels kernels;
  private final float[] partialSums = new float[PARTIAL_SUMS];

  SparseProducts(Kernels kernels) {
    this.kernels = kernels;
  }

  /** Adds the product of row {@code r} and {@code columns x n} weights to {@code n} sums. */
  void add(SparseRows x, int r, int n, float[] w, int wAt, int ldw, float[] y, int yAt) {
    int[] indices = x.indices();
    float[] values = x.values();
    int end = x.indptr()[r + 1];
    for (int p = x.indptr()[r]; p < end; p++) {
      kernels.axpy(n, values[p], w, wAt + indices[p] * ldw, y, yAt);
    }
    // A sum of -0 is given as 0.
    for (int j = 0; j < n; j++) {
      y[yAt + j] += 0f;
    }
  }

  /** Returns the dot product of row {@code r} and as many weights as there are columns. */
  float dot(SparseRows x, int r, float[] w, int wAt) {
    Arrays.fill(partialSums, 0);
    int[] indices = x.indices();
    float[] values = x.values();
    int end = x.indptr()[r + 1];
    for (int p = x.indptr()[r]; p < end; p++) {
      int i = indices[p];
      int k = i % PARTIAL_SUMS;
      partialSums[k] = Math.fma(values[p], w[wAt + i], partialSums[k]);
    }
    for (int apart = PARTIAL_SUMS / 2; apart > 0; apart /= 2) {
      for (int k = 0; k < apart; k++) {
        partialSums[k] += partialSums[k + apart];
      }
    }
    return partialSums[0] + 0f;
  }
}
