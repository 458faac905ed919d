package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import dev.lanewise.data.OneHot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a first reading of a table finds out about one column. */
final class ColumnScan {
  /** More values than this look like text that is different in every row. */
  static final int MOST_CATEGORIES = 1000;

  private static final int MOST_WHOLE_CLASSES = 10;

  /** From this share of numbers on, a text among them is a mistake. */
  private static final double MOSTLY = 0.9;

  /** From so many rows on, an input of texts that hardly repeat is taken for a name or a key. */
  private static final int KEY_ROWS = 20;

  private final Map<String, Long> rowsOf = new HashMap<>();
  private long rows;
  private long numbers;
  private double sum;
  private boolean whole = true;
  private String firstText;
  private String whereText;

  /** Adds a cell that is not missing. */
  void add(Places file, long row, int at, Cells cells) throws DataException {
    rows++;
    if (cells.kind(at) == Cell.TEXT) {
      whole = false;
      if (firstText == null) {
        firstText = cells.text(at);
        whereText = file.where(row, at);
      }
    } else {
      numbers++;
      float value = Column.finite(file, row, at, cells);
      sum += value;
      whole &= value == Math.rint(value);
    }
    if (rowsOf.size() <= MOST_CATEGORIES) {
      rowsOf.merge(Column.canonical(cells, at), 1L, Long::sum);
    }
  }

  boolean isEmpty() {
    return rows == 0;
  }

  boolean numeric() {
    return firstText == null;
  }

  /** Whether the column, as a target, is one of classes. */
  boolean looksLikeClasses() {
    boolean few = rowsOf.size() <= MOST_WHOLE_CLASSES && 2L * rowsOf.size() <= rows;
    return !numeric() || (whole && few);
  }

  /** Returns the column as one of numbers. */
  Column ofNumbers(String name) throws DataException {
    if (!numeric()) {
      throw new DataException(whereText + ": '" + firstText + "' is not a number; mend the cell");
    }
    return Column.number(name, isEmpty() ? 0 : (float) (sum / rows));
  }

  /** Returns the column as an input, ignored if nothing can be learned from it. */
  Column input(String name) throws DataException {
    if (isEmpty()) {
      return Column.ignored(name);
    }
    if (numeric()) {
      return ofNumbers(name);
    }
    if (numbers >= MOSTLY * rows) {
      throw new DataException(
          whereText
              + ": '"
              + firstText
              + "' is not a number, but "
              + numbers
              + " of the column's "
              + rows
              + " cells are; mend the cell");
    }
    boolean key = rows >= KEY_ROWS && 2L * rowsOf.size() > rows;
    return key || rowsOf.size() > MOST_CATEGORIES
        ? Column.ignored(name)
        : ofCategories(null, name, OneHot.Unknown.ZEROS);
  }

  /** Returns the column as one of categories: numbers by size, then texts by letters. */
  Column ofCategories(String source, String name, OneHot.Unknown unknown) throws DataException {
    if (rowsOf.size() > MOST_CATEGORIES) {
      throw new DataException(
          source
              + ": '"
              + name
              + "' has more than "
              + MOST_CATEGORIES
              + " different values, of which no classes can be made; name another target");
    }
    List<String> categories = new ArrayList<>(rowsOf.keySet());
    categories.sort(
        Comparator.comparing((String v) -> Cell.of(v) != Cell.NUMBER)
            .thenComparingDouble(v -> Cell.of(v) == Cell.NUMBER ? Cell.number(v) : 0)
            .thenComparing(Comparator.naturalOrder()));
    int mostFrequent = 0;
    for (int c = 1; c < categories.size(); c++) {
      boolean more = rowsOf.get(categories.get(c)) > rowsOf.get(categories.get(mostFrequent));
      mostFrequent = more ? c : mostFrequent;
    }
    return Column.categories(name, new OneHot(categories, unknown), mostFrequent);
  }
}
