package dev.lanewise.data;

import dev.lanewise.kernel.SparseRows;
import java.util.Arrays;
import java.util.Objects;

/**
 * Rows given sparsely, such as {@link LibSvm} reads, each with its targets. A network that is
 * trained on them begins with a dense layer, whose work is proportional to the pairs named; see
 * {@link dev.lanewise.Trainer#step(dev.lanewise.Batch)} for how optimizers see them.
 */
public final class SparseDataset implements RowSource {
  private final SparseRows x;
  private final int targets;
  private final float[] t;

  /**
   * Makes a data set of arrays, which are not copied.
   *
   * @param x the inputs
   * @param targets how many targets a row has, at least 1
   * @param t {@code rows x targets}
   * @throws IllegalArgumentException if the number is below 1, or the length does not fit
   */
  public SparseDataset(SparseRows x, int targets, float[] t) {
    this.x = Objects.requireNonNull(x, "x");
    this.t = Objects.requireNonNull(t, "t");
    if (targets < 1 || t.length != (long) x.rows() * targets) {
      throw new IllegalArgumentException(
          "t must hold "
              + x.rows()
              + " rows of at least 1 target, but holds "
              + t.length
              + " numbers for rows of "
              + targets);
    }
    this.targets = targets;
  }

  @Override
  public int rows() {
    return x.rows();
  }

  @Override
  public int inputs() {
    return x.columns();
  }

  @Override
  public int targets() {
    return targets;
  }

  @Override
  public boolean hasWeights() {
    return false;
  }

  @Override
  public boolean sparse() {
    return true;
  }

  @Override
  public void gather(
      int[] chosen, int from, int count, float[] xBatch, float[] tBatch, float[] weightBatch) {
    for (int i = 0; i < count; i++) {
      int row = Objects.checkIndex(chosen[from + i], rows());
      int at = i * inputs();
      Arrays.fill(xBatch, at, at + inputs(), 0);
      for (int p = x.indptr()[row]; p < x.indptr()[row + 1]; p++) {
        xBatch[at + x.indices()[p]] = x.values()[p];
      }
      gatherTarget(row, i, tBatch, weightBatch);
    }
  }

  @Override
  public void gather(
      int[] chosen, int from, int count, SparseBatch xBatch, float[] tBatch, float[] weightBatch) {
    xBatch.clear();
    for (int i = 0; i < count; i++) {
      int row = Objects.checkIndex(chosen[from + i], rows());
      int start = x.indptr()[row];
      xBatch.add(x.indptr()[row + 1] - start, x.indices(), start, x.values(), start);
      gatherTarget(row, i, tBatch, weightBatch);
    }
  }

  private void gatherTarget(int row, int i, float[] tBatch, float[] weightBatch) {
    System.arraycopy(t, row * targets, tBatch, i * targets, targets);
    if (weightBatch != null) {
      weightBatch[i] = 1;
    }
  }
}
