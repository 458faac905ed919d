package dev.lanewise.kernel;

import java.util.Arrays;
import java.util.Objects;

/**
 * Rows of which only some columns are named, the others being zero: hashed or one-hot features. In
 * compressed sparse row form (CSR) row {@code r} is a run of pairs: column {@code indices[p]} has
 * the value {@code values[p]}, for {@code p} from {@code indptr[r]} to before {@code indptr[r +
 * 1]}. A row may be empty. The first row may start after pair 0, so that batches can be parts of
 * larger arrays: {@code Arrays.copyOfRange(indptr, from, to + 1)} with the same indices and values.
 *
 * <p>The arrays are not copied, and checked only once: whoever changes them while they are in use,
 * or so that they break the rules of the constructor, gets wrong results. Any number of threads may
 * read the same rows.
 */
public final class SparseRows {
  private final int columns;
  private final int[] indptr;
  private final int[] indices;
  private final float[] values;

  /**
   * Checks rows, in time proportional to their pairs.
   *
   * @param columns how many columns a row has, named or not; at least 1
   * @param indptr where the pairs of each row start, then where those of the last row end: {@code
   *     rows + 1} numbers that do not decrease
   * @param indices the column of each pair, from 0 to before {@code columns}, strictly ascending
   *     within a row
   * @param values the value of each pair, as many as indices
   * @throws NullPointerException if an array is null
   * @throws IllegalArgumentException if one of these rules is broken
   */
  public SparseRows(int columns, int[] indptr, int[] indices, float[] values) {
    this.columns = columns;
    this.indptr = Objects.requireNonNull(indptr, "indptr");
    this.indices = Objects.requireNonNull(indices, "indices");
    this.values = Objects.requireNonNull(values, "values");
    checkLengths();
    for (int r = 0; r < rows(); r++) {
      checkRow(r);
    }
  }

  /**
   * Makes rows whose named columns all have the value 1, equally many in each row.
   *
   * @param columns how many columns a row has, named or not; at least 1
   * @param perRow how many of them a row names; at least 1
   * @param indices {@code rows x perRow} columns, strictly ascending within a row; not copied
   * @return the rows
   * @throws NullPointerException if the array is null
   * @throws IllegalArgumentException if its length is not a positive multiple of {@code perRow}, or
   *     a rule of the constructor is broken
   */
  public static SparseRows oneHot(int columns, int perRow, int[] indices) {
    Objects.requireNonNull(indices, "indices");
    if (perRow < 1) {
      throw new IllegalArgumentException("perRow must be at least 1, but was " + perRow);
    }
    if (indices.length == 0 || indices.length % perRow != 0) {
      throw new IllegalArgumentException(
          "indices must hold a positive multiple of "
              + perRow
              + " numbers (rows x "
              + perRow
              + "), but holds "
              + indices.length);
    }
    int[] indptr = new int[indices.length / perRow + 1];
    for (int r = 1; r < indptr.length; r++) {
      indptr[r] = r * perRow;
    }
    float[] ones = new float[indices.length];
    Arrays.fill(ones, 1);
    return new SparseRows(columns, indptr, indices, ones);
  }

  private void checkLengths() {
    if (columns < 1) {
      throw new IllegalArgumentException("columns must be at least 1, but was " + columns);
    }
    if (indptr.length < 2) {
      throw new IllegalArgumentException(
          "indptr must hold one number more than there are rows, for at least 1 row, but holds "
              + indptr.length);
    }
    if (values.length != indices.length) {
      throw new IllegalArgumentException(
          "there must be as many values as indices, but there are "
              + values.length
              + " values and "
              + indices.length
              + " indices");
    }
    if (indptr[0] < 0) {
      throw new IllegalArgumentException(
          "row 0 must start at pair 0 or later, but indptr[0] = " + indptr[0]);
    }
  }

  private void checkRow(int r) {
    if (indptr[r + 1] < indptr[r]) {
      throw new IllegalArgumentException(
          "row "
              + r
              + " must not end before it starts, but indptr["
              + r
              + "] = "
              + indptr[r]
              + " and indptr["
              + (r + 1)
              + "] = "
              + indptr[r + 1]);
    }
    if (indptr[r + 1] > indices.length) {
      throw new IllegalArgumentException(
          "row "
              + r
              + " ends before pair indptr["
              + (r + 1)
              + "] = "
              + indptr[r + 1]
              + ", but there are only "
              + indices.length
              + " indices");
    }
    int last = -1;
    for (int p = indptr[r]; p < indptr[r + 1]; p++) {
      int index = indices[p];
      if (index < 0 || index >= columns) {
        throw new IllegalArgumentException(
            "row "
                + r
                + " has indices["
                + p
                + "] = "
                + index
                + ", but with "
                + columns
                + " columns an index must be from 0 to "
                + (columns - 1));
      }
      if (index <= last) {
        throw new IllegalArgumentException(
            "row "
                + r
                + " has indices["
                + p
                + "] = "
                + index
                + " after "
                + last
                + ", but within a row they must be strictly ascending: sort each row's pairs by"
                + " index, and make pairs of one index into one with the sum of their values");
      }
      last = index;
    }
  }

  /**
   * Returns how many rows there are.
   *
   * @return at least 1
   */
  public int rows() {
    return indptr.length - 1;
  }

  /**
   * Returns how many columns a row has, named or not.
   *
   * @return at least 1
   */
  public int columns() {
    return columns;
  }

  /**
   * Returns how many pairs all rows have together.
   *
   * @return at least 0
   */
  public int nnz() {
    return indptr[rows()] - indptr[0];
  }

  /**
   * Returns where each row starts, and where the last one ends.
   *
   * @return {@code rows + 1} numbers: the array itself
   */
  public int[] indptr() {
    return indptr;
  }

  /**
   * Returns the columns of the pairs.
   *
   * @return the array itself
   */
  public int[] indices() {
    return indices;
  }

  /**
   * Returns the values of the pairs.
   *
   * @return the array itself
   */
  public float[] values() {
    return values;
  }

  /**
   * Collects rows given sparsely, for a training step or for predictions, in arrays that are used
   * again for the next ones. For one thread at a time.
   */
  public static final class Builder {
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
    public Builder(int columns) {
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
     * @return them, valid until this is cleared or added to; the same object again where there are
     *     as many rows
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
}
