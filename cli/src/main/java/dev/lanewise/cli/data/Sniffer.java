package dev.lanewise.cli.data;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sees the dialect of a table by its first lines.
 *
 * <p>Each separator that stands in them is tried (comma, semicolon, tab, bar, runs of blanks), with
 * each way of quoting that they hint at, by the reader that reads the table afterwards. That one is
 * taken that scores most; among equals the first in this order. The score is a product:
 *
 * <ul>
 *   <li>the share of lines that have as many cells as most, which must be more than 1; of runs of
 *       blanks all lines below the first must have as many;
 *   <li>half, if the first line has another number of cells; nine tenths, if it is one less, as
 *       above the names of R's rows;
 *   <li>nine tenths, if the first line has quotes or other separators in its cells;
 *   <li>half, if a quote stands where none can be;
 *   <li>the mean over the cells below the first line of 1 for a number, also one with a decimal
 *       comma, and for an empty cell, 0.9 for a text, and 0.1 for a text out of quotes in which
 *       another separator or a quote stands, or a blank between two numbers.
 * </ul>
 *
 * <p>So a table of {@code 1,5;2,5} is split at the semicolon: commas would leave {@code 5;2} over.
 *
 * <p>Above the table are left out: as many lines as are said, Excel's line {@code sep=;}, whose
 * separator is taken, and a block of lines that begin with {@code #}.
 */
final class Sniffer {
  private static final String SEPARATORS = ",;\t| ";

  /** More tells nothing new. */
  private static final int LONGEST_LOOK = 1 << 18;

  /** What is left of a score for a slight doubt. */
  private static final double CLEAR = 0.9;

  private static final Pattern SEPARATOR_LINE = Pattern.compile("\"?sep=(.)\"?\\s*");
  private static final Pattern LOOSE_QUOTE = Pattern.compile("[,;\t|] +\"|\" +[,;\t|]");
  private static final Pattern SINGLE_QUOTE = Pattern.compile("(?m)(^|[,;\t| ])'");

  private final String text;
  private final boolean whole;
  private final CsvOptions options;

  /** Where the table begins. */
  private int start;

  private int skipped;
  private Character said;
  private String remark;

  /**
   * Looks at a text.
   *
   * @param text the first lines
   * @param whole whether nothing follows them
   * @param options what is known
   */
  Sniffer(String text, boolean whole, CsvOptions options) {
    this.text = text;
    this.whole = whole;
    this.options = options;
    for (int i = 0; i < options.skip() && start < text.length(); i++) {
      skipLine();
    }
    skipped = options.skip();
    said = options.separator();
    Matcher line = SEPARATOR_LINE.matcher(text.substring(start, lineEnd(start)));
    if (line.matches()) {
      said = said == null ? Character.valueOf(line.group(1).charAt(0)) : said;
      skipLine();
      skipped++;
    }
    if (options.comment() == null) {
      skipRemarks();
    }
  }

  /** Passes over lines that begin with {@code #}, and empty ones between them. */
  private void skipRemarks() {
    int at = start;
    int lines = 0;
    while (at < text.length()) {
      int end = lineEnd(at);
      int lineStart = at;
      boolean isRemark = text.charAt(at) == '#';
      if (!isRemark && !text.substring(at, end).isBlank()) {
        break;
      }
      lines++;
      at = behindLineEnd(end);
      if (isRemark) {
        remark = text.substring(lineStart, end);
        start = at;
        skipped += lines;
        lines = 0;
      }
    }
  }

  private void skipLine() {
    start = behindLineEnd(lineEnd(start));
  }

  private int lineEnd(int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private int behindLineEnd(int end) {
    boolean two = text.startsWith("\r\n", end);
    return Math.min(text.length(), end + (two ? 2 : 1));
  }

  /**
   * Returns the last line above the table that begins with {@code #}, without it; null for none.
   */
  Sample.Row remark(Dialect dialect) {
    if (remark == null) {
      return null;
    }
    String words = remark.replaceFirst("^#+\\s*", "");
    List<Sample.Row> lines = Sample.of(words, true, dialect.withSkip(0), skipped - 1).lines();
    return lines.size() == 1 ? lines.get(0) : null;
  }

  /** Returns the table as far as the text goes, without what stands above it. */
  Sample sample(Dialect dialect) {
    return Sample.of(text.substring(start), whole, dialect.withSkip(0), skipped);
  }

  Dialect dialect() {
    boolean cut = text.length() - start > LONGEST_LOOK;
    String look = cut ? text.substring(start, start + LONGEST_LOOK) : text.substring(start);
    Dialect best = null;
    double most = -1;
    for (Dialect tried : candidates(look)) {
      double score = score(Sample.of(look, whole && !cut, tried, 0), tried);
      if (score > most) {
        most = score;
        best = tried;
      }
    }
    return best.withSkip(skipped);
  }

  private List<Dialect> candidates(String look) {
    List<Dialect> all = new ArrayList<>();
    boolean loose = LOOSE_QUOTE.matcher(look).find();
    boolean single = SINGLE_QUOTE.matcher(look).find();
    boolean escaped = look.contains("\\\"") && options.backslashes() == null;
    boolean backslashes = Boolean.TRUE.equals(options.backslashes());
    String separators = said == null ? SEPARATORS : said.toString();
    for (int s = 0; s < separators.length(); s++) {
      char separator = separators.charAt(s);
      boolean stands =
          look.indexOf(separator) >= 0 || (separator == ' ' && look.indexOf('\t') >= 0);
      if (said == null && separator != ',' && !stands) {
        continue;
      }
      Dialect plain = new Dialect(separator, '"', backslashes, false, options.comment(), 0);
      all.add(plain);
      if (loose && separator != ' ') {
        all.add(new Dialect(separator, '"', backslashes, true, options.comment(), 0));
      }
      if (escaped) {
        all.add(new Dialect(separator, '"', true, false, options.comment(), 0));
      }
      if (escaped && loose && separator != ' ') {
        all.add(new Dialect(separator, '"', true, true, options.comment(), 0));
      }
      if (single && separator != '\'') {
        all.add(new Dialect(separator, '\'', backslashes, false, options.comment(), 0));
      }
    }
    return all;
  }

  private static double score(Sample sample, Dialect dialect) {
    List<Sample.Row> lines = sample.lines();
    int columns = sample.columns();
    if (columns < 2) {
      return 0;
    }
    int alike = 0;
    double typed = 0;
    int below = Math.max(1, lines.size() - 1);
    for (Sample.Row line : lines.subList(lines.size() - below, lines.size())) {
      if (line.count() == columns) {
        alike++;
        typed += typed(line, dialect);
      }
    }
    if (dialect.isBlanks() && alike < below) {
      return 0;
    }
    int first = lines.get(0).count();
    double head = first == columns ? 1 : first == columns - 1 && first > 1 ? CLEAR : 0.5;
    if (lines.get(0).cells().stream().anyMatch(name -> !isClean(name, dialect))) {
      head *= CLEAR;
    }
    return head * typed / below * (sample.broken() ? 0.5 : 1);
  }

  private static double typed(Sample.Row line, Dialect dialect) {
    double sum = 0;
    for (int c = 0; c < line.count(); c++) {
      String cell = line.cell(c);
      boolean number = MissingWords.USUAL.contains(cell) || Sample.looksNumeric(cell);
      sum += number ? 1 : line.quoted().get(c) || isClean(cell, dialect) ? CLEAR : 0.1;
    }
    return sum / line.count();
  }

  /** Whether no other dialect would split a cell. */
  private static boolean isClean(String cell, Dialect dialect) {
    if (Sample.looksNumeric(cell)) {
      return true;
    }
    int blank = cell.indexOf(' ');
    if (blank > 0
        && Sample.looksNumeric(cell.substring(0, blank))
        && Sample.looksNumeric(cell.substring(blank + 1))) {
      return false;
    }
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (c == '"' || c == ',' || c == ';' || c == '\t' || c == '|') {
        return false;
      }
    }
    boolean single = cell.length() > 1 && cell.startsWith("'") && cell.endsWith("'");
    return !single || dialect.quote() == '\'';
  }
}
