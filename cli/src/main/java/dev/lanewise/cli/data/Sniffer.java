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

  private static final Pattern LINE = Pattern.compile("([^\r\n]*)(?:\r\n|\r|\n|$)");
  private static final Pattern SEPARATOR_LINE = Pattern.compile("\"?sep=(.)\"?\\s*");
  private static final Pattern LOOSE_QUOTE = Pattern.compile("[,;\t|] +\"|\" +[,;\t|]");
  private static final Pattern SINGLE_QUOTE = Pattern.compile("(?m)(^|[,;\t| ])'");
  private static final Pattern OTHER_SEPARATOR = Pattern.compile("[\",;\t|]");

  private final String text;
  private final boolean whole;
  private final CsvOptions options;

  /** Where the table begins, and how many lines are above. */
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
      start = line(start).end();
    }
    skipped = options.skip();
    said = options.separator();
    Matcher first = line(start);
    Matcher separator = SEPARATOR_LINE.matcher(first.group(1));
    if (separator.matches()) {
      said = said == null ? Character.valueOf(separator.group(1).charAt(0)) : said;
      start = first.end();
      skipped++;
    }
    if (options.comment() == null) {
      skipRemarks();
    }
  }

  private Matcher line(int from) {
    Matcher line = LINE.matcher(text).region(from, text.length());
    line.lookingAt();
    return line;
  }

  /** Passes over lines that begin with {@code #}, and empty ones between them. */
  private void skipRemarks() {
    int at = start;
    int lines = 0;
    while (at < text.length()) {
      Matcher line = line(at);
      boolean isRemark = line.group(1).startsWith("#");
      if (!isRemark && !line.group(1).isBlank()) {
        break;
      }
      lines++;
      at = line.end();
      if (isRemark) {
        remark = line.group(1);
        start = at;
        skipped += lines;
        lines = 0;
      }
    }
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
    String look = text.substring(start, cut ? start + LONGEST_LOOK : text.length());
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
    boolean loose = LOOSE_QUOTE.matcher(look).find();
    boolean single = SINGLE_QUOTE.matcher(look).find();
    boolean escaped = look.contains("\\\"") && options.backslashes() == null;
    boolean backslashes = Boolean.TRUE.equals(options.backslashes());
    List<Dialect> all = new ArrayList<>();
    for (char separator : (said == null ? SEPARATORS : said.toString()).toCharArray()) {
      boolean stands =
          look.indexOf(separator) >= 0 || (separator == ' ' && look.indexOf('\t') >= 0);
      if (said == null && separator != ',' && !stands) {
        continue;
      }
      for (boolean escape : escaped ? new boolean[] {false, true} : new boolean[] {backslashes}) {
        all.add(new Dialect(separator, '"', escape, false, options.comment(), 0));
        if (loose && separator != ' ') {
          all.add(new Dialect(separator, '"', escape, true, options.comment(), 0));
        }
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
    int below = Math.max(1, lines.size() - 1);
    List<Sample.Row> alike =
        lines.subList(lines.size() - below, lines.size()).stream()
            .filter(line -> line.count() == columns)
            .toList();
    if (dialect.isBlanks() && alike.size() < below) {
      return 0;
    }
    double typed = alike.stream().mapToDouble(line -> typed(line, dialect)).sum();
    Sample.Row first = lines.get(0);
    boolean oneLess = first.count() == columns - 1 && first.count() > 1;
    double head = first.count() == columns ? 1 : oneLess ? CLEAR : 0.5;
    boolean clean = first.cells().stream().allMatch(name -> isClean(name, dialect));
    return head * (clean ? 1 : CLEAR) * typed / below * (sample.broken() ? 0.5 : 1);
  }

  private static double typed(Sample.Row line, Dialect dialect) {
    double sum = 0;
    for (int c = 0; c < line.count(); c++) {
      boolean clean = line.quoted().get(c) || isClean(line.cell(c), dialect);
      sum += !line.isText(c) ? 1 : clean ? CLEAR : 0.1;
    }
    return sum / line.count();
  }

  /** Whether no other dialect would split a cell. */
  private static boolean isClean(String cell, Dialect dialect) {
    if (Sample.looksNumeric(cell)) {
      return true;
    }
    int blank = cell.indexOf(' ');
    boolean twoNumbers =
        blank > 0
            && Sample.looksNumeric(cell.substring(0, blank))
            && Sample.looksNumeric(cell.substring(blank + 1));
    boolean single = cell.length() > 1 && cell.startsWith("'") && cell.endsWith("'");
    return !twoNumbers
        && !OTHER_SEPARATOR.matcher(cell).find()
        && (!single || dialect.quote() == '\'');
  }
}
