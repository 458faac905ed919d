package dev.lanewise.cli.data;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the first line of a table is, by what stands below it.
 *
 * <ol>
 *   <li>It names the columns if it holds names that a model knows: half of them, or one beside no
 *       number.
 *   <li>Without a number it names them if one of its texts stands above nothing but numbers.
 *   <li>Without a number, above texts, it is data if a word is there twice, or if half of its words
 *       stand below in their columns as well; otherwise it names them.
 *   <li>With numbers it names the columns if these count up from 0 or 1, or are years, and what
 *       stands below does not look like them: texts, other numbers of years, fractions. So write
 *       pandas and the World Bank.
 *   <li>With other numbers that rise, and a text above nothing but numbers, it names them; if they
 *       do not rise, it is refused, for it is neither names nor data.
 *   <li>Any other line with a number is data.
 * </ol>
 *
 * @param isHeader whether it names the columns
 * @param remark what to tell, as it could be otherwise; null for nothing
 * @param problem why it can be neither; null if it can
 */
record FirstLine(boolean isHeader, String remark, String problem) {
  private static final FirstLine HEADER = new FirstLine(true, null, null);
  private static final FirstLine DATA = new FirstLine(false, null, null);

  /** So many numbers in order are no row by chance. */
  private static final int MANY = 5;

  private static final int FEW_LINES = 3;
  private static final int FIRST_YEAR = 1500;
  private static final int LAST_YEAR = 2200;

  /**
   * Looks at a line.
   *
   * @param first the line
   * @param below lines below it, with as many cells
   * @param known the names of columns that are asked for, in small letters
   */
  static FirstLine of(Sample.Row first, List<Sample.Row> below, Set<String> known) {
    // Files that were joined have their names between rows as well.
    List<Sample.Row> others =
        below.stream().filter(line -> !line.cells().equals(first.cells())).toList();
    Look look = new Look(first, others);
    return (look.above >= 0 ? look : new Look(first, below)).answer(known);
  }

  private static FirstLine header(Sample.Row first, String why) {
    return new FirstLine(
        true,
        "line "
            + first.number()
            + " ("
            + first.shown()
            + ") is taken for names"
            + why
            + "; if it is data, say --header no",
        null);
  }

  private static FirstLine data(Sample.Row first, String why) {
    return new FirstLine(
        false,
        "line "
            + first.number()
            + " ("
            + first.shown()
            + ") is taken for data"
            + why
            + "; if it names the columns, say --header yes",
        null);
  }

  /** What a line and those below it hold. */
  private static final class Look {
    private final Sample.Row first;
    private final List<Sample.Row> below;
    private final int columns;
    private int numbers;
    private int texts;
    private int above = -1;
    private boolean numberAboveTexts;
    private boolean fractionsBelow;
    private int recurring;

    Look(Sample.Row first, List<Sample.Row> below) {
      this.first = first;
      this.below = below;
      this.columns = first.count();
      for (int c = 0; c < columns; c++) {
        if (first.isNumber(c)) {
          numbers++;
          numberAboveTexts |= all(c, false);
          fractionsBelow |= isWhole(first.cell(c)) && below.size() >= FEW_LINES && fractions(c);
        } else if (first.isText(c)) {
          texts++;
          boolean aboveNumbers = all(c, true);
          above = aboveNumbers && above < 0 ? c : above;
          recurring += !aboveNumbers && recurs(c) ? 1 : 0;
        }
      }
    }

    /** Whether a column holds numbers only, or texts only, beside missing cells. */
    private boolean all(int column, boolean ofNumbers) {
      boolean any = false;
      for (Sample.Row line : below) {
        if (line.isNumber(column)) {
          if (!ofNumbers) {
            return false;
          }
          any = true;
        } else if (line.isText(column)) {
          if (ofNumbers) {
            return false;
          }
          any = true;
        }
      }
      return any;
    }

    private boolean fractions(int column) {
      for (Sample.Row line : below) {
        if (line.isNumber(column) && isWhole(line.cell(column))) {
          return false;
        }
      }
      return all(column, true);
    }

    private boolean recurs(int column) {
      for (Sample.Row line : below) {
        if (line.cell(column).equals(first.cell(column))) {
          return true;
        }
      }
      return false;
    }

    FirstLine answer(Set<String> known) {
      if (isKnown(known)) {
        return HEADER;
      }
      if (texts + numbers == 0) {
        return DATA;
      }
      return numbers == 0 ? ofTexts() : withNumbers();
    }

    private boolean isKnown(Set<String> known) {
      Set<String> found = new HashSet<>();
      for (String cell : first.cells()) {
        String name = cell.toLowerCase(Locale.ROOT);
        if (known.contains(name)) {
          found.add(name);
        }
      }
      return numbers == 0 ? !found.isEmpty() : 2 * found.size() > known.size();
    }

    private FirstLine ofTexts() {
      if (below.isEmpty() || above >= 0) {
        return HEADER;
      }
      if (repeats()) {
        return data(first, ", for a word is there twice");
      }
      if (2 * recurring >= texts) {
        return data(first, ", for its words stand below as well");
      }
      return recurring == 0 && anyCategory()
          ? HEADER
          : header(first, ", though all below are texts as well");
    }

    private boolean repeats() {
      Set<String> seen = new HashSet<>();
      for (int c = 0; c < columns; c++) {
        if (first.isText(c) && !seen.add(first.cell(c))) {
          return true;
        }
      }
      return false;
    }

    /** Whether the texts of a column repeat, so that a new one above them is none of them. */
    private boolean anyCategory() {
      for (int c = 0; c < columns; c++) {
        Set<String> seen = new HashSet<>();
        for (Sample.Row line : below) {
          seen.add(line.cell(c));
        }
        if (first.isText(c) && 2 * seen.size() <= below.size()) {
          return true;
        }
      }
      return false;
    }

    private FirstLine withNumbers() {
      boolean recurs = texts > 0 && 2 * recurring >= texts;
      boolean differs = numberAboveTexts || above >= 0 || fractionsBelow;
      if (counts() && !recurs && !below.isEmpty()) {
        if (differs || numbers >= MANY) {
          return HEADER;
        }
        return numbers < 2 ? DATA : data(first, "");
      }
      if (years() && !recurs && !below.isEmpty()) {
        return HEADER;
      }
      if (above < 0 || below.size() < FEW_LINES) {
        return DATA;
      }
      if (numbers >= FEW_LINES && rises()) {
        return header(first, "");
      }
      return new FirstLine(
          false,
          null,
          "line "
              + first.number()
              + " ("
              + first.shown()
              + ") is neither names nor data: '"
              + first.cell(above)
              + "' stands above numbers; leave the line out by --skip "
              + first.number()
              + ", or say --header yes or --header no");
    }

    /** Whether the numbers are 0, 1, 2 and so on, or 1, 2, 3 and so on. */
    private boolean counts() {
      int next = -1;
      for (int c = 0; c < columns; c++) {
        String cell = first.cell(c);
        if (first.isNumber(c)) {
          next = next < 0 && (cell.equals("0") || cell.equals("1")) ? cell.charAt(0) - '0' : next;
          if (!cell.equals(Integer.toString(next))) {
            return false;
          }
          next++;
        }
      }
      return true;
    }

    /** Whether the numbers are years in order, and those below are not. */
    private boolean years() {
      int last = 0;
      int direction = 0;
      for (int c = 0; c < columns; c++) {
        if (!first.isNumber(c)) {
          continue;
        }
        int year = year(first.cell(c));
        int step = Integer.compare(year, last);
        boolean inOrder = last == 0 || (step != 0 && (direction == 0 || step == direction));
        if (year == 0 || !inOrder || yearsBelow(c)) {
          return false;
        }
        direction = last == 0 ? 0 : step;
        last = year;
      }
      return true;
    }

    /** Of a single year any below says that it is data, of several ones only all do. */
    private boolean yearsBelow(int column) {
      boolean any = false;
      boolean every = true;
      for (Sample.Row line : below) {
        if (line.isNumber(column)) {
          boolean year = year(line.cell(column)) > 0;
          any |= year;
          every &= year;
        }
      }
      return any && (every || numbers == 1);
    }

    private static int year(String cell) {
      if (cell.length() != 4 || !isWhole(cell)) {
        return 0;
      }
      int value = Integer.parseInt(cell);
      return value >= FIRST_YEAR && value <= LAST_YEAR ? value : 0;
    }

    private static boolean isWhole(String cell) {
      return cell.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private boolean rises() {
      double last = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < columns; c++) {
        if (first.isNumber(c)) {
          double value = PlainNumber.parse(first.cell(c));
          if (Double.isNaN(value) || value <= last) {
            return false;
          }
          last = value;
        }
      }
      return true;
    }
  }
}
