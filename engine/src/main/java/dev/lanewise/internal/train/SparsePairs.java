package dev.lanewise.internal.train;

import dev.lanewise.kernel.SparseRows;

/**
 * The pairs of sparse rows grouped by column, each group in the order of the rows. Pairs are
 * counted from 0 at the first row. Grouping takes time proportional to the pairs, not to the
 * columns, and allocates only where there are more pairs than ever before. For use by one thread at
 * a time.
 */
final class SparsePairs {
  /** For each column one more than its first pair so far, while pairs are grouped; else 0. */
  private int[] first = {};

  private int[] next = {};
  private int[] rows = {};
  private int[] columns = {};
  private int[] heads = {};
  private int groups;

  /**
   * Groups the pairs of rows: those chosen in ascending order, or all where {@code chosen} is null.
   */
  void group(int count, SparseRows x, int[] chosen) {
    reserve(x);
    groups = 0;
    int[] starts = x.indptr();
    int[] indices = x.indices();
    // From the last pair to the first, so that each list begins with its first row.
    for (int r = count - 1; r >= 0; r--) {
      int row = chosen == null ? r : chosen[r];
      for (int p = starts[row + 1] - 1; p >= starts[row]; p--) {
        int pair = p - starts[0];
        int column = indices[p];
        if (first[column] == 0) {
          columns[groups++] = column;
        }
        rows[pair] = r;
        next[pair] = first[column] - 1;
        first[column] = pair + 1;
      }
    }
    for (int g = 0; g < groups; g++) {
      heads[g] = first[columns[g]] - 1;
      first[columns[g]] = 0;
    }
  }

  private void reserve(SparseRows x) {
    if (first.length < x.columns()) {
      first = new int[x.columns()];
    }
    int pairs = x.nnz();
    if (heads.length < pairs) {
      next = new int[pairs];
      rows = new int[pairs];
      columns = new int[pairs];
      heads = new int[pairs];
    }
  }

  /** Returns how many columns are named. */
  int groups() {
    return groups;
  }

  /** Returns the column of a group. */
  int column(int group) {
    return columns[group];
  }

  /** Returns the first pair of a group. */
  int head(int group) {
    return heads[group];
  }

  /** Returns the pair that follows in its group, -1 after the last one. */
  int next(int pair) {
    return next[pair];
  }

  /** Returns the row of a pair. */
  int row(int pair) {
    return rows[pair];
  }
}
