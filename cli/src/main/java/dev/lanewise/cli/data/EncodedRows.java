package dev.lanewise.cli.data;

import dev.lanewise.data.RowSource;
import dev.lanewise.kernel.SparseRows;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * Rows as a network gets them, made of their codes whenever they are asked for: the end of the way
 * from a file.
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
  public int outputs() {
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
    Codes codes = same ? null : store.room();
    for (int i = 0; i < count; i++) {
      int row = Objects.checkIndex(chosen[from + i], rows());
      if (same) {
        store.copy(row, xBatch, i * inputs());
      } else {
        store.read(row, codes);
        encoding.inputs(codes, xBatch, i * inputs());
      }
      gatherTarget(row, i, tBatch, weightBatch);
    }
  }

  /** Copies chosen rows. Allocates one row. */
  @Override
  public void gather(
      int[] chosen,
      int from,
      int count,
      SparseRows.Builder xBatch,
      float[] tBatch,
      float[] weightBatch) {
    Codes codes = store.room();
    xBatch.clear();
    for (int i = 0; i < count; i++) {
      int row = Objects.checkIndex(chosen[from + i], rows());
      store.read(row, codes);
      encoding.inputs(codes, xBatch);
      gatherTarget(row, i, tBatch, weightBatch);
    }
  }

  private void gatherTarget(int row, int i, float[] tBatch, float[] weightBatch) {
    for (int j = 0; j < encoding.targetColumns(); j++) {
      encoding.target(store.target(row, j), tBatch, i * outputs() + j);
    }
    if (weightBatch != null) {
      weightBatch[i] = 1;
    }
  }

  /** Returns a checksum of what a network gets, and of the targets, whatever the rows' order. */
  long checksum() {
    long sum = 0;
    CRC32C crc = new CRC32C();
    ByteBuffer bytes = ByteBuffer.allocate(0);
    Codes codes = store.room();
    for (int row = 0; row < rows(); row++) {
      store.read(row, codes);
      encoding.known(codes);
      int most = (2 * codes.count + encoding.targetColumns()) * Float.BYTES;
      bytes = bytes.capacity() < most ? ByteBuffer.allocate(2 * most) : bytes.clear();
      for (int i = 0; codes.sparse() && i < codes.count; i++) {
        bytes.putInt(codes.places[i]);
      }
      for (int i = 0; i < codes.count; i++) {
        bytes.putFloat(codes.values[i]);
      }
      for (int j = 0; j < encoding.targetColumns(); j++) {
        bytes.putFloat(store.target(row, j));
      }
      crc.reset();
      crc.update(bytes.flip());
      sum += crc.getValue();
    }
    return sum;
  }
}
