package dev.lanewise.data;

import dev.lanewise.kernel.SparseRows;

/**
 * Rows of inputs, each with its targets and perhaps a weight, from wherever they are kept: {@link
 * Dataset} keeps them in arrays, {@link SparseDataset} without their zeros, {@link MappedDataset}
 * in a file, {@link RowSelection} in another source.
 *
 * <p>Implementations let any number of threads gather at the same time.
 */
public interface RowSource {
  /**
   * Returns how many rows there are.
   *
   * @return at least 1; 0 for a shard of {@link RowShards} that got none, which cannot be learned
   *     from
   */
  int rows();

  /**
   * Returns how many inputs a row has.
   *
   * @return at least 1
   */
  int inputs();

  /**
   * Returns how many targets a row has: as many as a network has outputs.
   *
   * @return at least 1
   */
  int outputs();

  /**
   * Returns whether rows have weights.
   *
   * @return false where every row counts the same
   */
  boolean hasWeights();

  /**
   * Copies chosen rows, one after the other. Allocates nothing, except where a class says so.
   *
   * @param chosen numbers of rows
   * @param from where in {@code chosen} to start
   * @param count how many to copy
   * @param x where to put {@code count x inputs}
   * @param targets where to put {@code count x outputs}
   * @param weights where to put {@code count} weights, 1 each where rows have none; or null
   * @throws IndexOutOfBoundsException if there is no such row, or an array is too short
   */
  void gather(int[] chosen, int from, int count, float[] x, float[] targets, float[] weights);

  /**
   * Copies chosen rows without their weights. Allocates nothing.
   *
   * @param chosen numbers of rows
   * @param from where in {@code chosen} to start
   * @param count how many to copy
   * @param x where to put {@code count x inputs}
   * @param targets where to put {@code count x outputs}
   * @throws IndexOutOfBoundsException if there is no such row, or an array is too short
   */
  default void gather(int[] chosen, int from, int count, float[] x, float[] targets) {
    gather(chosen, from, count, x, targets, null);
  }

  /**
   * Returns whether rows are kept sparsely, so that training and predictions take them so.
   *
   * @return true where the gathering of a {@link SparseRows.Builder} works
   */
  default boolean sparse() {
    return false;
  }

  /**
   * Copies chosen rows sparsely, one after the other, in place of what the batch held.
   *
   * @param chosen numbers of rows
   * @param from where in {@code chosen} to start
   * @param count how many to copy
   * @param x where to put the inputs; with as many columns as there are inputs
   * @param targets where to put {@code count x outputs}
   * @param weights where to put {@code count} weights, 1 each where rows have none; or null
   * @throws UnsupportedOperationException if they are not {@link #sparse}
   * @throws IndexOutOfBoundsException if there is no such row, or an array is too short
   */
  default void gather(
      int[] chosen, int from, int count, SparseRows.Builder x, float[] targets, float[] weights) {
    throw new UnsupportedOperationException("these rows are not sparse; gather them as numbers");
  }

  /**
   * Goes through all rows to see that every input and every target is a finite number.
   *
   * @throws IllegalArgumentException if one is not; the message names its row and column, both from
   *     0
   */
  default void requireFinite() {
    float[] x = new float[inputs()];
    float[] t = new float[outputs()];
    int[] row = new int[1];
    for (int r = 0; r < rows(); r++) {
      row[0] = r;
      gather(row, 0, 1, x, t, null);
      Finite.check("input", x, 0, r, x.length);
      Finite.check("target", t, 0, r, t.length);
    }
  }
}
