package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import java.util.regex.Pattern;

/** What a first reading finds out about the numbers of one column. */
final class NumberScan {
  /** A column that counts fewer rows may do so by chance. */
  private static final int FEWEST_COUNTED = 20;

  /** What a column that numbers the rows, but not in their order, is called. */
  private static final Pattern KEY =
      Pattern.compile(
          "(?i:unnamed: \\d+|id|idx|index|row|row[ _.]?(id|no|nr|number|names?)|.+[ _.-]id)"
              + "|.*[a-z]I[Dd]");

  /** So many values that lie within a rounding of one are not different ones. */
  private static final int MOST_ROUNDED = 8;

  private static final double FLOAT_ROUNDING = 0x1p-21;
  private static final double DOUBLE_ROUNDING = 0x1p-48;

  /** Numbers this many times as large as they differ lose what they say in a float. */
  private static final double LOST = 1024;

  /** Of larger numbers a whole one is taken off, which adds no digits to theirs. */
  private static final double LARGE = 1e6;

  /** Whole numbers too large for a float lose something earlier. */
  private static final double WHOLE_LOST = 4;

  /** Far from this size on either side of 1 a float ends. */
  private static final double EXTREME = 1e30;

  private long count;
  private double first;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private double floatSum;
  private double offsets;
  private double squares;
  private long extreme;
  private boolean whole = true;
  private boolean exact = true;
  private double[] different = new double[MOST_ROUNDED];
  private int differentCount;
  private boolean countsRows = true;
  private boolean rises = true;
  private double last = Double.NEGATIVE_INFINITY;
  private double firstRow;
  private long hashes;

  /** The currency or percent sign of the numbers that have one, and where the first of them is. */
  private String unit = "";

  private String whereUnit;
  private long withoutUnit;

  /** The first number that no float holds. */
  private String huge;

  private String whereHuge;

  /** Whether a number with this unit can stand beside the others. */
  boolean takes(String newUnit) {
    return newUnit.isEmpty() || unit.isEmpty() || newUnit.equals(unit);
  }

  /**
   * Adds a number.
   *
   * @param newUnit its unit; empty for none
   * @param index which of the rows that are looked at, from 0
   */
  void add(double value, String newUnit, Cells row, int at, long index) throws DataException {
    if (Double.isInfinite(value)) {
      throw Column.notFinite(row.where(at), row.text(at));
    }
    if (newUnit.isEmpty()) {
      withoutUnit += value == 0 ? 0 : 1;
    } else if (unit.isEmpty()) {
      unit = newUnit;
      whereUnit = row.where(at);
    }
    if (huge == null && Float.isInfinite((float) value)) {
      huge = row.text(at);
      whereHuge = row.where(at);
    }
    add(value, index);
  }

  private void add(double value, long row) {
    if (count == 0) {
      first = value;
      firstRow = row;
    }
    count++;
    min = Math.min(min, value);
    max = Math.max(max, value);
    float single = (float) value;
    floatSum += single;
    exact &= single == value;
    double offset = value - first;
    offsets += offset;
    squares += offset * offset;
    double size = Math.abs(value);
    if (size > EXTREME || (size < 1 / EXTREME && size > 0)) {
      extreme++;
    }
    if (whole) {
      whole = value == Math.rint(value);
      countsRows &= offset == row - firstRow;
      rises &= value > last;
      last = value;
      hashes += hash((long) value);
    }
    if (different != null) {
      addDifferent(value);
    }
  }

  private void addDifferent(double value) {
    for (int i = 0; i < differentCount; i++) {
      if (different[i] == value) {
        return;
      }
    }
    if (differentCount == different.length) {
      different = null;
    } else {
      different[differentCount++] = value;
    }
  }

  private static long hash(long value) {
    long hash = (value ^ (value >>> 32)) * 0x9e3779b97f4a7c15L;
    return (hash ^ (hash >>> 29)) * 0xbf58476d1ce4e5b9L;
  }

  long count() {
    return count;
  }

  boolean isWhole() {
    return whole;
  }

  /** Refuses percent among other numbers. */
  void refuseMixed() throws DataException {
    if (unit.equals("%") && withoutUnit > 0) {
      throw new DataException(
          whereUnit
              + ": some of the column's numbers are percent and others are not; mend the column, or"
              + " leave it out by --ignore");
    }
  }

  /** Refuses percent among other numbers, and single numbers that no float holds. */
  void refuse() throws DataException {
    refuseMixed();
    if (huge != null && !isExtreme()) {
      throw Column.notFinite(whereHuge, huge);
    }
  }

  /** Whether all numbers are one, or would be but for roundings. */
  boolean isConstant() {
    if (count < 2 || max == min) {
      return count > 1;
    }
    double spread = max - min;
    double size = Math.max(Math.abs(min), Math.abs(max));
    if (whole || different == null) {
      return !whole && spread <= DOUBLE_ROUNDING * size;
    }
    return spread <= DOUBLE_ROUNDING * size || (spread <= FLOAT_ROUNDING * size && areFloats());
  }

  /** Whether the few different numbers are how floats are written. */
  private boolean areFloats() {
    for (int i = 0; i < differentCount; i++) {
      if (PlainNumber.parse(Float.toString((float) different[i])) != different[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the numbers number the rows: in their order whatever the column is called, in another
   * order if it is called so or has no name.
   *
   * @param name its name; null if it has none
   * @param rows of how many rows
   */
  boolean numbersRows(String name, long rows) {
    if (!whole || !unit.isEmpty() || count != rows || count < FEWEST_COUNTED) {
      return false;
    }
    return countsRows || ((name == null || KEY.matcher(name).matches()) && (rises || isOrder()));
  }

  /** Whether every whole number from the smallest to the largest is there once. */
  private boolean isOrder() {
    if (max - min != count - 1) {
      return false;
    }
    long expected = 0;
    for (long value = (long) min; value <= (long) max; value++) {
      expected += hash(value);
    }
    return expected == hashes;
  }

  /** Whether most numbers are of a size at which floats end. */
  private boolean isExtreme() {
    return 2 * extreme > count;
  }

  /** Returns the column, of which no number is too large for what becomes of it. */
  Column column(String name, Numbers.Decimal decimal) {
    double size = Math.max(Math.abs(min), Math.abs(max));
    double mean = first + offsets / count;
    if (isExtreme()) {
      double factor = Math.scalb(1.0, -Math.getExponent(size));
      double fill = Double.isFinite(mean) ? mean * factor : 0;
      return Column.number(name, new Numbers(decimal, unit, 0, factor), (float) fill);
    }
    double deviation = Math.sqrt(Math.max(0, squares / count - square(offsets / count)));
    boolean lost = !exact && deviation * (whole ? WHOLE_LOST : LOST) < size;
    double shift = !lost ? 0 : whole || size > LARGE ? Math.rint(mean) : mean;
    float fill = lost ? (float) (mean - shift) : (float) (floatSum / count);
    return Column.number(name, new Numbers(decimal, unit, shift, 1), count == 0 ? 0 : fill);
  }

  private static double square(double value) {
    return value * value;
  }
}
