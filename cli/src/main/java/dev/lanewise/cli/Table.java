package dev.lanewise.cli;

import dev.lanewise.data.DataException;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.OneHot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A table of a CSV file, as numbers. Columns of numbers stay as they are, every other column
 * becomes one for each of its categories, and so does the target if it is a class.
 *
 * @param data the rows
 * @param columns all columns in the order of the file, with the target
 * @param target which of them is the target
 * @param leftOut how many rows were left out because a cell is missing
 */
record Table(Dataset data, List<Column> columns, int target, long leftOut) {
  /** Reads a table, twice: the first time to see what its columns hold. */
  static Table read(Path path, TableOptions options) throws IOException {
    CsvFile file = new CsvFile(path, options);
    List<ColumnScan> scans = new ArrayList<>();
    List<String> names =
        file.read(
            (line, cells) -> {
              while (scans.size() < cells.size()) {
                scans.add(new ColumnScan());
              }
              if (complete(path, options, line, cells)) {
                for (int c = 0; c < cells.size(); c++) {
                  scans.get(c).add(where(path, line, c), cells.get(c));
                }
              }
            });
    if (names.size() < 2) {
      throw new DataException(
          path
              + ": has 1 column; expected at least 2, of which one is the target: is '"
              + options.separator()
              + "' what stands between cells?");
    }
    if (!scans.isEmpty() && scans.get(0).isEmpty()) {
      throw new DataException(path + ": has no row without a missing value; mend some");
    }
    if (scans.isEmpty()) {
      throw new DataException(path + ": has no row below its header; expected at least 1");
    }
    int target = target(path, options, names);
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      try {
        columns.add(
            c == target
                ? target(names.get(c), scans.get(c), options.task())
                : scans.get(c).input(names.get(c)));
      } catch (DataException e) {
        String message = e.getMessage();
        throw message.startsWith("'") ? new DataException(path + ": " + message, e) : e;
      }
    }
    return rows(path, options, columns, target);
  }

  /**
   * Reads another table of the same columns, with the same categories: the inputs of an unknown one
   * are zeros, and an unknown class is refused.
   */
  Table readLike(Path path, TableOptions options) throws IOException {
    return rows(path, options, columns, target);
  }

  private static Table rows(Path path, TableOptions options, List<Column> columns, int target)
      throws IOException {
    int inputs = -columns.get(target).width();
    for (Column column : columns) {
      inputs += column.width();
    }
    Rows rows = new Rows(path, options, columns, target, inputs);
    List<String> names = new CsvFile(path, options).read(rows);
    if (names.size() != columns.size()) {
      throw new DataException(
          path + ": has " + names.size() + " columns; expected " + columns.size());
    }
    return new Table(rows.dataset(), List.copyOf(columns), target, rows.leftOut);
  }

  private static Column target(String name, ColumnScan scan, TableOptions.Task task)
      throws DataException {
    boolean classes =
        task == TableOptions.Task.AUTO
            ? scan.looksLikeClasses()
            : task == TableOptions.Task.CLASSIFICATION;
    if (!classes) {
      return scan.ofNumbers(name);
    }
    Column column = scan.ofCategories(name, OneHot.Unknown.REFUSED);
    if (column.width() < 2) {
      throw new DataException(
          "'"
              + name
              + "' is "
              + column.categories().get(0)
              + " in every row; expected at least 2 classes");
    }
    return column;
  }

  private static int target(Path path, TableOptions options, List<String> names)
      throws DataException {
    String target = options.target();
    int index = names.indexOf(target);
    if (index < 0 && target.equals("last")) {
      index = names.size() - 1;
    } else if (index < 0 && target.matches("\\d{1,9}")) {
      index = Integer.parseInt(target) - 1;
    }
    if (index < 0 || index >= names.size()) {
      throw new DataException(
          path
              + ": has no column '"
              + target
              + "'; expected last, 1 to "
              + names.size()
              + ", or a name: "
              + shown(names));
    }
    return index;
  }

  private static String shown(List<String> names) {
    int most = 8;
    String first = String.join(", ", names.subList(0, Math.min(most, names.size())));
    return names.size() > most ? first + ", ..." : first;
  }

  private static String where(Path path, long line, int column) {
    return path + ": line " + line + ", column " + (column + 1);
  }

  /** Whether no cell is missing. */
  private static boolean complete(Path path, TableOptions options, long line, List<String> cells)
      throws DataException {
    for (int c = 0; c < cells.size(); c++) {
      if (Cell.of(cells.get(c)) == Cell.MISSING) {
        if (options.missing() == TableOptions.Missing.REFUSED) {
          throw new DataException(
              where(path, line, c)
                  + ": the value is missing ('"
                  + cells.get(c)
                  + "'); mend the cell, or have such rows left out");
        }
        return false;
      }
    }
    return true;
  }

  /** Whether the target is a class. */
  boolean classification() {
    return columns.get(target).encoding() != null;
  }

  /** Returns the classes in the order of the targets; empty if the target is a number. */
  List<String> classes() {
    return columns.get(target).categories();
  }

  /** Returns a line such as {@code 150 rows, 4 inputs of 4 columns, 3 classes of 'column 5'}. */
  String description() {
    String predicted = classification() ? classes().size() + " classes of " : "numbers of ";
    return String.format(
        Locale.ROOT,
        "%,d rows%s, %d inputs of %d columns, %s'%s'",
        data.rows(),
        leftOut == 0 ? "" : String.format(Locale.ROOT, " (%,d left out)", leftOut),
        data.inputs(),
        columns.size() - 1,
        predicted,
        columns.get(target).name());
  }

  /** Rows on their way into a data set. */
  private static final class Rows implements CsvFile.Rows {
    private final Path path;
    private final TableOptions options;
    private final List<Column> columns;
    private final int target;
    private final int inputs;
    private float[] x = new float[0];
    private float[] t = new float[0];
    private int rows;
    private long leftOut;

    Rows(Path path, TableOptions options, List<Column> columns, int target, int inputs) {
      this.path = path;
      this.options = options;
      this.columns = columns;
      this.target = target;
      this.inputs = inputs;
    }

    @Override
    public void row(long line, List<String> cells) throws IOException {
      if (cells.size() != columns.size()) {
        throw new DataException(
            path + ": has " + cells.size() + " columns; expected " + columns.size());
      }
      if (!complete(path, options, line, cells)) {
        leftOut++;
        return;
      }
      int targets = columns.get(target).width();
      x = room(x, inputs);
      t = room(t, targets);
      int at = rows * inputs;
      for (int c = 0; c < columns.size(); c++) {
        String where = where(path, line, c);
        if (c == target) {
          columns.get(c).write(where, cells.get(c), t, rows * targets);
        } else {
          columns.get(c).write(where, cells.get(c), x, at);
          at += columns.get(c).width();
        }
      }
      rows++;
    }

    private float[] room(float[] values, int width) {
      int needed = Math.multiplyExact(rows + 1, width);
      return values.length >= needed
          ? values
          : Arrays.copyOf(values, Math.max(needed, (int) Math.min(2L * needed, 1 << 30)));
    }

    Dataset dataset() throws DataException {
      if (rows == 0) {
        throw new DataException(path + ": has no row without a missing value");
      }
      int targets = columns.get(target).width();
      return new Dataset(
          inputs, Arrays.copyOf(x, rows * inputs), targets, Arrays.copyOf(t, rows * targets));
    }
  }
}
