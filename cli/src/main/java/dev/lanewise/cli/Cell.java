package dev.lanewise.cli;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the text of a cell is. */
enum Cell {
  NUMBER,
  TEXT,
  MISSING;

  private static final Set<String> MISSING_WORDS = Set.of("", "?", "NA", "N/A", "NaN", "nan");

  /** Infinity is a number here, so that it is refused as one. */
  private static final Pattern DECIMAL =
      Pattern.compile(
          "[+-]?((\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d+)?|inf(inity)?)", Pattern.CASE_INSENSITIVE);

  static Cell of(String stripped) {
    if (MISSING_WORDS.contains(stripped)) {
      return MISSING;
    }
    return DECIMAL.matcher(stripped).matches() ? NUMBER : TEXT;
  }

  /** Returns a number's value, infinite if it is too large. */
  static float number(String stripped) {
    String lower = stripped.toLowerCase(Locale.ROOT);
    if (lower.contains("inf")) {
      return lower.startsWith("-") ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
    }
    return Float.parseFloat(stripped);
  }
}
