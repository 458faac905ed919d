package dev.lanewise.cli;

import dev.lanewise.data.DataException;
import dev.lanewise.data.OneHot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a first reading of a table finds out about one column. */
final class ColumnScan {
  /** More values than this look like text that is different in every row. */
  static final int MOST_CATEGORIES = 1000;

  private static final int MOST_WHOLE_CLASSES = 10;

  /** From this share of numbers on, a text among them is a mistake. */
  private static final double MOSTLY = 0.9;

  private final Set<String> values = new HashSet<>();
  private long rows;
  private long numbers;
  private boolean whole = true;
  private String firstText;
  private String whereText;

  /** Adds a cell that is not missing; {@code where} names it in messages. */
  void add(String where, String cell) throws DataException {
    rows++;
    if (Cell.of(cell) == Cell.TEXT) {
      whole = false;
      if (firstText == null) {
        firstText = cell;
        whereText = where;
      }
    } else {
      numbers++;
      float value = Cell.number(cell);
      if (!Float.isFinite(value)) {
        throw new DataException(
            where + ": " + cell + " is not a finite number; mend the cell or leave the row out");
      }
      whole &= value == Math.rint(value);
    }
    if (values.size() <= MOST_CATEGORIES) {
      values.add(Column.canonical(cell));
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
    boolean few = values.size() <= MOST_WHOLE_CLASSES && 2L * values.size() <= rows;
    return !numeric() || (whole && few);
  }

  /** Returns the column as one of numbers. */
  Column ofNumbers(String name) throws DataException {
    if (!numeric()) {
      throw new DataException(whereText + ": '" + firstText + "' is not a number; mend the cell");
    }
    return new Column(name, null);
  }

  /** Returns the column as an input. */
  Column input(String name) throws DataException {
    if (!numeric() && numbers >= MOSTLY * rows) {
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
    return numeric() ? ofNumbers(name) : ofCategories(name, OneHot.Unknown.ZEROS);
  }

  /** Returns the column as one of categories: numbers by size, then texts by letters. */
  Column ofCategories(String name, OneHot.Unknown unknown) throws DataException {
    if (values.size() > MOST_CATEGORIES) {
      throw new DataException(
          "'"
              + name
              + "' has more than "
              + MOST_CATEGORIES
              + " different values, of which no"
              + " categories can be made; leave the column out");
    }
    List<String> categories = new ArrayList<>(values);
    categories.sort(
        Comparator.comparing((String v) -> Cell.of(v) != Cell.NUMBER)
            .thenComparingDouble(v -> Cell.of(v) == Cell.NUMBER ? Cell.number(v) : 0)
            .thenComparing(Comparator.naturalOrder()));
    return new Column(name, new OneHot(categories, unknown));
  }
}
