package dev.lanewise.cli.data;

import java.util.Locale;
import java.util.Set;

/** What a cell holds. */
public enum Cell {
  /** A number, perhaps one that is too large for a float. */
  NUMBER,
  /** Any other text. */
  TEXT,
  /** Nothing, or a word for it. */
  MISSING;

  private static final Set<String> MISSING_WORDS =
      Set.of("", "?", "NA", "N/A", "NaN", "nan", "null", "NULL");

  private static final Set<String> INFINITY_WORDS = Set.of("inf", "infinity");

  static Cell of(String stripped) {
    if (MISSING_WORDS.contains(stripped)) {
      return MISSING;
    }
    return isDecimal(stripped) || isInfinite(stripped) ? NUMBER : TEXT;
  }

  /** Returns a number's value, infinite if it is too large. */
  static float number(String stripped) {
    if (isInfinite(stripped)) {
      return stripped.charAt(0) == '-' ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
    }
    return Float.parseFloat(stripped);
  }

  /** Infinity is a number here, so that it is refused as one. */
  private static boolean isInfinite(String text) {
    int start = afterSign(text, 0);
    boolean possible = text.length() > start && Character.toLowerCase(text.charAt(start)) == 'i';
    return possible && INFINITY_WORDS.contains(text.substring(start).toLowerCase(Locale.ROOT));
  }

  /** Whether a text is a decimal number such as -1, 1.5, .5, 5. or 1e-3. */
  private static boolean isDecimal(String text) {
    int start = afterSign(text, 0);
    int at = afterDigits(text, start);
    int digits = at - start;
    if (at < text.length() && text.charAt(at) == '.') {
      int after = afterDigits(text, at + 1);
      digits += after - at - 1;
      at = after;
    }
    if (digits == 0) {
      return false;
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      int exponent = afterSign(text, at + 1);
      at = afterDigits(text, exponent);
      return at > exponent && at == text.length();
    }
    return at == text.length();
  }

  private static int afterSign(String text, int at) {
    boolean sign = at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+');
    return sign ? at + 1 : at;
  }

  private static int afterDigits(String text, int at) {
    int end = at;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }
}
