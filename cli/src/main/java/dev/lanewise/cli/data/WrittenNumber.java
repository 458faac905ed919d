package dev.lanewise.cli.data;

import java.util.Currency;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A number as people and spreadsheets write it: its digits in groups, with blanks, minus signs and
 * digits of any kind, a currency or a percent sign, or in brackets if it is negative.
 *
 * @param value what it is worth; of percent, the number before the sign
 * @param unit its currency or {@code %}; empty if there is none
 */
record WrittenNumber(double value, String unit) {
  private static final String BLANKS = " \u00a0\u2007\u2009\u202f\t";
  private static final String MINUS_SIGNS = "-\u2212\u2010\u2011\u2012\u2013\ufe63\uff0d";
  private static final String GROUPS = " '_";
  private static final int MOST_IN_A_GROUP = 3;

  /** A longer text is none, whatever it says. */
  private static final int LONGEST = 64;

  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> OTHER_CURRENCIES =
      Set.of(
          "kr", "kr.", "K\u010d", "z\u0142", "Ft", "lei", "Fr.", "SFr.", "Rs", "Rs.", "R$", "US$",
          "A$", "C$", "NZ$", "HK$", "S$");

  /**
   * Reads a text.
   *
   * @param decimal what stands before decimals: a point or a comma; the other one may stand between
   *     groups of digits
   * @return the number; null if it is none
   */
  static WrittenNumber of(String text, char decimal) {
    if (text.length() > LONGEST || !hasDigit(text)) {
      return null;
    }
    String left = usual(text);
    boolean negative = left.startsWith("(") && left.endsWith(")");
    if (negative) {
      left = left.substring(1, left.length() - 1).strip();
    }
    boolean signed = negative;
    String unit = "";
    for (boolean more = true; more; ) {
      more = false;
      if (!signed && (left.startsWith("-") || left.startsWith("+"))) {
        negative = left.charAt(0) == '-';
        signed = true;
        left = left.substring(1).strip();
        more = true;
      } else if (unit.isEmpty()) {
        int end = 0;
        while (end < left.length() && !startsNumber(left, end, decimal)) {
          end++;
        }
        unit = left.substring(0, end).strip();
        left = left.substring(end);
        more = !unit.isEmpty();
      }
    }
    int start = left.length();
    while (start > 0 && !endsNumber(left, start)) {
      start--;
    }
    String behind = left.substring(start).strip();
    if (!behind.isEmpty() && !unit.isEmpty()) {
      return null;
    }
    unit = behind.isEmpty() ? unit : behind;
    if (!unit.isEmpty() && !isUnit(unit)) {
      return null;
    }
    double value = digits(left.substring(0, start).strip(), decimal);
    return Double.isNaN(value) ? null : new WrittenNumber(negative ? -value : value, unit);
  }

  private static boolean hasDigit(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isDigit(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Returns a text with the usual blanks, minus signs and digits. */
  private static String usual(String text) {
    StringBuilder usual = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (BLANKS.indexOf(c) >= 0) {
        c = ' ';
      } else if (MINUS_SIGNS.indexOf(c) >= 0) {
        c = '-';
      } else if (c == '\u2019') {
        c = '\'';
      } else if (c == '\uff05') {
        c = '%';
      } else if (Character.isDigit(c)) {
        c = (char) ('0' + Character.digit(c, 10));
      }
      usual.append(c);
    }
    return usual.toString().strip();
  }

  private static boolean startsNumber(String text, int at, char decimal) {
    char c = text.charAt(at);
    boolean point = c == decimal && at + 1 < text.length() && isDigit(text.charAt(at + 1));
    return isDigit(c) || point || c == '-' || c == '+';
  }

  private static boolean endsNumber(String text, int end) {
    char c = text.charAt(end - 1);
    boolean point = (c == '.' || c == ',') && end > 1 && isDigit(text.charAt(end - 2));
    return isDigit(c) || point;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isUnit(String text) {
    return text.equals("%")
        || (text.length() == 1 && Character.getType(text.charAt(0)) == Character.CURRENCY_SYMBOL)
        || CURRENCIES.contains(text)
        || OTHER_CURRENCIES.contains(text);
  }

  /** Takes the groups out of digits; NaN if they are not as groups are. */
  private static double digits(String text, char decimal) {
    StringBuilder plain = new StringBuilder(text.length());
    char group = 0;
    boolean pairs = false;
    boolean triples = false;
    boolean decimals = false;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean separates =
          !decimals && c != decimal && (GROUPS.indexOf(c) >= 0 || c == ',' || c == '.');
      if (isDigit(c)) {
        run++;
        plain.append(c);
      } else if (separates) {
        boolean first = group == 0;
        boolean fits = first ? run > 0 && text.charAt(0) != '0' : run > 1 && c == group;
        if (!fits || run > MOST_IN_A_GROUP) {
          return Double.NaN;
        }
        pairs |= !first && run == 2;
        triples |= !first && run == MOST_IN_A_GROUP;
        group = c;
        run = 0;
      } else if (c == decimal && !decimals && (group == 0 || run == MOST_IN_A_GROUP)) {
        decimals = true;
        plain.append('.');
      } else if (c == 'e' || c == 'E') {
        plain.append(text, i, text.length());
        break;
      } else {
        return Double.NaN;
      }
    }
    boolean whole = group == 0 || decimals || run == MOST_IN_A_GROUP;
    boolean regular = !pairs || (group == ',' && !triples);
    return whole && regular ? PlainNumber.parse(plain.toString()) : Double.NaN;
  }
}
