package dev.lanewise;

import dev.lanewise.internal.random.SplitMix64;
import dev.lanewise.kernel.SparseRows;
import java.util.Arrays;

/** The same rows twice: sparsely, as a part of larger arrays, and densely. */
final class SparseSamples {
  /** Pairs before the first row, which nobody may read. */
  private static final int BEFORE = 3;

  private final SparseRows sparse;
  private final float[] dense;

  private SparseSamples(SparseRows sparse, float[] dense) {
    this.sparse = sparse;
    this.dense = dense;
  }

  SparseRows sparse() {
    return sparse;
  }

  float[] dense() {
    return dense;
  }

  /**
   * Makes rows that name about {@code share} of their columns, some of them with the value 0; every
   * fifth row is empty where not all columns are named.
   */
  static SparseSamples of(int rows, int columns, float share, long seed) {
    int[] starts = new int[rows + 1];
    int[] indices = new int[BEFORE + rows * columns + 1];
    float[] values = new float[indices.length];
    Arrays.fill(indices, Integer.MIN_VALUE);
    Arrays.fill(values, Float.NaN);
    float[] dense = new float[rows * columns];
    int p = BEFORE;
    for (int r = 0; r < rows; r++) {
      starts[r] = p;
      boolean empty = share < 1 && r % 5 == 3;
      for (int i = 0; i < columns && !empty; i++) {
        int at = r * columns + i;
        if (SplitMix64.uniform(seed, at) < share) {
          float value = at % 7 == 0 ? 0 : 2 * SplitMix64.uniform(seed + 1, at) - 1;
          indices[p] = i;
          values[p] = value;
          dense[at] = value;
          p++;
        }
      }
    }
    starts[rows] = p;
    return new SparseSamples(new SparseRows(columns, starts, indices, values), dense);
  }

  /** Tells whether a row names a column. */
  boolean names(int column) {
    for (int p = sparse.indptr()[0]; p < sparse.indptr()[sparse.rows()]; p++) {
      if (sparse.indices()[p] == column) {
        return true;
      }
    }
    return false;
  }
}
