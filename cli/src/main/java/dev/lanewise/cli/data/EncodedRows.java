package dev.lanewise.cli.data;

import dev.lanewise.data.RowSource;
import dev.lanewise.data.SparseBatch;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * Rows as a network gets them, made of their codes whenever they are asked for.
 *
 * @param store the codes
 * @param encoding what becomes of them
 * @param sparse whether the network gets them sparsely
 */
record EncodedRows(RowStore store, Encoding encoding, boolean sparse) implements RowSource {
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
    boolean same = !store.sparse() && encoding.numbersOnly() && !store.anyMissing();
    float[] codes = same || store.sparse() ? null : new float[store.columns()];
    Named named = store.sparse() ? new Named() : null;
    for (int i = 0; i < count; i++) {
      int row = Objects.checkIndex(chosen[from + i], rows());
      if (same) {
        store.codes(row, xBatch, i * inputs());
      } else if (named == null) {
        store.codes(row, codes, 0);
        encoding.inputs(codes, xBatch, i * inputs());
      } else {
        named.read(row);
        Arrays.fill(xBatch, i * inputs(), (i + 1) * inputs(), 0);
        for (int p = 0; p < named.count; p++) {
          xBatch[i * inputs() + named.inputs[p]] = named.values[p];
        }
      }
      gatherTarget(row, i, tBatch, weightBatch);
    }
  }

  /** Copies chosen rows. Allocates one row. */
  @Override
  public void gather(
      int[] chosen, int from, int count, SparseBatch xBatch, float[] tBatch, float[] weightBatch) {
    Named named = new Named();
    xBatch.clear();
    for (int i = 0; i < count; i++) {
      int row = Objects.checkIndex(chosen[from + i], rows());
      named.read(row);
      xBatch.add(named.count, named.inputs, 0, named.values, 0);
      gatherTarget(row, i, tBatch, weightBatch);
    }
  }

  /** Returns a checksum of what a network gets, and of the targets, whatever the rows' order. */
  long checksum() {
    long sum = 0;
    CRC32C crc = new CRC32C();
    ByteBuffer one = ByteBuffer.allocate(Float.BYTES);
    float[] codes = store.sparse() ? null : new float[store.columns()];
    Named named = store.sparse() ? new Named() : null;
    for (int row = 0; row < rows(); row++) {
      crc.reset();
      if (named == null) {
        store.codes(row, codes, 0);
        // No column is written before it is read.
        add(crc, one, codes, encoding.known(codes, codes));
      } else {
        named.read(row);
        for (int p = 0; p < named.count; p++) {
          crc.update(one.putInt(0, named.inputs[p]).rewind());
        }
        add(crc, one, named.values, named.count);
      }
      for (int j = 0; j < encoding.targetColumns(); j++) {
        crc.update(one.putFloat(0, store.target(row, j)).rewind());
      }
      sum += crc.getValue();
    }
    return sum;
  }

  private static void add(CRC32C crc, ByteBuffer one, float[] values, int count) {
    for (int i = 0; i < count; i++) {
      crc.update(one.putFloat(0, values[i]).rewind());
    }
  }

  private void gatherTarget(int row, int i, float[] tBatch, float[] weightBatch) {
    for (int j = 0; j < encoding.targetColumns(); j++) {
      encoding.target(store.target(row, j), tBatch, i * targets() + j);
    }
    if (weightBatch != null) {
      weightBatch[i] = 1;
    }
  }

  /** The inputs that a sparse row names. */
  private final class Named {
    private float[] stored = {};
    private int[] inputs = {};
    private float[] values = {};
    private int count;

    void read(int row) {
      int all = store.named(row);
      if (inputs.length < all) {
        stored = new float[4 * all];
        inputs = new int[2 * all];
        values = new float[2 * all];
      }
      store.named(row, stored);
      count = 0;
      for (int p = 0; p < all; p++) {
        int input = encoding.input((int) stored[p]);
        if (input >= 0) {
          inputs[count] = input;
          values[count++] = stored[all + p];
        }
      }
    }
  }
}
