package dev.lanewise.spark;

import dev.lanewise.data.RowSource;
import dev.lanewise.kernel.SparseRows;
import java.util.Arrays;
import java.util.List;

/** The rows of several blocks, one block after the other. */
final class RowBlocks implements RowSource {
  private final RowSchema schema;
  private final List<RowBlock> blocks;
  private final int[] firsts;
  private final boolean sparse;

  /**
   * Takes blocks.
   *
   * @param schema what their rows look like
   * @param blocks at least one
   * @param sparse whether rows are to be gathered sparsely
   */
  RowBlocks(RowSchema schema, List<RowBlock> blocks, boolean sparse) {
    this.schema = schema;
    this.blocks = blocks;
    this.firsts = new int[blocks.size() + 1];
    this.sparse = sparse;
    for (int b = 0; b < blocks.size(); b++) {
      firsts[b + 1] = Math.addExact(firsts[b], blocks.get(b).rows());
    }
  }

  @Override
  public int rows() {
    return firsts[blocks.size()];
  }

  @Override
  public int inputs() {
    return schema.inputs();
  }

  @Override
  public int outputs() {
    return schema.outputs();
  }

  @Override
  public boolean hasWeights() {
    return schema.weight() != null;
  }

  @Override
  public boolean sparse() {
    return sparse;
  }

  @Override
  public void gather(
      int[] chosen, int from, int count, float[] x, float[] targets, float[] weights) {
    for (int i = 0; i < count; i++) {
      int block = block(chosen[from + i]);
      blocks.get(block).put(chosen[from + i] - firsts[block], i, x, targets, weights);
    }
  }

  @Override
  public void gather(
      int[] chosen, int from, int count, SparseRows.Builder x, float[] targets, float[] weights) {
    x.clear();
    for (int i = 0; i < count; i++) {
      int block = block(chosen[from + i]);
      blocks.get(block).add(chosen[from + i] - firsts[block], i, x, targets, weights);
    }
  }

  private int block(int row) {
    int place = Arrays.binarySearch(firsts, row);
    return place >= 0 ? place : -2 - place;
  }
}
