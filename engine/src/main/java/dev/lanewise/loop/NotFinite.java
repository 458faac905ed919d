package dev.lanewise.loop;

import dev.lanewise.data.Batches;
import dev.lanewise.data.RowSource;
import dev.lanewise.kernel.SparseRows;

/** Looks for the number of a data set that makes losses infinite or no numbers. */
final class NotFinite {
  private NotFinite() {}

  /**
   * Returns the first number that is not finite in a row whose weight is not 0, such as "input 3 of
   * row 7 is NaN", or null.
   */
  static String first(RowSource data) {
    Batches batches = Batches.inOrder(data);
    String found = null;
    while (found == null && batches.next()) {
      for (int r = 0; r < batches.rows() && found == null; r++) {
        if (batches.weights() == null || batches.weights()[r] != 0) {
          found = inRow(batches, r, data.inputs(), data.outputs());
        }
      }
    }
    return found;
  }

  private static String inRow(Batches batches, int r, int inputs, int outputs) {
    int row = batches.row(r);
    String found =
        batches.sparse() == null
            ? in("input", batches.x(), r * inputs, inputs, row)
            : in(batches.sparse(), r, row);
    return found == null ? in("target", batches.targets(), r * outputs, outputs, row) : found;
  }

  private static String in(String what, float[] a, int from, int count, int row) {
    for (int i = 0; i < count; i++) {
      if (!Float.isFinite(a[from + i])) {
        return what + " " + i + " of row " + row + " is " + a[from + i];
      }
    }
    return null;
  }

  private static String in(SparseRows x, int r, int row) {
    for (int p = x.indptr()[r]; p < x.indptr()[r + 1]; p++) {
      if (!Float.isFinite(x.values()[p])) {
        return "input " + x.indices()[p] + " of row " + row + " is " + x.values()[p];
      }
    }
    return null;
  }
}
