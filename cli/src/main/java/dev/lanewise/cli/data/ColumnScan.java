package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import dev.lanewise.data.OneHot;
import java.util.Locale;

/** What a reading of a table finds out about one column. */
final class ColumnScan {
  /**
   * How a column is looked at.
   *
   * @param decimal what stands before decimals
   * @param numbers whether it is known to hold numbers, so that more words stand for missing ones
   * @param counts whether its values are counted from the first cell on
   */
  record Plan(Numbers.Decimal decimal, boolean numbers, boolean counts) {}

  private static final int MOST_WHOLE_CLASSES = 10;

  /** From this share of numbers on, a text among them is a mistake. */
  private static final double MOSTLY = 0.9;

  /** From so many rows on, an input of texts that hardly repeat is taken for a name or a key. */
  private static final int KEY_ROWS = 20;

  /** Of fewer rows nobody can say whether their texts repeat. */
  private static final int FEWEST_TO_REPEAT = 4;

  private final Plan plan;
  private final MissingWords words;
  private final NumberScan numbers = new NumberScan();
  private Values values;
  private long cells;
  private long numberCells;
  private long doubtful;
  private long missing;
  private String missingWord;
  private double looked;
  private String unit = "";
  private long withoutUnit;
  private String wherePercent;
  private boolean grouped;
  private String huge;
  private String whereHuge;

  /** Of texts that are no numbers as they stand: how many are with a point, a comma, either. */
  private long points;

  private long commas;
  private long either;
  private long both;
  private String example;
  private String firstText;
  private String whereText;
  private String whereDoubtful;
  private boolean late;

  ColumnScan(Plan plan, MissingWords words) {
    this.plan = plan;
    this.words = words;
    this.grouped = plan.decimal() == Numbers.Decimal.PLAIN;
    this.values = plan.counts() ? new Values() : null;
  }

  /** Of numbers that may be classes, and of which none is missing. */
  static ColumnScan ofLabels() {
    return new ColumnScan(new Plan(Numbers.Decimal.PLAIN, true, true), MissingWords.USUAL);
  }

  /** Adds a cell of a file in which none is missing. */
  void add(Places file, long row, int at, Cells from) throws DataException {
    looked = from.number(at);
    add(file, row, cells, at, from);
  }

  /** Looks at a cell, before it is {@linkplain #add added}, and says whether it is missing. */
  boolean isMissing(Cells row, int at) {
    looked = row.number(at);
    boolean number = !Double.isNaN(looked);
    if (number && words.own() == null) {
      return false;
    }
    String text = row.text(at);
    return words.contains(text) || (plan.numbers() && !number && words.containsAmongNumbers(text));
  }

  /** Counts the cell that was looked at as a missing one. */
  void addMissing(Cells row, int at) {
    if (missing++ == 0) {
      missingWord = row.text(at);
    }
  }

  /**
   * Adds the cell that was looked at.
   *
   * @param row its row's number in the file
   * @param index how many rows were added before
   */
  void add(Places file, long row, long index, int at, Cells from) throws DataException {
    cells++;
    if (values != null) {
      values.add(from.text(at));
    }
    if (!Double.isNaN(looked) && plan.decimal().isOfPrograms(from, at)) {
      withoutUnit += looked == 0 ? 0 : 1;
      addNumber(file, row, index, at, from, looked);
      return;
    }
    String text = from.text(at);
    WrittenNumber written = plan.decimal().read(text);
    if (written == null || !takes(written.unit(), file, row, at)) {
      addText(file, row, at, text);
      return;
    }
    withoutUnit += written.unit().isEmpty() && written.value() != 0 ? 1 : 0;
    example = example == null ? text : example;
    addNumber(file, row, index, at, from, written.value());
  }

  private boolean takes(String newUnit, Places file, long row, int at) {
    if (unit.isEmpty() && !newUnit.isEmpty()) {
      unit = newUnit;
      wherePercent = file.where(row, at);
    }
    return newUnit.isEmpty() || newUnit.equals(unit);
  }

  private void addNumber(Places file, long row, long index, int at, Cells from, double value)
      throws DataException {
    if (Double.isInfinite(value)) {
      throw new DataException(file.where(row, at) + ": " + Column.notFinite(from.text(at)));
    }
    numberCells++;
    numbers.add(value, index);
    if (huge == null && Float.isInfinite((float) value)) {
      huge = from.text(at);
      whereHuge = file.where(row, at);
    }
    grouped = grouped && from.areTexts() && mayBeGrouped(from.text(at));
  }

  /** Whether a point in a number may stand between thousands, as in 1.234. */
  private static boolean mayBeGrouped(String text) {
    return text.indexOf('.') < 0 || Numbers.Decimal.COMMA.read(text) != null;
  }

  private void addText(Places file, long row, int at, String text) {
    if (values == null) {
      values = new Values();
      values.add(text);
      late = numberCells > 0;
    }
    boolean ofTexts = firstText != null && numberCells + either == 0;
    if (ofTexts) {
      return;
    }
    if (words.containsAmongNumbers(text)) {
      whereDoubtful = doubtful++ == 0 ? file.where(row, at) : whereDoubtful;
      return;
    }
    WrittenNumber point = Numbers.Decimal.POINT.read(text);
    WrittenNumber comma = Numbers.Decimal.COMMA.read(text);
    points += point == null ? 0 : 1;
    commas += comma == null ? 0 : 1;
    either += point == null && comma == null ? 0 : 1;
    both += point != null && comma != null && point.value() != comma.value() ? 1 : 0;
    if (firstText == null) {
      firstText = text;
      whereText = file.where(row, at);
    }
    if (point != null || comma != null) {
      example = example == null ? text : example;
    }
  }

  boolean isEmpty() {
    return cells == 0;
  }

  long cells() {
    return cells;
  }

  long missing() {
    return missing + (numeric() ? doubtful : 0);
  }

  String missingWord() {
    return missing > 0 ? missingWord : "";
  }

  boolean numeric() {
    return numberCells > 0 && numberCells + doubtful == cells;
  }

  /** Whether it can only be of numbers with a decimal comma, or is so already. */
  boolean needsComma() {
    return fits(commas) && grouped && points < texts();
  }

  /** Whether it can only be of numbers with a decimal point. */
  boolean needsPoint() {
    return (numeric() && !numbers.isWhole() && !grouped)
        || (fits(points) && (!grouped || commas < texts()));
  }

  /** Whether its texts are numbers with a comma, and may be with either. */
  boolean isAmbiguous() {
    return fits(points) && fits(commas) && grouped && both > 0;
  }

  private long texts() {
    return cells - numberCells - doubtful;
  }

  private boolean fits(long readable) {
    return texts() > 0 && readable == texts();
  }

  /** Whether its numbers have points that may be between thousands. */
  boolean mayHaveGroups() {
    return numeric() && grouped && !numbers.isWhole();
  }

  /** Returns a text that is a number, if it is, in one way or another. */
  String example() {
    return example;
  }

  /** Returns how to look at it again; the same plan if that is not needed. */
  Plan next(Numbers.Decimal ofFile) {
    Numbers.Decimal decimal = plan.decimal();
    if (decimal == Numbers.Decimal.PLAIN) {
      if (needsComma() || (ofFile == Numbers.Decimal.COMMA && (isAmbiguous() || mayHaveGroups()))) {
        decimal = Numbers.Decimal.COMMA;
      } else if (fits(points)) {
        decimal = Numbers.Decimal.POINT;
      }
    }
    boolean ofNumbers = plan.numbers() || decimal != plan.decimal() || (numeric() && doubtful > 0);
    boolean counts =
        plan.counts() || decimal != plan.decimal() || (late && !ofNumbers && !mostlyNumbers());
    return new Plan(decimal, ofNumbers, counts);
  }

  Plan plan() {
    return plan;
  }

  /** Whether most of its cells are texts. */
  boolean holdsTexts() {
    return !numeric() && !isEmpty() && !mostlyNumbers();
  }

  private boolean mostlyNumbers() {
    long found = numberCells + either;
    return found > 0 && found >= MOSTLY * (cells - doubtful);
  }

  /** Whether the column, as a target, is one of classes. */
  boolean looksLikeClasses() {
    boolean repeat = 2L * values.count() <= cells;
    boolean few = repeat && values.count() <= MOST_WHOLE_CLASSES;
    boolean codes = repeat && !values.areTooMany() && values.anyCode();
    return !numeric() || (numbers.isWhole() && (few || codes));
  }

  /** Refuses texts among numbers. */
  private void refuseTexts(boolean fewClasses) throws DataException {
    if (!numeric() && mostlyNumbers() && !fewClasses) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: '%s' is not a number, but %d of the column's %d cells are; mend the cell, or"
                  + " name it by --missing-words if it stands for a missing one%s",
              whereText,
              firstText,
              numberCells + either,
              cells,
              either > 0 ? "; --decimal comma or point says how numbers are written" : ""));
    }
    if (numeric() && unit.equals("%") && withoutUnit > 0) {
      throw new DataException(
          wherePercent
              + ": some of the column's numbers are percent and others are not; mend the column, or"
              + " leave it out by --ignore");
    }
  }

  /** Returns the column as a target of numbers. */
  Column ofNumbers(String name) throws DataException {
    if (!numeric() && !isEmpty()) {
      refuseTexts(false);
      throw new DataException(
          whereText == null
              ? whereDoubtful + ": '" + name + "' holds no number; name another target by --target"
              : whereText + ": '" + firstText + "' is not a number; mend the cell");
    }
    refuseTexts(false);
    refuseHuge();
    return numbers.column(name, plan.decimal(), unit);
  }

  private void refuseHuge() throws DataException {
    if (huge != null && !numbers.isExtreme()) {
      throw new DataException(whereHuge + ": " + Column.notFinite(huge));
    }
  }

  /** Whether the column numbers the rows. */
  boolean numbersRows(String nameInFile, long rows) {
    return numeric() && unit.isEmpty() && numbers.numbersRows(nameInFile, rows);
  }

  /** Returns the column as an input, ignored if nothing can be learned from it. */
  Column input(String name, boolean kept) throws DataException {
    if (isEmpty()) {
      return Column.ignored(name, "empty");
    }
    refuseTexts(false);
    if (numeric()) {
      refuseHuge();
      return numbers.isConstant()
          ? Column.ignored(name, "constant")
          : numbers.column(name, plan.decimal(), unit);
    }
    if (values.areTooMany()) {
      return Column.ignored(name, "more than " + Values.MOST + " different texts");
    }
    if (!kept && cells >= KEY_ROWS && 2L * values.count() > cells) {
      return Column.ignored(name, "texts that differ in most rows");
    }
    return values.count() == 1 && cells > 1
        ? Column.ignored(name, "constant")
        : values.column(name, OneHot.Unknown.ZEROS);
  }

  /** Returns the column as a target of classes. */
  Column ofClasses(String source, String name) throws DataException {
    refuseTexts(fewClasses());
    if (values.areTooMany()) {
      throw new DataException(
          source
              + ": '"
              + name
              + "' has more than "
              + Values.MOST
              + " different values, of which no classes can be made; name another target");
    }
    boolean alone = cells >= KEY_ROWS ? 2L * values.count() > cells : differInMostOfFew();
    if (alone) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: '%s' differs in most rows (%d different values in %d rows), so that no classes"
                  + " can be learned; name another target by --target",
              source,
              name,
              values.count(),
              cells));
    }
    return values.column(name, OneHot.Unknown.REFUSED);
  }

  /** Small tables of numbers that are said to be classes are taken at their word. */
  private boolean differInMostOfFew() {
    return !numeric() && cells >= FEWEST_TO_REPEAT && 4L * values.count() > 3 * cells;
  }

  private boolean fewClasses() {
    return values.count() <= MOST_WHOLE_CLASSES
        && 2L * values.count() <= cells
        && values.allTextsRepeat();
  }
}
