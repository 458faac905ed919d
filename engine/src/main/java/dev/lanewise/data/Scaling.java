package dev.lanewise.data;

import dev.lanewise.internal.array.ArraySize;
import dev.lanewise.internal.tuning.Sizes;
import java.util.Objects;

/**
 * Brings columns to a common size: {@code (value - shift) * factor}, with a shift and a factor for
 * each column. Fitted on the data that a network is trained on, and then applied to all that it
 * sees; the two arrays can be stored with the network.
 *
 * <p>Computed in double precision and rounded once, so the same bits on every machine.
 * Unchangeable: any number of threads may use one.
 */
public final class Scaling {
  private final float[] shift;
  private final float[] factor;

  /**
   * Makes a scaling of numbers that were stored.
   *
   * @param shift what to take off each column, finite
   * @param factor what to multiply each column by then, finite and above 0; as many
   * @throws IllegalArgumentException if there is no column, the lengths differ, or a number is not
   *     as said
   */
  public Scaling(float[] shift, float[] factor) {
    if (shift.length == 0 || factor.length != shift.length) {
      throw new IllegalArgumentException(
          "a scaling needs a shift and a factor for each of at least 1 column, not "
              + shift.length
              + " and "
              + factor.length);
    }
    for (int c = 0; c < shift.length; c++) {
      if (!Float.isFinite(shift[c]) || !(factor[c] > 0 && factor[c] < Float.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "column "
                + c
                + " has the shift "
                + shift[c]
                + " and the factor "
                + factor[c]
                + "; expected finite numbers, the factor above 0");
      }
    }
    this.shift = shift.clone();
    this.factor = factor.clone();
  }

  /**
   * Standardises: every column gets the mean 0 and the standard deviation 1, that of the rows as a
   * population. A column of equal values becomes 0 and keeps the factor 1.
   *
   * @param data whose inputs to fit
   * @return a scaling of {@code inputs} columns
   * @throws IllegalArgumentException if an input is not finite; the message names its row and
   *     column
   */
  public static Scaling standard(RowSource data) {
    ColumnMoments columns = new ColumnMoments("input", data.inputs());
    each(data, columns::add);
    each(data, columns::addSquares);
    return new Scaling(columns.means(), columns.deviationFactors());
  }

  /**
   * Standardises as {@link #standard(RowSource)}, for instance targets.
   *
   * @param columns how many columns a row has, at least 1
   * @param values {@code rows x columns}, at least one row
   * @return a scaling of {@code columns} columns
   * @throws IllegalArgumentException if the length does not fit, or a value is not finite
   */
  public static Scaling standard(int columns, float[] values) {
    int rows = rows(columns, values);
    ColumnMoments moments = new ColumnMoments("column", columns);
    moments.add(rows, values);
    moments.addSquares(rows, values);
    return new Scaling(moments.means(), moments.deviationFactors());
  }

  /**
   * Brings every column to 0 to 1: its smallest value becomes 0 and its largest one 1, within
   * rounding. A column of equal values becomes 0 and keeps the factor 1.
   *
   * @param data whose inputs to fit
   * @return a scaling of {@code inputs} columns
   * @throws IllegalArgumentException if an input is not finite; the message names its row and
   *     column
   */
  public static Scaling minMax(RowSource data) {
    ColumnMoments columns = new ColumnMoments("input", data.inputs());
    each(data, columns::add);
    return new Scaling(columns.minimums(), columns.rangeFactors());
  }

  /**
   * Brings every column to 0 to 1 as {@link #minMax(RowSource)}, for instance targets.
   *
   * @param columns how many columns a row has, at least 1
   * @param values {@code rows x columns}, at least one row
   * @return a scaling of {@code columns} columns
   * @throws IllegalArgumentException if the length does not fit, or a value is not finite
   */
  public static Scaling minMax(int columns, float[] values) {
    int rows = rows(columns, values);
    ColumnMoments moments = new ColumnMoments("column", columns);
    moments.add(rows, values);
    return new Scaling(moments.minimums(), moments.rangeFactors());
  }

  private interface Chunks {
    void add(int rows, float[] x);
  }

  private static void each(RowSource data, Chunks chunks) {
    int wider = Math.max(data.inputs(), data.outputs());
    int most = Math.clamp(Sizes.NUMBERS_AT_ONCE / wider, 1, Sizes.ROWS_AT_ONCE);
    int[] chosen = new int[most];
    float[] x = new float[ArraySize.of("the inputs", most, data.inputs())];
    float[] t = new float[ArraySize.of("the targets", most, data.outputs())];
    for (int from = 0, rows; from < data.rows(); from += rows) {
      rows = Math.min(most, data.rows() - from);
      for (int i = 0; i < rows; i++) {
        chosen[i] = from + i;
      }
      data.gather(chosen, 0, rows, x, t);
      chunks.add(rows, x);
    }
  }

  private static int rows(int columns, float[] values) {
    if (columns < 1 || values.length == 0 || values.length % columns != 0) {
      throw new IllegalArgumentException(
          "values must be at least 1 row of at least 1 column, but are "
              + values.length
              + " for rows of "
              + columns);
    }
    return values.length / columns;
  }

  /**
   * Returns how many columns there are.
   *
   * @return at least 1
   */
  public int columns() {
    return shift.length;
  }

  /**
   * Returns the scaling that undoes this one, but for rounding: for the outputs of a network that
   * learns scaled targets.
   *
   * @return {@code y = (x - (-shift factor)) / factor}
   */
  public Scaling inverse() {
    float[] back = new float[shift.length];
    float[] by = new float[shift.length];
    for (int j = 0; j < back.length; j++) {
      back[j] = -shift[j] * factor[j];
      by[j] = 1 / factor[j];
    }
    return new Scaling(back, by);
  }

  /**
   * Returns what is taken off each column.
   *
   * @return a copy
   */
  public float[] shift() {
    return shift.clone();
  }

  /**
   * Returns what each column is then multiplied by.
   *
   * @return a copy
   */
  public float[] factor() {
    return factor.clone();
  }

  /**
   * Scales rows in place. Allocates nothing.
   *
   * @param rows how many rows, at least 0
   * @param x {@code rows x columns}, from the start of an array that may be longer
   * @throws IndexOutOfBoundsException if the array is too short; nothing was written then
   */
  public void apply(int rows, float[] x) {
    checkLength(rows, x);
    for (int r = 0, i = 0; r < rows; r++) {
      for (int c = 0; c < shift.length; c++, i++) {
        x[i] = (float) (((double) x[i] - shift[c]) * factor[c]);
      }
    }
  }

  /**
   * Takes the scaling of rows back, in place, within rounding. Allocates nothing.
   *
   * @param rows how many rows, at least 0
   * @param x {@code rows x columns}, from the start of an array that may be longer
   * @throws IndexOutOfBoundsException if the array is too short; nothing was written then
   */
  public void invert(int rows, float[] x) {
    checkLength(rows, x);
    for (int r = 0, i = 0; r < rows; r++) {
      for (int c = 0; c < shift.length; c++, i++) {
        x[i] = (float) ((double) x[i] / factor[c] + shift[c]);
      }
    }
  }

  private void checkLength(int rows, float[] x) {
    Objects.checkFromIndexSize(0L, (long) rows * shift.length, x.length);
  }

  /**
   * Returns a data set with scaled inputs.
   *
   * @param data a data set with an input for each column
   * @return a data set of a scaled copy of the inputs, and of the same targets and weights
   * @throws IllegalArgumentException if it has not as many inputs as this has columns
   */
  public Dataset applyTo(Dataset data) {
    if (data.inputs() != shift.length) {
      throw new IllegalArgumentException(
          "the data set has " + data.inputs() + " inputs; expected " + shift.length);
    }
    float[] x = data.x().clone();
    apply(data.rows(), x);
    Dataset scaled = new Dataset(data.inputs(), x, data.outputs(), data.targets());
    return data.hasWeights() ? scaled.withWeights(data.weights()) : scaled;
  }
}
