package dev.lanewise.cli.data;

import dev.lanewise.cli.data.Numbers.Decimal;
import dev.lanewise.cli.data.TableOptions.Missing;
import dev.lanewise.cli.data.TableOptions.Task;
import dev.lanewise.data.DataException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out what the columns of a table hold: takes rows of cells, and gives the schema. */
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
  private int targets;

  /** Of each column; null for one that is left out. */
  private ColumnScan[] scans;

  private double[] numbers;
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

  TableFile.Wanted wanted() {
    return new TableFile.Wanted(true, options.task() != Task.REGRESSION, Set.of());
  }

  @Override
  public void columns(TableFile.Columns columns) throws DataException {
    names = columns.names();
    namesGiven = columns.given();
    if (names.size() < 2) {
      throw refused(
          ": has 1 column; expected at least 2, of which one is the target"
              + (file.isText() ? ": what stands between cells? say it by --separator" : ""));
    }
    targets = options.target().equals("last") ? columns.targets() : 1;
    target = index(options.target(), "") - targets + 1;
    for (String column : options.ignored()) {
      int index = index(column, " to leave out");
      if (isTarget(index)) {
        throw refused(": '" + names.get(index) + "' is the target and cannot be left out");
      }
      ignored.add(index);
    }
    for (String column : options.reading().kept()) {
      kept.add(index(column, " to keep"));
    }
    numbers = new double[names.size()];
    missing = new boolean[names.size()];
    scans = new ColumnScan[names.size()];
    for (int c = 0; c < scans.length; c++) {
      ColumnScan.Plan plan = plans == null ? firstPlan(c) : plans.get(c);
      scans[c] = ignored.contains(c) ? null : new ColumnScan(plan, words);
    }
  }

  private DataException refused(String why) {
    return new DataException(file.path() + why);
  }

  private ColumnScan.Plan firstPlan(int column) {
    Character said = options.reading().decimal();
    Decimal decimal = said == null ? Decimal.PLAIN : said == ',' ? Decimal.COMMA : Decimal.POINT;
    return new ColumnScan.Plan(decimal, false, isTarget(column) || said != null);
  }

  /** Returns another look at the table, which knows what this one found; null if none is needed. */
  TableScan again() {
    boolean comma = looked().anyMatch(ColumnScan::needsComma);
    boolean point = looked().anyMatch(ColumnScan::needsPoint);
    Decimal ofFile = comma && !point ? Decimal.COMMA : Decimal.POINT;
    if (plans != null || looked().allMatch(scan -> scan.next(ofFile).equals(scan.plan()))) {
      return null;
    }
    List<ColumnScan.Plan> next = new ArrayList<>();
    for (ColumnScan scan : scans) {
      next.add(scan == null ? null : scan.next(ofFile));
    }
    return new TableScan(file, options, next);
  }

  private Stream<ColumnScan> looked() {
    return Stream.of(scans).filter(Objects::nonNull);
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
      throw refused(
          ": has no column '%s'%s; expected last, 1 to %s, or a name: %s%s"
              .formatted(
                  column, purpose, names.size(), Names.shown(names), Near.to(column, names)));
    }
    return index;
  }

  @Override
  public void row(Cells cells) throws DataException {
    anyRow = true;
    if (!isUsed(cells)) {
      return;
    }
    for (int c = 0; c < scans.length; c++) {
      if (scans[c] != null && !missing[c]) {
        scans[c].add(cells, c, numbers[c], used);
      } else if (scans[c] != null) {
        scans[c].addMissing(cells, c);
      }
    }
    used++;
  }

  private boolean isUsed(Cells cells) throws DataException {
    boolean all = true;
    for (int c = 0; c < scans.length; c++) {
      if (scans[c] != null) {
        numbers[c] = cells.number(c);
        missing[c] = scans[c].isMissing(cells, c, numbers[c]);
        all &= !missing[c];
        if (missing[c] && options.missing() == Missing.ERROR) {
          throw missing(cells, c);
        }
      }
    }
    boolean anyTarget = false;
    for (int c = target; c < target + targets; c++) {
      if (missing[c]) {
        scans[c].addMissing(cells, c);
        anyTarget = true;
      }
    }
    return all || (!anyTarget && options.missing() != Missing.SKIP);
  }

  static DataException missing(Cells cells, int column) {
    String missing = ": the value is missing ('" + cells.text(column) + "')";
    String mend = "; mend the cell, or have it filled or the row left out by --missing";
    return new DataException(cells.where(column) + missing + mend);
  }

  /** Returns what was found. */
  Schema schema() throws DataException {
    if (!anyRow) {
      throw refused(": has no row below its header; expected at least 1");
    }
    if (used == 0) {
      throw refused(
          options.missing() == Missing.SKIP
              ? ": has no row without a missing value; mend some, or have them filled"
              : ": '" + names.get(target) + "', the target, is missing in every row");
    }
    List<Column> columns = columns(true);
    if (inputs(columns) == 0) {
      columns = columns(false);
    }
    if (inputs(columns) == 0) {
      String reasons =
          Schema.ignored(columns.stream().filter(one -> !one.reason().isEmpty()).toList());
      throw refused(
          ": has no column to learn from: every one but the target is left out, empty, or a"
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
      boolean named = !namesGiven || !name.equals(Names.ofColumn(c + 1));
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
    if (targets > 1 && options.task() == Task.CLASSIFICATION) {
      String y = ": y has " + targets + " columns, which are no classes";
      throw refused(y + "; expected one column, or one 1 among zeros in each row");
    }
    if (targets == 1 && options.task() == Task.REGRESSION && scan.holdsTexts()) {
      String texts = ": '" + name + "' holds texts, which are classes";
      throw refused(
          texts + "; leave out --task regression, or name a column of numbers by --target");
    }
    return targets == 1 && options.task().isOfClasses(scan.looksLikeClasses())
        ? scan.ofClasses(file.path().toString(), name)
        : scan.ofNumbers(name);
  }
}
