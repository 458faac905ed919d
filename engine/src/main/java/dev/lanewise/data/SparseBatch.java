package dev.lanewise.data;

import dev.lanewise.kernel.SparseRows;
import java.util.Arrays;
import java.util.Objects;

/**
 * Collects rows given sparsely, for a training step or for predictions, in arrays that are used
 * again for the next ones. For one thread at a time.
 */
public final class SparseBatch {
  private static final int FIRST = 64;

  private final int columns;
  private int[] ends = new int[FIRST];
  private int[] indices = new int[FIRST];
  private float[] values = new float[FIRST];
  private int rows;
  private int pairs;
  private SparseRows last;

  /**
   * Makes an empty batch.
   *
   * @param columns how many columns a row has, named or not; at least 1
   * @throws IllegalArgumentException if it is below 1
   */
  public SparseBatch(int columns) {
    if (columns < 1) {
      throw new IllegalArgumentException("columns must be at least 1, but was " + columns);
    }
    this.columns = columns;
  }

  /** Forgets all rows. */
  public void clear() {
    rows = 0;
    pairs = 0;
  }

  /**
   * Adds a row behind those before. Allocates nothing where a batch has held as much before.
   *
   * @param count how many of its columns are named
   * @param newIndices these columns from 0, strictly ascending; copied
   * @param from where they start in the array
   * @param newValues their values; copied
   * @param valuesFrom where these start
   * @throws IllegalArgumentException if a column is out of range or not above the one before;
   *     nothing was added then
   * @throws IndexOutOfBoundsException if an array is too short; nothing was added then
   */
  public void add(int count, int[] newIndices, int from, float[] newValues, int valuesFrom) {
    Objects.checkFromIndexSize(from, count, newIndices.length);
    Objects.checkFromIndexSize(valuesFrom, count, newValues.length);
    int before = -1;
    for (int i = from; i < from + count; i++) {
      if (newIndices[i] <= before || newIndices[i] >= columns) {
        throw new IllegalArgumentException(
            "a row names column "
                + newIndices[i]
                + (before < 0 ? "" : " after " + before)
                + "; expected ascending ones from 0 to "
                + (columns - 1));
      }
      before = newIndices[i];
    }
    while (Math.addExact(pairs, count) > indices.length) {
      indices = Arrays.copyOf(indices, Math.multiplyExact(2, indices.length));
      values = Arrays.copyOf(values, indices.length);
    }
    ends = rows < ends.length ? ends : Arrays.copyOf(ends, 2 * rows);
    System.arraycopy(newIndices, from, indices, pairs, count);
    System.arraycopy(newValues, valuesFrom, values, pairs, count);
    pairs += count;
    ends[rows++] = pairs;
  }

  /**
   * Returns how many rows there are.
   *
   * @return at least 0
   */
  public int size() {
    return rows;
  }

  /**
   * Returns the rows.
   *
   * @return them, valid until this is cleared or added to; the same object again where there are as
   *     many rows
   * @throws IllegalStateException if there is none
   */
  @SuppressWarnings("ReferenceEquality") // Rows are the same object only over the same array.
  public SparseRows rows() {
    if (rows == 0) {
      throw new IllegalStateException("a batch needs at least 1 row, but has none yet");
    }
    boolean fits = last != null && last.rows() == rows && last.indices() == indices;
    int[] starts = fits ? last.indptr() : new int[rows + 1];
    System.arraycopy(ends, 0, starts, 1, rows);
    if (!fits) {
      last = new SparseRows(columns, starts, indices, values);
    }
    return last;
  }
}
