package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds out what the columns of a table hold. */
final class TableScan implements TableFile.Visitor {
  private final TableFile file;
  private final TableOptions options;
  private final MissingWords words;
  private final Set<Integer> ignored = new HashSet<>();
  private final Set<Integer> kept = new HashSet<>();

  /** How to look at each column; null to begin with. */
  private final List<ColumnScan.Plan> plans;

  private List<String> names;
  private boolean namesGiven;
  private int target;
  private int targets = 1;
  private ColumnScan[] scans;
  private boolean[] missing;
  private boolean anyRow;
  private long used;

  TableScan(TableFile file, TableOptions options) {
    this(file, options, null);
  }

  private TableScan(TableFile file, TableOptions options, List<ColumnScan.Plan> plans) {
    this.file = file;
    this.options = options;
    this.words = MissingWords.of(options.reading().missingWords());
    this.plans = plans;
  }

  @Override
  public boolean wantsTargets() {
    return true;
  }

  @Override
  public boolean takesClasses() {
    return options.task() != TableOptions.Task.REGRESSION;
  }

  @Override
  public void targets(int count) {
    targets = count;
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
    namesGiven = given;
    target = index(options.target(), "");
    boolean named = !options.target().equals("last");
    targets = named ? 1 : targets;
    target -= targets - 1;
    for (String column : options.ignored()) {
      ignored.add(index(column, " to leave out"));
    }
    for (int c = target; c < target + targets; c++) {
      if (ignored.contains(c)) {
        throw new DataException(
            file.path() + ": '" + names.get(c) + "' is the target and cannot be left out");
      }
    }
    for (String column : options.reading().kept()) {
      kept.add(index(column, " to keep"));
    }
    scans = new ColumnScan[names.size()];
    missing = new boolean[names.size()];
    for (int c = 0; c < scans.length; c++) {
      ColumnScan.Plan plan = plans == null ? firstPlan(c) : plans.get(c);
      scans[c] = ignored.contains(c) ? null : new ColumnScan(plan, words);
    }
  }

  private ColumnScan.Plan firstPlan(int column) {
    Character decimal = options.reading().decimal();
    Numbers.Decimal read =
        decimal == null
            ? Numbers.Decimal.PLAIN
            : decimal == ',' ? Numbers.Decimal.COMMA : Numbers.Decimal.POINT;
    return new ColumnScan.Plan(read, false, isTarget(column) || decimal != null);
  }

  /** Returns another look at the table, which knows what this one found; null if none is needed. */
  TableScan again() {
    boolean comma = false;
    boolean point = false;
    for (ColumnScan scan : scans) {
      comma |= scan != null && scan.needsComma();
      point |= scan != null && scan.needsPoint();
    }
    Numbers.Decimal ofFile = comma && !point ? Numbers.Decimal.COMMA : Numbers.Decimal.POINT;
    List<ColumnScan.Plan> next = new ArrayList<>();
    boolean any = false;
    for (ColumnScan scan : scans) {
      next.add(scan == null ? null : scan.next(ofFile));
      any |= scan != null && !scan.next(ofFile).equals(scan.plan());
    }
    return any && plans == null ? new TableScan(file, options, next) : null;
  }

  private int index(String column, String purpose) throws DataException {
    int index = names.indexOf(column);
    if (index < 0 && column.equals("last")) {
      index = names.size() - 1;
    } else if (index < 0 && column.matches("\\d{1,9}")) {
      index = Integer.parseInt(column) - 1;
    } else if (index < 0) {
      List<String> same = names.stream().filter(name -> name.equalsIgnoreCase(column)).toList();
      if (same.size() == 1) {
        index = names.indexOf(same.get(0));
        file.note("'" + column + "' is taken for the column '" + same.get(0) + "'");
      }
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
              + shown(names)
              + Near.to(column, names));
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
    for (int c = 0; c < scans.length; c++) {
      if (scans[c] != null && !missing[c]) {
        scans[c].add(file, number, used, c, cells);
      } else if (scans[c] != null) {
        scans[c].addMissing(cells, c);
      }
    }
    used++;
  }

  private boolean isUsed(long number, Cells cells) throws DataException {
    boolean all = true;
    for (int c = 0; c < scans.length; c++) {
      missing[c] = scans[c] != null && scans[c].isMissing(cells, c);
      if (missing[c] && options.missing() == TableOptions.Missing.ERROR) {
        throw missing(file, number, c, cells);
      }
      all &= !missing[c];
    }
    boolean anyTarget = false;
    for (int c = target; c < target + targets; c++) {
      if (missing[c]) {
        scans[c].addMissing(cells, c);
        anyTarget = true;
      }
    }
    return all || (!anyTarget && options.missing() != TableOptions.Missing.SKIP);
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
    if (used == 0) {
      throw new DataException(
          file.path()
              + (options.missing() == TableOptions.Missing.SKIP
                  ? ": has no row without a missing value; mend some, or have them filled"
                  : ": '" + names.get(target) + "', the target, is missing in every row"));
    }
    List<Column> columns = columns(true);
    if (inputs(columns) == 0) {
      columns = columns(false);
    }
    if (inputs(columns) == 0) {
      String reasons =
          Schema.ignored(columns.stream().filter(one -> !one.reason().isEmpty()).toList());
      throw new DataException(
          file.path()
              + ": has no column to learn from: every one but the target is left out, empty, or a"
              + " text that is different in most rows"
              + (reasons.isEmpty() ? "" : ": " + reasons));
    }
    return Schema.table(columns, target, targets)
        .withReading(words, new ScanNotes(names, scans, target).lines());
  }

  private long inputs(List<Column> columns) {
    return columns.stream().filter(column -> column.width() > 0).count() - targets;
  }

  private List<Column> columns(boolean withoutRowNumbers) throws DataException {
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      String name = names.get(c);
      boolean named = !namesGiven || !name.equals("column " + (c + 1));
      if (isTarget(c)) {
        columns.add(target(name, scans[c]));
      } else if (scans[c] == null) {
        columns.add(Column.ignored(name, ""));
      } else if (withoutRowNumbers
          && !kept.contains(c)
          && scans[c].numbersRows(named ? name : null, used)) {
        columns.add(Column.ignored(name, "numbers the rows"));
      } else {
        columns.add(scans[c].input(name, kept.contains(c)));
      }
    }
    return columns;
  }

  private boolean isTarget(int column) {
    return column >= target && column < target + targets;
  }

  private Column target(String name, ColumnScan scan) throws DataException {
    if (targets > 1) {
      if (options.task() == TableOptions.Task.CLASSIFICATION) {
        throw new DataException(
            file.path()
                + ": y has "
                + targets
                + " columns, which are no classes; expected one column, or one 1 among zeros in"
                + " each row");
      }
      return scan.ofNumbers(name);
    }
    if (options.task() == TableOptions.Task.REGRESSION && scan.holdsTexts()) {
      throw new DataException(
          file.path()
              + ": '"
              + name
              + "' holds texts, which are classes; leave out --task regression, or name a column of"
              + " numbers by --target");
    }
    boolean classes =
        options.task() == TableOptions.Task.AUTO
            ? scan.looksLikeClasses()
            : options.task() == TableOptions.Task.CLASSIFICATION;
    return classes ? classes(file.path().toString(), name, scan) : scan.ofNumbers(name);
  }

  /** Returns a target of classes. */
  static Column classes(String source, String name, ColumnScan scan) throws DataException {
    Column column = scan.ofClasses(source, name);
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
