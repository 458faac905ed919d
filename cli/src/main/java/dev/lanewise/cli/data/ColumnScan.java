package dev.lanewise.cli.data;

import dev.lanewise.data.DataException;
import dev.lanewise.data.OneHot;
import java.util.Locale;

/**
 * What a reading of a table finds out about one column, and what becomes of it then: takes cells,
 * and gives a column of the schema.
 */
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
  private final TextScan texts;

  /** Null until there is a text, if they are not counted from the first cell on. */
  private Values values;

  private long cells;
  private long missing;
  private String missingWord;

  /** Whether points in its numbers may stand between thousands, as in 1.234. */
  private boolean grouped;

  private String written;
  private boolean late;

  ColumnScan(Plan plan, MissingWords words) {
    this.plan = plan;
    this.words = words;
    this.texts = new TextScan(words);
    this.grouped = plan.decimal() == Numbers.Decimal.PLAIN;
    this.values = plan.counts() ? new Values() : null;
  }

  /** Of numbers that may be classes. */
  static ColumnScan ofLabels() {
    return new ColumnScan(new Plan(Numbers.Decimal.PLAIN, true, true), MissingWords.USUAL);
  }

  /**
   * Whether a cell is missing.
   *
   * @param number the number in it; NaN for none
   */
  boolean isMissing(Cells row, int at, double number) {
    return words.isMissing(row, at, number, plan.numbers());
  }

  /** Counts a cell that is missing. */
  void addMissing(Cells row, int at) {
    if (missing++ == 0) {
      missingWord = row.text(at);
    }
  }

  /**
   * Adds a cell that is not missing.
   *
   * @param number the number in it; NaN for none
   * @param index how many rows were added before
   */
  void add(Cells row, int at, double number, long index) throws DataException {
    cells++;
    boolean plain = !Double.isNaN(number) && plan.decimal().isOfPrograms(row, at);
    Values.Value value = values == null ? null : values.add(row.text(at));
    if (plain) {
      addNumber(row, at, index, number, "");
    } else if (value != null && value.look != null) {
      texts.add(value.look, row, at);
    } else if (values != null && values.areTooMany() && numbers.count() + texts.readable() == 0) {
      // No other text of so many was a number.
      texts.add(TextScan.Look.WORD, row, at);
    } else {
      addText(row, at, index, value);
    }
  }

  private void addText(Cells row, int at, long index, Values.Value counted) throws DataException {
    String text = row.text(at);
    WrittenNumber number = plan.decimal().read(text);
    if (number != null && numbers.takes(number.unit())) {
      written = written == null ? text : written;
      addNumber(row, at, index, number.value(), number.unit());
      return;
    }
    TextScan.Look look = texts.look(text);
    Values.Value value = counted;
    if (values == null) {
      values = new Values();
      value = values.add(text);
      late = numbers.count() > 0;
    }
    if (value != null) {
      value.look = look;
    }
    texts.add(look, row, at);
  }

  private void addNumber(Cells row, int at, long index, double value, String unit)
      throws DataException {
    numbers.add(value, unit, row, at, index);
    grouped = grouped && row.areTexts() && mayBeGrouped(row.text(at));
  }

  private static boolean mayBeGrouped(String text) {
    return text.indexOf('.') < 0 || Numbers.Decimal.COMMA.read(text) != null;
  }

  boolean isEmpty() {
    return cells == 0;
  }

  long missing() {
    return missing + (numeric() ? texts.doubtful() : 0);
  }

  String missingWord() {
    return missing > 0 ? missingWord : "";
  }

  boolean numeric() {
    return numbers.count() > 0 && numbers.count() + texts.doubtful() == cells;
  }

  /** Returns a number that is not written as programs write it; null for none. */
  String written() {
    return written;
  }

  Plan plan() {
    return plan;
  }

  /** Whether it can only be of numbers with a decimal comma, or is so already. */
  boolean needsComma() {
    return texts.fitCommas() && grouped && !texts.fitPoints();
  }

  /** Whether it can only be of numbers with a decimal point. */
  boolean needsPoint() {
    return (numeric() && !numbers.isWhole() && !grouped)
        || (texts.fitPoints() && (!grouped || !texts.fitCommas()));
  }

  /** Whether points or commas in its numbers may stand before decimals or between thousands. */
  private boolean mayBeEither() {
    boolean ofTexts = texts.fitPoints() && texts.fitCommas() && texts.anyAmbiguous();
    return grouped && (ofTexts || (numeric() && !numbers.isWhole()));
  }

  /** Returns how to look at it again; the same plan if that is not needed. */
  Plan next(Numbers.Decimal ofFile) {
    Numbers.Decimal decimal = plan.decimal();
    if (decimal == Numbers.Decimal.PLAIN) {
      if (needsComma() || (ofFile == Numbers.Decimal.COMMA && mayBeEither())) {
        decimal = Numbers.Decimal.COMMA;
      } else if (texts.fitPoints()) {
        decimal = Numbers.Decimal.POINT;
      }
    }
    boolean other = decimal != plan.decimal();
    boolean ofNumbers = plan.numbers() || other || (numeric() && texts.doubtful() > 0);
    boolean counts = plan.counts() || other || (late && !ofNumbers && !mostlyNumbers());
    return new Plan(decimal, ofNumbers, counts);
  }

  /** Whether most of its cells are texts. */
  boolean holdsTexts() {
    return !numeric() && !isEmpty() && !mostlyNumbers();
  }

  private boolean mostlyNumbers() {
    long found = numbers.count() + texts.readable();
    return found > 0 && found >= MOSTLY * (cells - texts.doubtful());
  }

  /** Whether the column, as a target, is one of classes. */
  boolean looksLikeClasses() {
    boolean repeat = 2L * values.count() <= cells;
    boolean few = repeat && values.count() <= MOST_WHOLE_CLASSES;
    boolean codes = repeat && !values.areTooMany() && values.anyCode();
    return !numeric() || (numbers.isWhole() && (few || codes));
  }

  /** Whether the column numbers the rows. */
  boolean numbersRows(String nameInFile, long rows) {
    return numeric() && numbers.numbersRows(nameInFile, rows);
  }

  /** Refuses a few texts among numbers. */
  private void refuseTexts() throws DataException {
    if (!numeric() && mostlyNumbers()) {
      String how = "; --decimal comma or point says how numbers are written";
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s: '%s' is not a number, but %d of the column's %d cells are; mend the cell, or"
                  + " name it by --missing-words if it stands for a missing one%s",
              texts.whereFirst(),
              texts.first(),
              numbers.count() + texts.readable(),
              cells,
              texts.readable() > 0 ? how : ""));
    }
  }

  /** Returns the column as a target of numbers. */
  Column ofNumbers(String name) throws DataException {
    refuseTexts();
    if (!numeric() && !isEmpty()) {
      throw new DataException(
          texts.first() == null
              ? "%s: '%s' holds no number; name another target by --target"
                  .formatted(texts.whereDoubtful(), name)
              : "%s: '%s' is not a number; mend the cell"
                  .formatted(texts.whereFirst(), texts.first()));
    }
    numbers.refuse();
    return numbers.column(name, plan.decimal());
  }

  /** Returns the column as an input, ignored if nothing can be learned from it. */
  Column input(String name, boolean kept) throws DataException {
    if (isEmpty()) {
      return Column.ignored(name, "empty");
    }
    refuseTexts();
    if (numeric()) {
      numbers.refuse();
      return numbers.isConstant()
          ? Column.ignored(name, "constant")
          : numbers.column(name, plan.decimal());
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

  /**
   * Returns the column as a target of classes.
   *
   * @param source which file, for messages
   */
  Column ofClasses(String source, String name) throws DataException {
    if (numeric()) {
      numbers.refuseMixed();
    } else if (!fewClasses()) {
      refuseTexts();
    }
    String target = source + ": '" + name + "'";
    if (values.areTooMany()) {
      throw new DataException(
          target
              + (" has more than " + Values.MOST + " different values")
              + ", of which no classes can be made; name another target");
    }
    boolean alone = cells >= KEY_ROWS ? 2L * values.count() > cells : differInMostOfFew();
    if (alone) {
      String counts = values.count() + " different values in " + cells + " rows";
      throw new DataException(
          target
              + (" differs in most rows (" + counts + ")")
              + ", so that no classes can be learned; name another target by --target");
    }
    Column column = values.column(name, OneHot.Unknown.REFUSED);
    if (column.width() < 2) {
      throw new DataException(
          "%s is %s in every row; expected at least 2 classes"
              .formatted(target, column.categories().getFirst()));
    }
    return column;
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
