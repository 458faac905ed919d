package dev.lanewise.cli.model;

import dev.lanewise.Network;
import dev.lanewise.data.RowSelection;
import dev.lanewise.data.RowSource;
import dev.lanewise.data.SparseBatch;
import java.util.Arrays;

/**
 * What a network says of rows, and what is true.
 *
 * @param rows how many rows of which it says something
 * @param outputs how many outputs each has
 * @param y {@code rows x outputs}: what the network says
 * @param t {@code rows x outputs}: what is true
 * @param without how many more rows there were whose inputs are too far from those of training
 */
// The arrays are the content; nobody compares two of these.
@SuppressWarnings("ArrayRecordComponent")
public record Predictions(int rows, int outputs, float[] y, float[] t, int without) {
  private static final int ROWS_AT_ONCE = 256;

  public static Predictions of(Network network, RowSource data) {
    int outputs = data.targets();
    float[] y = new float[Math.multiplyExact(data.rows(), outputs)];
    float[] t = new float[y.length];
    int[] chosen = new int[ROWS_AT_ONCE];
    SparseBatch sparse = data.sparse() ? new SparseBatch(data.inputs()) : null;
    float[] x = sparse != null ? null : new float[Math.multiplyExact(ROWS_AT_ONCE, data.inputs())];
    float[] targets = new float[ROWS_AT_ONCE * outputs];
    for (int from = 0; from < data.rows(); from += ROWS_AT_ONCE) {
      int count = Math.min(ROWS_AT_ONCE, data.rows() - from);
      for (int i = 0; i < count; i++) {
        chosen[i] = from + i;
      }
      if (sparse == null) {
        data.gather(chosen, 0, count, x, targets);
        network.predict(count, x, 0, y, from * outputs);
      } else {
        data.gather(chosen, 0, count, sparse, targets, null);
        network.predict(sparse.rows(), y, from * outputs);
      }
      System.arraycopy(targets, 0, t, from * outputs, count * outputs);
    }
    return finite(data.rows(), outputs, y, t);
  }

  /** Of no rows. */
  public static Predictions none(int outputs) {
    return new Predictions(0, outputs, new float[0], new float[0], 0);
  }

  /** Returns the rows of which a network says something, so that metrics can be had of them. */
  public static RowSource predictable(Network network, RowSource data) {
    int[] chosen = new int[data.rows()];
    int count = 0;
    SparseBatch sparse = data.sparse() ? new SparseBatch(data.inputs()) : null;
    float[] x = sparse == null ? new float[data.inputs()] : null;
    float[] t = new float[data.targets()];
    float[] y = new float[network.outputs()];
    for (int r = 0; r < data.rows(); r++) {
      if (sparse == null) {
        data.gather(new int[] {r}, 0, 1, x, t);
        network.predict(1, x, 0, y, 0);
      } else {
        data.gather(new int[] {r}, 0, 1, sparse, t, null);
        network.predict(sparse.rows(), y, 0);
      }
      if (isFinite(y, 0, y.length)) {
        chosen[count++] = r;
      }
    }
    return count == 0 || count == data.rows()
        ? data
        : new RowSelection(data, Arrays.copyOf(chosen, count));
  }

  private static boolean isFinite(float[] y, int from, int count) {
    boolean finite = true;
    for (int j = from; j < from + count; j++) {
      finite &= Float.isFinite(y[j]);
    }
    return finite;
  }

  /** Leaves out rows of which the network says nothing, as numbers overflowed. */
  private static Predictions finite(int rows, int outputs, float[] y, float[] t) {
    int kept = 0;
    for (int r = 0; r < rows; r++) {
      if (isFinite(y, r * outputs, outputs)) {
        System.arraycopy(y, r * outputs, y, kept * outputs, outputs);
        System.arraycopy(t, r * outputs, t, kept * outputs, outputs);
        kept++;
      }
    }
    return kept == rows
        ? new Predictions(rows, outputs, y, t, 0)
        : new Predictions(
            kept,
            outputs,
            Arrays.copyOf(y, kept * outputs),
            Arrays.copyOf(t, kept * outputs),
            rows - kept);
  }

  /** Returns those of one output alone. */
  Predictions ofOutput(int j) {
    float[] yj = new float[rows];
    float[] tj = new float[rows];
    for (int r = 0; r < rows; r++) {
      yj[r] = y[r * outputs + j];
      tj[r] = t[r * outputs + j];
    }
    return new Predictions(rows, 1, yj, tj, without);
  }
}
