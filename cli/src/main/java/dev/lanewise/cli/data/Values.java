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

  /** One of the texts. */
  static final class Value {
    private long rows;

    /** What it is if it is no number as it stands; null for a number. */
    TextScan.Look look;
  }

  private final Map<String, Value> values = new HashMap<>();
  private boolean canonical = true;

  /** Adds a text; returns null if there are too many. */
  Value add(String text) {
    if (areTooMany()) {
      return null;
    }
    Value value = values.get(text);
    if (value == null) {
      value = new Value();
      values.put(text, value);
      canonical = canonical && PlainNumber.isCanonical(text);
    }
    value.rows++;
    return value;
  }

  boolean areTooMany() {
    return values.size() > MOST;
  }

  /** How many there are, one more than {@link #MOST} if they are too many. */
  int count() {
    return canonical && !areTooMany() ? rowsOfCategory().size() : values.size();
  }

  /** Whether one of them starts with a zero that says nothing of its number, as codes do. */
  boolean anyCode() {
    return values.keySet().stream().anyMatch(text -> text.matches("0\\d+"));
  }

  /** Whether each text that is no number stands in two rows or more. */
  boolean allTextsRepeat() {
    return values.entrySet().stream()
        .allMatch(one -> one.getValue().rows > 1 || PlainNumber.is(one.getKey()));
  }

  /** Numbers of the same value are one category, unless something is not written as they are. */
  private Map<String, Long> rowsOfCategory() {
    Map<String, Long> rows = new HashMap<>();
    values.forEach(
        (text, value) -> {
          String name = canonical ? PlainNumber.canonical(PlainNumber.parse(text)) : text;
          rows.merge(name, value.rows, Long::sum);
        });
    return rows;
  }

  /** Returns the column as one of categories: numbers by size, then texts by letters. */
  Column column(String name, OneHot.Unknown unknown) {
    Map<String, Long> rows = rowsOfCategory();
    List<String> categories = new ArrayList<>(rows.keySet());
    // NaN, which texts are, comes last.
    categories.sort(
        Comparator.comparingDouble((String text) -> PlainNumber.parse(text))
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
