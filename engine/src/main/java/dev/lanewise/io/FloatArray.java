package dev.lanewise.io;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Numbers with a shape, row-major. An array of no dimension holds one number.
 *
 * <p>The numbers are not copied, so it is as safe for several threads as the array that it holds.
 */
public final class FloatArray {
  private final List<Integer> shape;
  private final float[] values;

  private FloatArray(List<Integer> shape, float[] values) {
    this.shape = shape;
    this.values = values;
  }

  /**
   * Gives numbers a shape.
   *
   * @param values the numbers, row-major; not copied
   * @param shape the dimensions, outermost first, each at least 0
   * @return the array
   * @throws IllegalArgumentException if a dimension is below 0, or their product is not the number
   *     of values
   */
  public static FloatArray of(float[] values, int... shape) {
    Objects.requireNonNull(values, "values");
    long count = 1;
    long extent = 1;
    for (int size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException(
            "a dimension must be at least 0, but the shape is " + Arrays.toString(shape));
      }
      count = size == 0 ? 0 : count;
      extent = Math.min(extent * Math.max(1, size), 1L + Integer.MAX_VALUE);
    }
    if (count * extent != values.length || extent > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "the shape "
              + Arrays.toString(shape)
              + " must hold as many numbers as there are, but there are "
              + values.length);
    }
    return new FloatArray(Arrays.stream(shape).boxed().toList(), values);
  }

  /**
   * Returns the dimensions.
   *
   * @return them, outermost first, unmodifiable
   */
  public List<Integer> shape() {
    return shape;
  }

  /**
   * Returns how many rows there are.
   *
   * @return the first dimension; 1 if there is none
   */
  public int rows() {
    return shape.isEmpty() ? 1 : shape.get(0);
  }

  /**
   * Returns how many numbers a row has.
   *
   * @return the product of all dimensions but the first; 1 if there is none
   */
  public int columns() {
    return shape.stream().skip(1).reduce(1, (a, b) -> a * b);
  }

  /**
   * Returns the numbers.
   *
   * @return {@code rows x columns}, row-major; not a copy
   */
  public float[] values() {
    return values;
  }

  /** Returns the shape. */
  @Override
  public String toString() {
    return "FloatArray" + shape;
  }
}
