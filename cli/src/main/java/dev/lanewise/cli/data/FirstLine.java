package dev.lanewise.cli.data;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

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
    Rules rules = new Rules(first, others);
    return (rules.any(Look::isName) ? rules : new Rules(first, below)).answer(known);
  }

  /** A cell of the line, and what stands below it. */
  private static final class Look {
    private final String cell;
    private final boolean number;
    private final boolean text;
    private int lines;
    private int numbers;
    private int texts;
    private int whole;
    private int years;
    private int same;

    Look(Sample.Row first, List<Sample.Row> below, int column) {
      cell = first.cell(column);
      number = first.isNumber(column);
      text = first.isText(column);
      for (Sample.Row line : below) {
        String under = line.cell(column);
        lines++;
        same += under.equals(cell) ? 1 : 0;
        if (line.isNumber(column)) {
          numbers++;
          whole += isWhole(under) ? 1 : 0;
          years += year(under) > 0 ? 1 : 0;
        } else if (line.isText(column)) {
          texts++;
        }
      }
    }

    /** Whether it is a text above nothing but numbers. */
    boolean isName() {
      return text && numbers > 0 && texts == 0;
    }

    boolean recurs() {
      return text && !isName() && same > 0;
    }

    /** Whether it is a number above nothing but texts, or a whole one above fractions. */
    boolean differs() {
      boolean fractions = lines >= FEW_LINES && numbers > 0 && texts + whole == 0;
      return number && ((texts > 0 && numbers == 0) || (isWhole(cell) && fractions));
    }

    private static boolean isWhole(String text) {
      return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Returns which year it is; 0 for none. */
    static int year(String text) {
      int year = text.length() == 4 && isWhole(text) ? Integer.parseInt(text) : 0;
      return year >= FIRST_YEAR && year <= LAST_YEAR ? year : 0;
    }
  }

  /** What a line and those below it hold, and what follows. */
  private static final class Rules {
    private final Sample.Row first;
    private final List<Sample.Row> below;
    private final List<Look> looks;
    private final List<String> numbers;
    private final List<String> texts;

    Rules(Sample.Row first, List<Sample.Row> below) {
      this.first = first;
      this.below = below;
      looks = IntStream.range(0, first.count()).mapToObj(c -> new Look(first, below, c)).toList();
      numbers = looks.stream().filter(look -> look.number).map(look -> look.cell).toList();
      texts = looks.stream().filter(look -> look.text).map(look -> look.cell).toList();
    }

    boolean any(Predicate<Look> what) {
      return looks.stream().anyMatch(what);
    }

    FirstLine answer(Set<String> known) {
      if (isKnown(known)) {
        return HEADER;
      }
      if (texts.isEmpty() && numbers.isEmpty()) {
        return DATA;
      }
      return numbers.isEmpty() ? ofTexts() : withNumbers();
    }

    private boolean isKnown(Set<String> known) {
      Set<String> found = new HashSet<>();
      first.cells().forEach(cell -> found.add(cell.toLowerCase(Locale.ROOT)));
      found.retainAll(known);
      return numbers.isEmpty() ? !found.isEmpty() : 2 * found.size() > known.size();
    }

    private FirstLine ofTexts() {
      if (below.isEmpty() || any(Look::isName)) {
        return HEADER;
      }
      if (Set.copyOf(texts).size() < texts.size()) {
        return data(", for a word is there twice");
      }
      if (recur()) {
        return data(", for its words stand below as well");
      }
      return !any(Look::recurs) && anyCategory()
          ? HEADER
          : header(", though all below are texts as well");
    }

    /** Whether half of its words stand below as well. */
    private boolean recur() {
      return !texts.isEmpty() && 2 * looks.stream().filter(Look::recurs).count() >= texts.size();
    }

    /** Whether the texts of a column repeat, so that a new one above them is none of them. */
    private boolean anyCategory() {
      return IntStream.range(0, first.count())
          .filter(first::isText)
          .anyMatch(
              c -> 2 * below.stream().map(line -> line.cell(c)).distinct().count() <= below.size());
    }

    private FirstLine withNumbers() {
      boolean names = !below.isEmpty() && !recur();
      if (names && count()) {
        if (any(Look::differs) || any(Look::isName) || numbers.size() >= MANY) {
          return HEADER;
        }
        return numbers.size() < 2 ? DATA : data("");
      }
      if (names && areYears()) {
        return HEADER;
      }
      if (!any(Look::isName) || below.size() < FEW_LINES) {
        return DATA;
      }
      double[] values = numbers.stream().mapToDouble(PlainNumber::parse).toArray();
      if (values.length >= FEW_LINES && step(values, 1)) {
        return header("");
      }
      String name = looks.stream().filter(Look::isName).findFirst().orElseThrow().cell;
      String problem =
          "%s is neither names nor data: '%s' stands above numbers".formatted(shown(), name);
      String skip = "; leave the line out by --skip " + first.number();
      String mend = ", or say --header yes or --header no";
      return new FirstLine(false, null, problem + skip + mend);
    }

    /** Whether the numbers are 0, 1, 2 and so on, or 1, 2, 3 and so on. */
    private boolean count() {
      int from = numbers.getFirst().equals("0") ? 0 : 1;
      return IntStream.range(0, numbers.size())
          .allMatch(i -> numbers.get(i).equals(Integer.toString(from + i)));
    }

    /**
     * Whether the numbers are years in order, and those below are not: of a single year any below
     * says that it is data, of several ones only all do.
     */
    private boolean areYears() {
      double[] years = numbers.stream().mapToDouble(Look::year).toArray();
      boolean inOrder = step(years, 1) || step(years, -1);
      boolean below =
          any(
              look ->
                  look.number
                      && look.years > 0
                      && (look.years == look.numbers || numbers.size() == 1));
      return inOrder && !below && IntStream.range(0, years.length).allMatch(i -> years[i] > 0);
    }

    /** Whether all numbers rise, for 1, or fall, for -1. */
    private static boolean step(double[] numbers, int by) {
      return IntStream.range(1, numbers.length)
          .allMatch(i -> by * (numbers[i] - numbers[i - 1]) > 0);
    }

    private String shown() {
      return "line " + first.number() + " (" + first.shown() + ")";
    }

    private FirstLine header(String why) {
      String remark = " is taken for names" + why + "; if it is data, say --header no";
      return new FirstLine(true, shown() + remark, null);
    }

    private FirstLine data(String why) {
      String remark = " is taken for data" + why + "; if it names the columns, say --header yes";
      return new FirstLine(false, shown() + remark, null);
    }
  }
}
