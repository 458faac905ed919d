package dev.lanewise.cli.data;

import dev.lanewise.data.OneHot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often each text stands in a column, as long as they are not too many to be categories. */
final class Values {
  /** More of them look like text that is different in every row. */
  static final int MOST = 1000;

  private final Map<String, Long> rowsOf = new HashMap<>();
  private boolean canonical = true;

  void add(String text) {
    if (rowsOf.size() <= MOST) {
      rowsOf.merge(text, 1L, Long::sum);
      canonical = canonical && PlainNumber.isCanonical(text);
    }
  }

  boolean areTooMany() {
    return rowsOf.size() > MOST;
  }

  /** How many there are, one more than {@link #MOST} if they are too many. */
  int count() {
    return canonical && !areTooMany() ? rowsOfCategory().size() : rowsOf.size();
  }

  /** Whether one of them starts with a zero that says nothing of its number, as codes do. */
  boolean anyCode() {
    return rowsOf.keySet().stream().anyMatch(text -> text.matches("0\\d+"));
  }

  /** Whether each text that is no number stands in two rows or more. */
  boolean allTextsRepeat() {
    return rowsOf.entrySet().stream()
        .allMatch(one -> one.getValue() > 1 || Cell.of(one.getKey()) == Cell.NUMBER);
  }

  /** Numbers of the same value are one category, unless something is not written as they are. */
  private Map<String, Long> rowsOfCategory() {
    if (!canonical) {
      return rowsOf;
    }
    Map<String, Long> merged = new HashMap<>();
    rowsOf.forEach(
        (text, rows) ->
            merged.merge(PlainNumber.canonical(PlainNumber.parse(text)), rows, Long::sum));
    return merged;
  }

  /** Returns the column as one of categories: numbers by size, then texts by letters. */
  Column column(String name, OneHot.Unknown unknown) {
    Map<String, Long> rows = rowsOfCategory();
    List<String> categories = new ArrayList<>(rows.keySet());
    categories.sort(
        Comparator.comparing((String v) -> Cell.of(v) != Cell.NUMBER)
            .thenComparingDouble(v -> Cell.of(v) == Cell.NUMBER ? PlainNumber.parse(v) : 0)
            .thenComparing(Comparator.naturalOrder()));
    int mostFrequent = 0;
    for (int c = 1; c < categories.size(); c++) {
      boolean more = rows.get(categories.get(c)) > rows.get(categories.get(mostFrequent));
      mostFrequent = more ? c : mostFrequent;
    }
    return Column.categories(
        name,
        new OneHot(categories, unknown),
        canonical ? Column.Spelling.VALUE : Column.Spelling.TEXT,
        mostFrequent);
  }
}
