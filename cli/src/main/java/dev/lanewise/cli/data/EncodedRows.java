package dev.lanewise.cli.data;

import dev.lanewise.data.RowSource;
import java.util.Objects;

/**
 * Rows as a network gets them, made of their codes whenever they are asked for.
 *
 * @param store the codes
 * @param encoding what becomes of them
 */
record EncodedRows(RowStore store, Encoding encoding) implements RowSource {
  @Override
  public int rows() {
    return store.rows();
  }

  @Override
  public int inputs() {
    return encoding.inputs();
  }

  @Override
  public int targets() {
    return encoding.targets();
  }

  @Override
  public boolean hasWeights() {
    return false;
  }

  /** Copies chosen rows. Allocates one row of codes where these are not the inputs themselves. */
  @Override
  public void gather(
      int[] chosen, int from, int count, float[] xBatch, float[] tBatch, float[] weightBatch) {
    boolean same = encoding.numbersOnly() && !store.anyMissing();
    float[] codes = same ? null : new float[store.columns()];
    for (int i = 0; i < count; i++) {
      int row = Objects.checkIndex(chosen[from + i], rows());
      if (same) {
        store.codes(row, xBatch, i * inputs());
      } else {
        store.codes(row, codes, 0);
        encoding.inputs(codes, xBatch, i * inputs());
      }
      for (int j = 0; j < encoding.targetColumns(); j++) {
        encoding.target(store.target(row, j), tBatch, i * targets() + j);
      }
      if (weightBatch != null) {
        weightBatch[i] = 1;
      }
    }
  }
}
