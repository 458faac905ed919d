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
  private final int outputs;
  private final float[] targets;

  /**
   * Makes a data set of arrays, which are not copied.
   *
   * @param x the inputs
   * @param outputs how many targets a row has, as many as a network has outputs; at least 1
   * @param targets {@code rows x outputs}
   * @throws IllegalArgumentException if the number is below 1, or the length does not fit
   */
  public SparseDataset(SparseRows x, int outputs, float[] targets) {
    this.x = Objects.requireNonNull(x, "x");
    this.targets = Objects.requireNonNull(targets, "targets");
    if (outputs < 1 || targets.length != (long) x.rows() * outputs) {
      throw new IllegalArgumentException(
          "targets must hold "
              + x.rows()
              + " rows of at least 1 target, but holds "
              + targets.length
              + " numbers for rows of "
              + outputs);
    }
    this.outputs = outputs;
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
  public int outputs() {
    return outputs;
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
      int[] chosen, int from, int count, float[] xBatch, float[] targetBatch, float[] weightBatch) {
    for (int i = 0; i < count; i++) {
      int row = Objects.checkIndex(chosen[from + i], rows());
      int at = i * inputs();
      Arrays.fill(xBatch, at, at + inputs(), 0);
      for (int p = x.indptr()[row]; p < x.indptr()[row + 1]; p++) {
        xBatch[at + x.indices()[p]] = x.values()[p];
      }
      gatherTarget(row, i, targetBatch, weightBatch);
    }
  }

  @Override
  public void gather(
      int[] chosen,
      int from,
      int count,
      SparseRows.Builder xBatch,
      float[] targetBatch,
      float[] weightBatch) {
    xBatch.clear();
    for (int i = 0; i < count; i++) {
      int row = Objects.checkIndex(chosen[from + i], rows());
      int start = x.indptr()[row];
      xBatch.add(x.indptr()[row + 1] - start, x.indices(), start, x.values(), start);
      gatherTarget(row, i, targetBatch, weightBatch);
    }
  }

  /**
   * Says it in one line.
   *
   * @return for example {@code 1605 sparse rows of 123 inputs and 1 target}
   */
  @Override
  public String toString() {
    return rows() + " sparse rows of " + inputs() + " inputs and " + outputs + " targets";
  }

  private void gatherTarget(int row, int i, float[] targetBatch, float[] weightBatch) {
    System.arraycopy(targets, row * outputs, targetBatch, i * outputs, outputs);
    if (weightBatch != null) {
      weightBatch[i] = 1;
    }
  }
}
