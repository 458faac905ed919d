package dev.lanewise.cli.data;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * How the cells of a column are read as numbers, and what becomes of these where a float would not
 * hold them: {@code (number - shift) * factor}, in double precision.
 *
 * @param decimal what stands before decimals
 * @param unit the currency or {@code %} of its numbers; empty if they have none
 * @param shift what is taken off; 0 for usual numbers
 * @param factor a power of two; 1 for usual numbers
 */
record Numbers(Decimal decimal, String unit, double shift, double factor) {
  /** What stands before decimals. */
  enum Decimal {
    /** A point; no comma stands in any number. */
    PLAIN,
    /** A point; commas stand between groups of digits. */
    POINT,
    /** A comma; points stand between groups of digits. */
    COMMA;

    /** Returns a cell's number, perhaps infinite; null if it is none. */
    WrittenNumber read(String text) {
      return this == PLAIN && text.indexOf(',') >= 0
          ? null
          : WrittenNumber.of(text, this == COMMA ? ',' : '.');
    }

    /** Whether a number as programs write it means here what it means to them. */
    boolean isOfPrograms(Cells row, int at) {
      return this != COMMA || row.text(at).indexOf('.') < 0;
    }
  }

  static final Numbers PLAIN = new Numbers(Decimal.PLAIN, "", 0, 1);

  private static final int MOST_DIGITS = 17;

  /** Checks that the shift and the factor can be undone. */
  Numbers {
    if (!Double.isFinite(shift) || !(factor > 0 && Double.isFinite(factor))) {
      throw new IllegalArgumentException("numbers cannot be shifted by " + shift + ", " + factor);
    }
  }

  /** Whether floats are the numbers themselves. */
  boolean isPlain() {
    return shift == 0 && factor == 1;
  }

  /** Numbers with a percent sign and others are not of one size; those of a currency are. */
  private boolean isPercent() {
    return unit.equals("%");
  }

  /**
   * Returns a cell's number, perhaps infinite; NaN if it is none.
   *
   * @param plain the number in it as programs write it; NaN for none
   */
  double read(double plain, Cells row, int at) {
    if (!Double.isNaN(plain) && decimal.isOfPrograms(row, at)) {
      return isPercent() && plain != 0 ? Double.NaN : plain;
    }
    WrittenNumber written = decimal.read(row.text(at));
    boolean same =
        written != null
            && (written.unit().equals(unit) || (written.unit().isEmpty() && !isPercent()));
    return same ? written.value() : Double.NaN;
  }

  /**
   * Returns the float for a number of a cell.
   *
   * @param ofPrograms whether it is written as programs write numbers
   */
  float toFloat(double value, boolean ofPrograms, Cells row, int at) {
    if (!isPlain()) {
      return (float) ((value - shift) * factor);
    }
    float nearest = (float) value;
    return nearest == value || decimal != Decimal.PLAIN || !ofPrograms
        ? nearest
        : PlainNumber.nearestFloat(value, row.text(at));
  }

  /** Returns the number for a float. */
  double toDouble(float value) {
    return value / factor + shift;
  }

  /** Returns the number for a float, with as many digits as tell it from the next float's. */
  String text(float value) {
    if (isPlain() || !Float.isFinite(value)) {
      return Float.toString(value);
    }
    BigDecimal exact = new BigDecimal(toDouble(value));
    double step = Math.max(Math.ulp(value) / factor, Math.ulp(toDouble(value)));
    for (int digits = 1; digits < MOST_DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits));
      if (rounded.subtract(exact).abs().doubleValue() <= step / 2) {
        return factor == 1 ? rounded.toPlainString() : Double.toString(rounded.doubleValue());
      }
    }
    return factor == 1 ? exact.toPlainString() : Double.toString(exact.doubleValue());
  }
}
