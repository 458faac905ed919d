package dev.lanewise.cli.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The first lines of a table, split as a dialect has it.
 *
 * @param lines the lines that are not empty
 * @param broken whether the splitting ended early, as a quote stands where none can be
 */
record Sample(List<Row> lines, boolean broken) {
  private static final int MOST_LINES = 200;

  /** Digits and what stands beside them in numbers; signs stand before them. */
  private static final Pattern FORMATTED =
      Pattern.compile(
          "[-+\u2212F]*[0-9][0-9F]*(?<!,)".replace("F", ".,'%$\u20ac\u00a3\u00a0\u202f"));

  private static final int MOST_SHOWN = 5;
  private static final int LONGEST_SHOWN = 40;

  /** More would take long and tell little. */
  private static final int MOST_CELLS = 2_000_000;

  /**
   * A line.
   *
   * @param number of the line in the text, from 1
   * @param cells what is in it, without blanks around
   * @param quoted which cells stand in quotes
   */
  record Row(long number, List<String> cells, BitSet quoted) {
    int count() {
      return cells.size();
    }

    String cell(int column) {
      return cells.get(column);
    }

    boolean isNumber(int column) {
      return looksNumeric(cell(column));
    }

    boolean isText(int column) {
      return !isNumber(column) && !MissingWords.USUAL.contains(cell(column));
    }

    /** Returns what a message shows of it. */
    String shown() {
      String text = String.join(", ", cells.subList(0, Math.min(MOST_SHOWN, cells.size())));
      return text.length() > LONGEST_SHOWN || cells.size() > MOST_SHOWN
          ? text.substring(0, Math.min(LONGEST_SHOWN, text.length())) + "..."
          : text;
    }
  }

  /**
   * Splits a text.
   *
   * @param text the first lines
   * @param whole whether nothing follows them; otherwise the last may be cut off
   * @param dialect how to split them
   * @param above how many lines stand above the text
   */
  static Sample of(String text, boolean whole, Dialect dialect, int above) {
    List<Row> rows = new ArrayList<>();
    boolean broken = false;
    int cells = 0;
    try (CsvReader<Row> reader = dialect.reader(new StringReader(text), new Rows(above), !whole);
        CloseableIterator<Row> all = reader.iterator()) {
      while (rows.size() < MOST_LINES && cells < MOST_CELLS && all.hasNext()) {
        Row row = all.next();
        rows.add(row);
        cells += row.count();
      }
      boolean cut = !whole && rows.size() > 1 && !all.hasNext();
      if (cut) {
        rows.remove(rows.size() - 1);
      }
    } catch (CsvParseException e) {
      broken = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Sample(rows, broken);
  }

  /** Whether a text is a number as spreadsheets write them, too: 1,5 and 1.234,50 and 45 %. */
  static boolean looksNumeric(String text) {
    return PlainNumber.is(text) || FORMATTED.matcher(text).matches();
  }

  /** Returns how many cells most lines below the first have; of one line as many as it has. */
  int columns() {
    Map<Integer, Integer> linesOf = new HashMap<>();
    int most = lines.isEmpty() ? 0 : lines.get(0).count();
    for (int r = 1; r < lines.size(); r++) {
      int count = lines.get(r).count();
      int same = linesOf.merge(count, 1, Integer::sum);
      if (r == 1 || same > linesOf.getOrDefault(most, 0)) {
        most = count;
      }
    }
    return most;
  }

  /** Makes rows of what FastCSV finds. */
  private static final class Rows extends AbstractBaseCsvCallbackHandler<Row> {
    private final List<String> cells = new ArrayList<>();
    private final BitSet quoted = new BitSet();
    private final int above;

    Rows(int above) {
      this.above = above;
    }

    @Override
    protected void handleBegin(long line) {
      cells.clear();
      quoted.clear();
    }

    @Override
    protected void handleField(int column, char[] text, int at, int length, boolean isQuoted) {
      cells.add(new String(text, at, length).strip());
      quoted.set(column, isQuoted);
    }

    @Override
    protected Row buildRecord() {
      return new Row(above + getStartingLineNumber(), List.copyOf(cells), (BitSet) quoted.clone());
    }
  }
}
