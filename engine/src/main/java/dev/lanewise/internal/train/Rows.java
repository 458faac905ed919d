package dev.lanewise.internal.train;

import java.util.Arrays;

/** Copies matrices between padded and unpadded arrays. */
final class Rows {
  private Rows() {}

  /**
   * Copies a matrix.
   *
   * @param rows how many rows
   * @param columns how many columns
   * @param from the matrix
   * @param fromOffset where it starts
   * @param ldfrom its leading dimension
   * @param to where it goes
   * @param toOffset where it starts there
   * @param ldto its leading dimension there; what lies between its rows stays as it is
   */
  static void copy(
      int rows,
      int columns,
      float[] from,
      int fromOffset,
      int ldfrom,
      float[] to,
      int toOffset,
      int ldto) {
    if (ldfrom == columns && ldto == columns) {
      System.arraycopy(from, fromOffset, to, toOffset, rows * columns);
      return;
    }
    for (int r = 0; r < rows; r++) {
      System.arraycopy(from, fromOffset + r * ldfrom, to, toOffset + r * ldto, columns);
    }
  }

  /** Writes zeros between the rows of a matrix, from its last column to its leading dimension. */
  static void clearPadding(int rows, int columns, float[] a, int offset, int ld) {
    if (columns < ld) {
      for (int r = 0; r < rows; r++) {
        Arrays.fill(a, offset + r * ld + columns, offset + (r + 1) * ld, 0);
      }
    }
  }
}
