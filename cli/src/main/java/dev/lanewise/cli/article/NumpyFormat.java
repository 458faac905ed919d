package dev.lanewise.cli.article;

import dev.lanewise.cli.text.Terminal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as Python prints them and arrays as numpy does: 8 digits, columns below each other. */
final class NumpyFormat {
  private static final int DIGITS = 8;
  private static final int LINE_WIDTH = 75;

  private NumpyFormat() {}

  /** Returns what Python's {@code repr} gives. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-4 || size >= 1e16)) {
      BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
      return scientific(decimal, Math.max(decimal.precision() - 1, 0));
    }
    String text = Double.toString(value);
    if (text.indexOf('E') < 0) {
      return text;
    }
    BigDecimal decimal = new BigDecimal(text);
    return decimal.setScale(Math.max(1, decimal.stripTrailingZeros().scale())).toPlainString();
  }

  /** Returns a one-dimensional array. */
  static String vector(float[] values) {
    return row(format(values), 0, values.length, 1);
  }

  /** Returns a two-dimensional array of {@code rows x columns}. */
  static String matrix(int rows, int columns, float[] values) {
    String[] words = format(values);
    StringBuilder text = new StringBuilder("[");
    for (int r = 0; r < rows; r++) {
      text.append(r == 0 ? "" : "\n ").append(row(words, r * columns, columns, 2));
    }
    return text.append(']').toString();
  }

  private static String row(String[] words, int from, int count, int depth) {
    String indent = " ".repeat(depth);
    int width = LINE_WIDTH - depth;
    StringBuilder text = new StringBuilder();
    StringBuilder line = new StringBuilder(indent);
    for (int i = from; i < from + count; i++) {
      if (line.length() + words[i].length() > width && line.length() > depth) {
        text.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(indent);
      }
      line.append(words[i]).append(i == from + count - 1 ? "" : " ");
    }
    return '[' + text.append(line).substring(depth) + ']';
  }

  private static String[] format(float[] values) {
    boolean scientific = needsExponents(values);
    int digits = scientific ? mostDigits(values) : 0;
    String[] words = new String[values.length];
    int before = 0;
    int after = 0;
    for (int i = 0; i < values.length; i++) {
      words[i] = scientific ? scientific(values[i], digits) : positional(values[i]);
      if (Float.isFinite(values[i])) {
        int point = words[i].indexOf('.');
        before = Math.max(before, point);
        after = Math.max(after, words[i].length() - point - 1);
      }
    }
    for (int i = 0; i < words.length; i++) {
      if (Float.isFinite(values[i])) {
        int missing = after - (words[i].length() - words[i].indexOf('.') - 1);
        words[i] += " ".repeat(missing);
      } else {
        before = Math.max(before, words[i].length() - after - 1);
      }
    }
    for (int i = 0; i < words.length; i++) {
      words[i] = " ".repeat(before + 1 + after - words[i].length()) + words[i];
    }
    return words;
  }

  private static String positional(float value) {
    if (!Float.isFinite(value)) {
      return number(value);
    }
    BigDecimal rounded = new BigDecimal(value).setScale(DIGITS, RoundingMode.HALF_EVEN);
    String plain = rounded.stripTrailingZeros().abs().toPlainString();
    return minus(value) + plain + (plain.indexOf('.') < 0 ? "." : "");
  }

  private static String scientific(float value, int digits) {
    if (!Float.isFinite(value)) {
      return number(value);
    }
    String text = scientific(new BigDecimal(value).abs(), digits);
    return minus(value) + (digits == 0 ? text.replace("e", ".e") : text);
  }

  private static String minus(float value) {
    return Math.copySign(1, value) < 0 ? "-" : "";
  }

  /** Numpy's rule: very large or very small numbers, or both kinds in one array. */
  private static boolean needsExponents(float[] values) {
    double smallest = Double.POSITIVE_INFINITY;
    double largest = 0;
    for (float value : values) {
      if (value != 0 && Float.isFinite(value)) {
        smallest = Math.min(smallest, Math.abs(value));
        largest = Math.max(largest, Math.abs(value));
      }
    }
    return largest != 0 && (largest >= 1e8 || smallest < 1e-4 || largest / smallest > 1000);
  }

  private static int mostDigits(float[] values) {
    int digits = 0;
    for (float value : values) {
      if (value != 0 && Float.isFinite(value)) {
        BigDecimal rounded = significant(new BigDecimal(value), DIGITS).stripTrailingZeros();
        digits = Math.max(digits, rounded.precision() - 1);
      }
    }
    return digits;
  }

  /** Returns {@code d.ddde+xx} with the given number of digits after the point. */
  private static String scientific(BigDecimal value, int digits) {
    BigDecimal rounded = significant(value, digits);
    int exponent = value.signum() == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    String mantissa =
        rounded
            .scaleByPowerOfTen(-exponent)
            .setScale(digits, RoundingMode.HALF_EVEN)
            .toPlainString();
    return Terminal.format("%se%+03d", mantissa, exponent);
  }

  private static BigDecimal significant(BigDecimal value, int digitsAfterFirst) {
    return value.round(new MathContext(digitsAfterFirst + 1, RoundingMode.HALF_EVEN));
  }
}
