package dev.lanewise.cli.data;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.lanewise.data.DataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of comma-separated values (RFC 4180) in UTF-8, whose lines have the same number of cells.
 * Empty lines are left out, and so is white space around a cell.
 *
 * @param path which file
 * @param header whether the first line holds the names of columns
 * @param separator what stands between two cells; null for whichever of comma, semicolon, tab and
 *     bar stands most often in the first line
 */
record CsvTable(Path path, Header header, Character separator) implements TableFile {
  /** Whether the first line holds the names of columns. */
  enum Header {
    /** It does if none of its cells is a number. */
    AUTO,
    YES,
    NO
  }

  private static final int BYTE_ORDER_MARK = 0xfeff;
  private static final int MOST_COLUMNS = 1_000_000;
  private static final int LONGEST_LINE = 16 << 20;

  /** How FastCSV says where it was. */
  private static final Pattern LINE = Pattern.compile("line (\\d+)");

  private static final String SEPARATORS = ",;\t|";

  /** A first line that is longer has no separator that could be found. */
  private static final int LONGEST_LOOK = 1 << 16;

  @Override
  public void read(Visitor visitor) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new DataException(
          path + (Files.exists(path) ? " is not a regular file" : ": no such file"));
    }
    try (CsvReader<CsvRecord> reader = open();
        CloseableIterator<CsvRecord> records = reader.iterator()) {
      read(records, visitor);
    } catch (CsvParseException e) {
      throw malformed(e);
    } catch (UncheckedIOException | CharacterCodingException e) {
      Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
      if (cause instanceof CharacterCodingException) {
        throw notUtf8(e);
      }
      throw e;
    }
  }

  private CsvReader<CsvRecord> open() throws IOException {
    // This reader refuses what is no UTF-8; FastCSV's own ones put other characters in its place.
    BufferedReader text = Files.newBufferedReader(path);
    text.mark(1);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
    return CsvReader.builder()
        .fieldSeparator(separator == null ? mostFrequent(text) : separator)
        .allowUnclosedQuote(false)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .build(
            CsvRecordHandler.builder().maxFields(MOST_COLUMNS).maxRecordSize(LONGEST_LINE).build(),
            text);
  }

  /** Looks at the first line that is not empty, and goes back to its start. */
  private static char mostFrequent(BufferedReader text) throws IOException {
    int[] counts = new int[SEPARATORS.length()];
    text.mark(LONGEST_LOOK + 1);
    boolean quoted = false;
    boolean empty = true;
    for (int i = 0; i < LONGEST_LOOK; i++) {
      int c = text.read();
      if (c < 0 || (!quoted && !empty && (c == '\n' || c == '\r'))) {
        break;
      }
      quoted ^= c == '"';
      empty &= c == '\n' || c == '\r';
      int separator = SEPARATORS.indexOf(c);
      if (!quoted && separator >= 0) {
        counts[separator]++;
      }
    }
    text.reset();
    int best = 0;
    for (int s = 1; s < counts.length; s++) {
      best = counts[s] > counts[best] ? s : best;
    }
    return SEPARATORS.charAt(best);
  }

  private void read(CloseableIterator<CsvRecord> records, Visitor visitor) throws IOException {
    Line cells = new Line();
    long firstLine = 0;
    int columns = -1;
    while (records.hasNext()) {
      CsvRecord row = records.next();
      cells.set(row.getFields());
      long line = row.getStartingLineNumber();
      refuseBinary(line, row.getFields());
      if (columns < 0) {
        firstLine = line;
        columns = cells.count();
        if (isHeader(cells)) {
          visitor.columns(names(line, cells), true);
          continue;
        }
        visitor.columns(numbered(columns), false);
      }
      if (cells.count() != columns) {
        throw new DataException(
            path
                + ": line "
                + line
                + " has "
                + cells.count()
                + (cells.count() == 1 ? " cell" : " cells")
                + "; expected "
                + columns
                + " as in line "
                + firstLine);
      }
      visitor.row(line, cells);
    }
    if (columns < 0) {
      throw new DataException(path + ": is empty; expected a table");
    }
  }

  /** Text has no NUL; UTF-16 has one beside every letter. */
  private void refuseBinary(long line, List<String> fields) throws DataException {
    for (int c = 0; c < fields.size(); c++) {
      if (fields.get(c).indexOf('\0') >= 0) {
        throw new DataException(
            where(line, c) + ": holds a NUL, so this is no text in UTF-8; save it as CSV in UTF-8");
      }
    }
  }

  private boolean isHeader(Line cells) {
    if (header != Header.AUTO) {
      return header == Header.YES;
    }
    boolean anyText = false;
    for (int c = 0; c < cells.count(); c++) {
      if (cells.kind(c) == Cell.NUMBER) {
        return false;
      }
      anyText |= cells.kind(c) == Cell.TEXT;
    }
    return anyText;
  }

  private List<String> names(long line, Line cells) throws DataException {
    List<String> names = new ArrayList<>();
    for (int c = 0; c < cells.count(); c++) {
      String name = cells.text(c).isEmpty() ? "column " + (c + 1) : cells.text(c);
      if (names.contains(name)) {
        throw new DataException(
            path + ": line " + line + " names two columns '" + name + "'; rename one");
      }
      names.add(name);
    }
    return names;
  }

  /** Returns the names of columns that have none. */
  static List<String> numbered(int columns) {
    List<String> names = new ArrayList<>();
    for (int c = 1; c <= columns; c++) {
      names.add("column " + c);
    }
    return names;
  }

  private DataException malformed(CsvParseException e) {
    String text = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    Matcher line = LINE.matcher(text);
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s: %sa quote is opened and not closed, or there are more than %,d columns or %,d"
                + " characters",
            path,
            line.find() ? "line " + line.group(1) + ": " : "",
            MOST_COLUMNS,
            LONGEST_LINE),
        e);
  }

  private DataException notUtf8(Exception e) throws IOException {
    return new DataException(
        path
            + ": line "
            + firstLineThatIsNotUtf8()
            + " is not in UTF-8; save the file so, for example by iconv -f ISO-8859-1 -t UTF-8",
        e);
  }

  private long firstLineThatIsNotUtf8() throws IOException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    CharBuffer chars = CharBuffer.allocate(1 << 16);
    long line = 1;
    try (FileChannel file = FileChannel.open(path)) {
      boolean good = true;
      while (good) {
        good = file.read(bytes) >= 0;
        good &= !decoder.decode(bytes.flip(), chars, !good).isError();
        line += chars.flip().chars().filter(c -> c == '\n').count();
        chars.clear();
        bytes.compact();
      }
    }
    return line;
  }

  @Override
  public String where(long number, int column) {
    return path + ": line " + number + ", column " + (column + 1);
  }

  @Override
  public String hint() {
    return ": what stands between cells? say it by --separator";
  }

  /** The cells of one line. */
  private static final class Line implements Cells {
    private final List<String> texts = new ArrayList<>();

    void set(List<String> fields) {
      texts.clear();
      for (String field : fields) {
        texts.add(field.strip());
      }
    }

    @Override
    public int count() {
      return texts.size();
    }

    @Override
    public Cell kind(int column) {
      return Cell.of(texts.get(column));
    }

    @Override
    public float number(int column) {
      return Cell.number(texts.get(column));
    }

    @Override
    public String text(int column) {
      return texts.get(column);
    }
  }
}
