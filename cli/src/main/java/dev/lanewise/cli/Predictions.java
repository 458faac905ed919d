package dev.lanewise.cli;

import dev.lanewise.Network;
import dev.lanewise.data.RowSource;

/**
 * What a network says of rows, and what is true.
 *
 * @param rows how many rows
 * @param outputs how many outputs each has
 * @param y {@code rows x outputs}: what the network says
 * @param t {@code rows x outputs}: what is true
 */
// The arrays are the content; nobody compares two of these.
@SuppressWarnings("ArrayRecordComponent")
record Predictions(int rows, int outputs, float[] y, float[] t) {
  private static final int ROWS_AT_ONCE = 256;

  static Predictions of(Network network, RowSource data) {
    int outputs = data.targets();
    float[] y = new float[Math.multiplyExact(data.rows(), outputs)];
    float[] t = new float[y.length];
    int[] chosen = new int[ROWS_AT_ONCE];
    float[] x = new float[Math.multiplyExact(ROWS_AT_ONCE, data.inputs())];
    float[] targets = new float[ROWS_AT_ONCE * outputs];
    for (int from = 0; from < data.rows(); from += ROWS_AT_ONCE) {
      int count = Math.min(ROWS_AT_ONCE, data.rows() - from);
      for (int i = 0; i < count; i++) {
        chosen[i] = from + i;
      }
      data.gather(chosen, 0, count, x, targets);
      network.predict(count, x, 0, y, from * outputs);
      System.arraycopy(targets, 0, t, from * outputs, count * outputs);
    }
    return new Predictions(data.rows(), outputs, y, t);
  }
}
