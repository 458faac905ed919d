package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import dev.lanewise.data.OneHot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds out what the columns of a table hold. */
final class TableScan implements TableFile.Visitor {
  private final TableFile file;
  private final TableOptions options;
  private final List<ColumnScan> scans = new ArrayList<>();
  private final Set<Integer> ignored = new HashSet<>();
  private List<String> names;
  private int target;
  private boolean anyRow;
  private boolean anyUsed;

  TableScan(TableFile file, TableOptions options) {
    this.file = file;
    this.options = options;
  }

  @Override
  public boolean wantsTargets() {
    return true;
  }

  @Override
  public void columns(List<String> newNames, boolean given) throws DataException {
    if (newNames.size() < 2) {
      throw new DataException(
          file.path()
              + ": has 1 column; expected at least 2, of which one is the target"
              + file.hint());
    }
    names = newNames;
    target = index(options.target(), "");
    for (String column : options.ignored()) {
      ignored.add(index(column, " to leave out"));
    }
    if (ignored.contains(target)) {
      throw new DataException(
          file.path() + ": '" + names.get(target) + "' is the target and cannot be left out");
    }
    names.forEach(name -> scans.add(new ColumnScan()));
  }

  private int index(String column, String purpose) throws DataException {
    int index = names.indexOf(column);
    if (index < 0 && column.equals("last")) {
      index = names.size() - 1;
    } else if (index < 0 && column.matches("\\d{1,9}")) {
      index = Integer.parseInt(column) - 1;
    }
    if (index < 0 || index >= names.size()) {
      throw new DataException(
          file.path()
              + ": has no column '"
              + column
              + "'"
              + purpose
              + "; expected last, 1 to "
              + names.size()
              + ", or a name: "
              + shown(names));
    }
    return index;
  }

  /** Returns the first of some names. */
  static String shown(List<String> names) {
    int most = 8;
    String first = String.join(", ", names.subList(0, Math.min(most, names.size())));
    return names.size() > most ? first + ", ..." : first;
  }

  @Override
  public void row(long number, Cells cells) throws DataException {
    anyRow = true;
    if (!isUsed(number, cells)) {
      return;
    }
    anyUsed = true;
    for (int c = 0; c < names.size(); c++) {
      if (!ignored.contains(c) && cells.kind(c) != Cell.MISSING) {
        scans.get(c).add(file, number, c, cells);
      }
    }
  }

  private boolean isUsed(long number, Cells cells) throws DataException {
    for (int c = 0; c < names.size(); c++) {
      if (!ignored.contains(c) && cells.kind(c) == Cell.MISSING) {
        if (options.missing() == TableOptions.Missing.ERROR) {
          throw missing(file, number, c, cells);
        }
        if (c == target || options.missing() == TableOptions.Missing.SKIP) {
          return false;
        }
      }
    }
    return true;
  }

  static DataException missing(TableFile file, long number, int column, Cells cells) {
    return new DataException(
        file.where(number, column)
            + ": the value is missing ('"
            + cells.text(column)
            + "'); mend the cell, or have it filled or the row left out by --missing");
  }

  /** Returns what was found. */
  Schema schema() throws DataException {
    if (!anyRow) {
      throw new DataException(file.path() + ": has no row below its header; expected at least 1");
    }
    if (!anyUsed) {
      throw new DataException(
          file.path()
              + (options.missing() == TableOptions.Missing.SKIP
                  ? ": has no row without a missing value; mend some, or have them filled"
                  : ": '" + names.get(target) + "', the target, is missing in every row"));
    }
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      String name = names.get(c);
      columns.add(
          c == target
              ? target(name, scans.get(c))
              : ignored.contains(c) ? Column.ignored(name) : scans.get(c).input(name));
    }
    if (columns.stream().filter(column -> column.width() > 0).count() < 2) {
      throw new DataException(
          file.path()
              + ": has no column to learn from: every one but the target is left out, empty, or a"
              + " text that is different in most rows");
    }
    return Schema.table(columns, target);
  }

  private Column target(String name, ColumnScan scan) throws DataException {
    boolean classes =
        options.task() == TableOptions.Task.AUTO
            ? scan.looksLikeClasses()
            : options.task() == TableOptions.Task.CLASSIFICATION;
    return classes ? classes(file.path().toString(), name, scan) : scan.ofNumbers(name);
  }

  /** Returns a target of classes. */
  static Column classes(String source, String name, ColumnScan scan) throws DataException {
    Column column = scan.ofCategories(source, name, OneHot.Unknown.REFUSED);
    if (column.width() < 2) {
      throw new DataException(
          source
              + ": '"
              + name
              + "' is "
              + column.categories().get(0)
              + " in every row; expected at least 2 classes");
    }
    return column;
  }
}
