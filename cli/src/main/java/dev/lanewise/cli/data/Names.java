package dev.lanewise.cli.data;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Names of columns, for messages and in place of missing ones. */
final class Names {
  private static final int MOST_SHOWN = 8;

  private Names() {}

  /** Returns the names of columns that have none: {@code column 1} and so on. */
  static List<String> numbered(int columns) {
    return IntStream.rangeClosed(1, columns).mapToObj(Names::ofColumn).toList();
  }

  /** Returns the name of a column, counted from 1, that has none. */
  static String ofColumn(int column) {
    return "column " + column;
  }

  /** Returns the first of some names. */
  static String shown(List<String> names) {
    return names.size() > MOST_SHOWN
        ? first(names, MOST_SHOWN) + ", ..."
        : first(names, MOST_SHOWN);
  }

  /** Returns the first of some texts, and the number of the others. */
  static String counted(List<String> texts, int most, String others) {
    return texts.size() <= most
        ? first(texts, most)
        : String.format(
            Locale.ROOT, "%s, and %,d more%s", first(texts, most), texts.size() - most, others);
  }

  private static String first(List<String> texts, int most) {
    return String.join(", ", texts.subList(0, Math.min(most, texts.size())));
  }
}
