package dev.lanewise.spark;

import java.util.Arrays;

/** Collects rows one by one for a {@link RowBlock}. For one thread. */
final class RowBlockBuilder {
  private static final int FIRST = 16;

  private final RowSchema schema;
  private int rows;
  private int[] starts = new int[FIRST];
  private int[] columns = new int[FIRST];
  private float[] values = new float[FIRST];
  private float[] labels = new float[FIRST];
  private float[] weights;
  private long fingerprint;

  RowBlockBuilder(RowSchema schema) {
    this.schema = schema;
    this.weights = schema.weight() == null ? null : new float[FIRST];
  }

  /** Adds the row that was read; {@code hash} is its own. */
  void add(RowReader row, long hash) {
    int pairs = starts[rows];
    while (pairs + row.pairs() > columns.length) {
      columns = Arrays.copyOf(columns, 2 * columns.length);
      values = Arrays.copyOf(values, columns.length);
    }
    if (rows + 1 == starts.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
      labels = Arrays.copyOf(labels, starts.length);
      weights = weights == null ? null : Arrays.copyOf(weights, starts.length);
    }
    System.arraycopy(row.columns(), 0, columns, pairs, row.pairs());
    System.arraycopy(row.values(), 0, values, pairs, row.pairs());
    labels[rows] = row.label();
    if (weights != null) {
      weights[rows] = row.weight();
    }
    // An odd factor loses no bit of the hash.
    fingerprint += hash * (2L * Float.floatToRawIntBits(row.weight()) + 1);
    starts[++rows] = pairs + row.pairs();
  }

  /** Returns how many numbers are held. */
  int size() {
    return 2 * (starts[rows] + rows);
  }

  /** Returns the rows, at least 1, and forgets them. */
  RowBlock build() {
    int pairs = starts[rows];
    boolean whole = RowBlock.isWhole(schema, rows, pairs);
    RowBlock block =
        new RowBlock(
            schema,
            whole ? whole() : null,
            whole ? null : Arrays.copyOf(starts, rows + 1),
            whole ? null : Arrays.copyOf(columns, pairs),
            whole ? null : Arrays.copyOf(values, pairs),
            Arrays.copyOf(labels, rows),
            weights == null ? null : Arrays.copyOf(weights, rows),
            pairs,
            fingerprint);
    rows = 0;
    fingerprint = 0;
    return block;
  }

  private float[] whole() {
    float[] x = new float[rows * schema.inputs()];
    for (int r = 0; r < rows; r++) {
      for (int p = starts[r]; p < starts[r + 1]; p++) {
        x[r * schema.inputs() + columns[p]] = values[p];
      }
    }
    return x;
  }
}
