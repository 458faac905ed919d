package dev.lanewise.internal.checked;

import dev.lanewise.kernel.Kernels;
import java.util.Objects;

/** Checks that an operand lies inside its array. */
final class Bounds {
  private Bounds() {}

  private static IllegalArgumentException tooLong(String name, int n) {
    return new IllegalArgumentException(
        name
            + " has "
            + n
            + " elements; a kernel takes at most "
            + Kernels.MAX_LENGTH
            + ": give it parts");
  }

  /**
   * Checks a vector.
   *
   * @param name what the operand is called, for the message
   * @param n how many elements
   * @param a the array
   * @param offset where the vector starts
   * @throws NullPointerException if the array is null
   * @throws IndexOutOfBoundsException if the vector does not lie inside the array
   * @throws IllegalArgumentException if it has more than {@link Kernels#MAX_LENGTH} elements
   */
  static void vector(String name, int n, float[] a, int offset) {
    Objects.requireNonNull(a, name);
    if ((n | offset) < 0 || n > Math.min(a.length - offset, Kernels.MAX_LENGTH)) {
      if (n > Kernels.MAX_LENGTH && offset >= 0 && n <= a.length - offset) {
        throw tooLong(name, n);
      }
      throw new IndexOutOfBoundsException(
          name
              + " needs elements "
              + offset
              + " to "
              + ((long) offset + n)
              + " (exclusive) of an array of "
              + a.length);
    }
  }

  /**
   * Checks a matrix.
   *
   * @param name what the operand is called, for the message
   * @param rows how many rows
   * @param columns how many columns
   * @param a the array
   * @param offset where the first row starts
   * @param ld how many elements lie between the starts of two rows
   * @throws NullPointerException if the array is null
   * @throws IndexOutOfBoundsException if the matrix does not lie inside the array
   * @throws IllegalArgumentException if {@code ld} is below {@code columns}, or there are more than
   *     {@link Kernels#MAX_LENGTH} rows or columns
   */
  static void matrix(String name, int rows, int columns, float[] a, int offset, int ld) {
    Objects.requireNonNull(a, name);
    if (ld < columns) {
      throw new IllegalArgumentException(
          name + " has " + columns + " columns, but a leading dimension of only " + ld);
    }
    long end = rows == 0 ? offset : offset + (rows - 1L) * ld + columns;
    if (Math.max(rows, columns) > Kernels.MAX_LENGTH) {
      throw tooLong(name, Math.max(rows, columns));
    }
    if ((rows | columns | offset) < 0 || end > a.length) {
      throw new IndexOutOfBoundsException(
          name
              + " of "
              + rows
              + " x "
              + columns
              + " with leading dimension "
              + ld
              + " needs elements "
              + offset
              + " to "
              + end
              + " (exclusive) of an array of "
              + a.length);
    }
  }
}
