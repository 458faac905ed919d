package dev.lanewise.data;

import dev.lanewise.kernel.SparseRows;

/**
 * Compares rows by the bits of their inputs from the first on, then of their targets, then of their
 * weights; rows that are equal here can take each other's place. Columns that a sparse row does not
 * name are 0. For one thread at a time.
 */
final class RowComparison {
  private final RowSource data;
  private final Row one;
  private final Row two;

  RowComparison(RowSource data) {
    this.data = data;
    this.one = new Row(data);
    this.two = new Row(data);
  }

  /** The numbers of a row: those of its inputs that are named, and all others. */
  private static final class Row {
    private final int[] number = new int[1];
    private final float[] x;
    private final SparseRows.Builder sparse;
    private final float[] targets;
    private final float[] weight = new float[1];

    Row(RowSource data) {
      this.x = data.sparse() ? null : new float[data.inputs()];
      this.sparse = data.sparse() ? new SparseRows.Builder(data.inputs()) : null;
      this.targets = new float[data.outputs()];
    }

    void gather(RowSource data, int row) {
      number[0] = row;
      if (sparse == null) {
        data.gather(number, 0, 1, x, targets, weight);
      } else {
        data.gather(number, 0, 1, sparse, targets, weight);
      }
    }
  }

  int compare(int a, int b) {
    one.gather(data, a);
    two.gather(data, b);
    int sign =
        one.sparse == null ? compare(one.x, two.x) : compare(one.sparse.rows(), two.sparse.rows());
    sign = sign == 0 ? compare(one.targets, two.targets) : sign;
    return sign == 0 ? compare(one.weight, two.weight) : sign;
  }

  private static int compare(float[] a, float[] b) {
    int sign = 0;
    for (int i = 0; i < a.length && sign == 0; i++) {
      sign = compare(a[i], b[i]);
    }
    return sign;
  }

  private static int compare(SparseRows a, SparseRows b) {
    int p = a.indptr()[0];
    int q = b.indptr()[0];
    int sign = 0;
    while (sign == 0 && (p < a.indptr()[1] || q < b.indptr()[1])) {
      int left = p < a.indptr()[1] ? a.indices()[p] : Integer.MAX_VALUE;
      int right = q < b.indptr()[1] ? b.indices()[q] : Integer.MAX_VALUE;
      sign = compare(left <= right ? a.values()[p++] : 0, right <= left ? b.values()[q++] : 0);
    }
    return sign;
  }

  private static int compare(float a, float b) {
    return Integer.compare(Float.floatToRawIntBits(a), Float.floatToRawIntBits(b));
  }
}
