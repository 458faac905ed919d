package dev.lanewise.cli.data;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words that stand for a missing cell, beside an empty one.
 *
 * @param own those that somebody named, which are all there are; null for the usual ones
 */
record MissingWords(Set<String> own) {
  /** What pandas.read_csv knows, then databases and statistics packages, then spreadsheets. */
  private static final Set<String> EVERYWHERE =
      words(
          """
          |#N/A|#N/A N/A|#NA|-1.#IND|-1.#QNAN|-NaN|-nan|1.#IND|1.#QNAN|<NA>|N/A|NA|NULL|NaN|None
          |n/a|nan|null
          |?|\\N|(null)|[NULL]|<null>|NaT
          |#DIV/0!|#VALUE!|#REF!|#NUM!|#NAME?|#NULL!|#SPILL!|#CALC!
          """);

  /** Words that may be categories, but are none among numbers; in lower case. */
  private static final Set<String> AMONG_NUMBERS =
      words(
          """
          -|--|---|\u2013|\u2014|\u2212|.|..|...|*|**|:|_
          |missing|unknown|none|null|nil|nan|na|n/a|n.a.|n.a|n/d|n.d.|nd|blank|(blank)|empty|(empty)
          |undefined|not available|not applicable|no data|nodata|not a number|<na>|#n/a|(none)
          |k.a.|k. a.|keine angabe|s.d.|s/d
          """);

  private static final int LONGEST = 16;

  static final MissingWords USUAL = new MissingWords(null);

  private static Set<String> words(String separated) {
    return Set.of(separated.replace("\n", "").split("\\|"));
  }

  /** Takes a copy. */
  MissingWords {
    own = own == null ? null : Set.copyOf(own);
  }

  static MissingWords of(List<String> own) {
    return own == null ? USUAL : new MissingWords(Set.copyOf(own));
  }

  /**
   * Whether a cell is missing.
   *
   * @param number the number in it; NaN for none
   * @param ofNumbers whether its column holds numbers
   */
  boolean isMissing(Cells row, int at, double number, boolean ofNumbers) {
    boolean isNumber = !Double.isNaN(number);
    if (isNumber && own == null) {
      return false;
    }
    String text = row.text(at);
    return contains(text) || (ofNumbers && !isNumber && containsAmongNumbers(text));
  }

  /** Whether a text stands for a missing cell in any column. */
  boolean contains(String text) {
    return own == null ? EVERYWHERE.contains(text) : text.isEmpty() || own.contains(text);
  }

  /** Whether a text that is no number stands for a missing cell in a column of numbers. */
  boolean containsAmongNumbers(String text) {
    return contains(text)
        || (own == null
            && text.length() <= LONGEST
            && (AMONG_NUMBERS.contains(text.toLowerCase(Locale.ROOT)) || isOfStata(text)));
  }

  /** Stata and SAS tell reasons by letters: .a to .z. */
  private static boolean isOfStata(String text) {
    return text.length() == 2 && text.charAt(0) == '.' && Character.isLetter(text.charAt(1));
  }
}
