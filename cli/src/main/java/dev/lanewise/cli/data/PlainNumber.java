package dev.lanewise.cli.data;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Decimal numbers as programs write them, such as -1, 1.5, .5, 5. or 1e-3. */
final class PlainNumber {
  private static final Pattern INFINITY = Pattern.compile("(?i)[+-]?inf(inity)?");

  /**
   * How a number is usually written, but for zeros behind the point: without plus, exponent or
   * leading zeros, and with no more digits than a double has.
   */
  private static final Pattern CANONICAL =
      Pattern.compile("-?(?=(?:\\.?[0-9]){1,15}$)(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?");

  /** Whole numbers up to here, and products and quotients with these powers, are exact. */
  private static final long MOST_EXACT = 1L << 53;

  private static final double[] POWERS_OF_TEN = {
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
    1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final int MOST_EXPONENT = 100_000;

  /** Whole doubles below it have neighbours that are whole numbers too. */
  private static final double MOST_WHOLE = 1e15;

  private PlainNumber() {}

  /** Whether a text is a number, perhaps an infinite one. */
  static boolean is(String text) {
    return !Double.isNaN(parse(text));
  }

  /**
   * Returns the double nearest to a number, infinite for a larger one and for words for infinity;
   * NaN for any other text.
   */
  static double parse(String text) {
    int end = text.length();
    int at = end > 0 && isSign(text.charAt(0)) ? 1 : 0;
    long digits = 0;
    int seen = 0;
    int point = -1;
    boolean exact = true;
    for (; at < end; at++) {
      char c = text.charAt(at);
      if (c >= '0' && c <= '9') {
        seen++;
        exact &= digits < MOST_EXACT / 10;
        digits = exact ? 10 * digits + c - '0' : digits;
      } else if (c == '.' && point < 0) {
        point = seen;
      } else {
        break;
      }
    }
    if (seen == 0) {
      return at < end && (text.charAt(at) | 0x20) == 'i' ? infinity(text) : Double.NaN;
    }
    int exponent = 0;
    if (at < end && (text.charAt(at) | 0x20) == 'e') {
      at++;
      boolean minus = at < end && text.charAt(at) == '-';
      at = at < end && isSign(text.charAt(at)) ? at + 1 : at;
      int start = at;
      for (; at < end && text.charAt(at) >= '0' && text.charAt(at) <= '9'; at++) {
        exponent = Math.min(MOST_EXPONENT, 10 * exponent + text.charAt(at) - '0');
      }
      if (at == start) {
        return Double.NaN;
      }
      exponent = minus ? -exponent : exponent;
    }
    if (at < end) {
      return Double.NaN;
    }
    exponent -= point < 0 ? 0 : seen - point;
    if (!exact || Math.abs(exponent) >= POWERS_OF_TEN.length) {
      return Double.parseDouble(text);
    }
    double value =
        exponent < 0 ? digits / POWERS_OF_TEN[-exponent] : digits * POWERS_OF_TEN[exponent];
    return text.charAt(0) == '-' ? -value : value;
  }

  private static boolean isSign(char c) {
    return c == '-' || c == '+';
  }

  /** Infinity is a number here, so that it is refused as one. */
  private static double infinity(String text) {
    if (!INFINITY.matcher(text).matches()) {
      return Double.NaN;
    }
    return text.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  /**
   * Returns the float nearest to what a text says, of which the nearest double is known. Rounding
   * twice is rounding once, unless the double lies half-way between two floats.
   */
  static float nearestFloat(double value, String text) {
    float nearest = (float) value;
    boolean halfWay = (Double.doubleToRawLongBits(value) & ((1L << 28) - 1)) == 0;
    return halfWay && nearest != value ? Float.parseFloat(text) : nearest;
  }

  /** Whether a text is how its number is usually written. */
  static boolean isCanonical(String text) {
    return CANONICAL.matcher(text).matches();
  }

  /** Returns one spelling for numbers of the same value, such as 1 and 1.0. */
  static String canonical(double value) {
    return value == Math.rint(value) && Math.abs(value) < MOST_WHOLE
        ? Long.toString((long) value)
        : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
