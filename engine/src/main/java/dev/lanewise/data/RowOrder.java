package dev.lanewise.data;

import dev.lanewise.internal.random.SplitMix64;

/** Orders of rows that a seed decides. */
final class RowOrder {
  private RowOrder() {}

  /** Returns the rows {@code 0 to rows - 1} in another order. */
  static int[] shuffled(int rows, long seed) {
    int[] order = new int[rows];
    shuffle(order, seed, 0);
    return order;
  }

  /**
   * Writes the rows {@code 0 to order.length - 1} in another order (Fisher and Yates, in the form
   * of Durstenfeld, "Algorithm 235: Random permutation", 1964).
   *
   * @param position the first of {@code order.length} numbers of the seed that decide
   */
  static void shuffle(int[] order, long seed, long position) {
    int n = order.length;
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = n - 1; i > 0; i--) {
      int j = SplitMix64.below(seed, position + i, i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }

  /**
   * Returns the rows {@code 0 to classOf.length - 1} in an order whose last {@code partRows} rows
   * have each class's share of them, within one row. Both parts are in an order of their own.
   */
  static int[] stratified(int[] classOf, int classes, int partRows, long seed) {
    int[] rowsOfClass = new int[classes];
    for (int c : classOf) {
      rowsOfClass[c]++;
    }
    int[] left = shares(rowsOfClass, classOf.length, partRows);
    int[] order = shuffled(classOf.length, seed);
    int[] stratified = new int[order.length];
    int restEnd = order.length - partRows;
    int partEnd = order.length;
    for (int i = order.length - 1; i >= 0; i--) {
      int row = order[i];
      if (left[classOf[row]] > 0) {
        left[classOf[row]]--;
        stratified[--partEnd] = row;
      } else {
        stratified[--restEnd] = row;
      }
    }
    return stratified;
  }

  /**
   * Returns how many rows of each class a part has: its share, rounded down or up so that the part
   * has {@code partRows} in all. The largest remainders are rounded up, of equal ones the first.
   */
  private static int[] shares(int[] rowsOfClass, int rows, int partRows) {
    int[] shares = new int[rowsOfClass.length];
    long[] remainders = new long[rowsOfClass.length];
    int left = partRows;
    for (int c = 0; c < shares.length; c++) {
      long product = (long) rowsOfClass[c] * partRows;
      shares[c] = (int) (product / rows);
      remainders[c] = product % rows;
      left -= shares[c];
    }
    for (; left > 0; left--) {
      int largest = 0;
      for (int c = 1; c < shares.length; c++) {
        largest = remainders[c] > remainders[largest] ? c : largest;
      }
      shares[largest]++;
      remainders[largest] = -1;
    }
    return shares;
  }
}
