package dev.lanewise.cli.data;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import dev.lanewise.data.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of comma-separated values (RFC 4180), or of what {@link Sniffer} sees, whose lines have
 * the same number of cells. Empty lines are left out, and so is white space around a cell.
 *
 * @param source which file
 * @param content what text it is
 * @param options what is known of it
 * @param notes takes what is worth telling
 */
record CsvTable(Source source, Content content, CsvOptions options, Consumer<String> notes)
    implements TableFile {
  private static final int MOST_COLUMNS = 1_000_000;
  private static final int LONGEST_LINE = 16 << 20;

  /** How FastCSV says where it was. */
  private static final Pattern LINE = Pattern.compile("line (\\d+)");

  @Override
  public Path path() {
    return source.name();
  }

  @Override
  public void note(String text) {
    notes.accept(text);
  }

  @Override
  public void read(Visitor visitor) throws IOException {
    byte[] head = source.head();
    String text = content.decoded(head, head.length);
    boolean whole = head.length < Source.LEAST_HEAD;
    Sniffer sniffer = new Sniffer(text, whole, options);
    Dialect dialect = sniffer.dialect();
    Layout layout =
        Layout.of(
            path(),
            sniffer.sample(dialect),
            sniffer.remark(dialect),
            options.header(),
            visitor.known());
    CsvRecordHandler handler =
        CsvRecordHandler.builder().maxFields(MOST_COLUMNS).maxRecordSize(LONGEST_LINE).build();
    long[] line = {dialect.skip()};
    try (Reader in = open();
        CsvReader<CsvRecord> reader = dialect.reader(in, handler, false);
        CloseableIterator<CsvRecord> records = reader.iterator()) {
      tell(dialect, layout);
      read(records, layout, visitor, line);
    } catch (CsvParseException e) {
      throw malformed(e, dialect);
    } catch (EOFException e) {
      throw new DataException(
          path() + ": has no line behind the " + dialect.skip() + " that are skipped", e);
    } catch (UncheckedIOException | CharacterCodingException e) {
      Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
      if (cause instanceof CharacterCodingException) {
        throw notText(e, line[0] + 1);
      }
      if (cause instanceof DataException damage) {
        throw damage;
      }
      throw e;
    }
  }

  /** This reader refuses what is no text; FastCSV's own ones put other characters in its place. */
  private Reader open() throws IOException {
    InputStream in = source.open();
    try {
      in.skipNBytes(content.mark());
      return new InputStreamReader(in, content.charset().newDecoder());
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private void tell(Dialect dialect, Layout layout) {
    if (dialect.isBlanks() && options.separator() == null) {
      note("cells are separated by blanks");
    }
    if (dialect.backslashes() && options.backslashes() == null) {
      note("a quote behind a backslash is part of its cell");
    }
    if (layout.trailing()) {
      note("every line ends with an empty cell, which is no column");
    }
    if (layout.remark() != null) {
      note(layout.remark());
    }
  }

  private void read(CloseableIterator<CsvRecord> records, Layout layout, Visitor visitor, long[] at)
      throws IOException {
    Line cells = new Line();
    List<String> header = null;
    long firstLine = 0;
    int columns = -1;
    while (records.hasNext()) {
      CsvRecord row = records.next();
      cells.set(row.getFields());
      long line = row.getStartingLineNumber();
      at[0] = line;
      refuseBinary(line, row.getFields());
      if (layout.trailing()) {
        dropTrailing(line, cells, columns);
      }
      if (columns < 0) {
        firstLine = line;
        columns = cells.count();
        if (layout.header()) {
          header = List.copyOf(cells.texts);
          if (layout.rowNames()) {
            columns++;
            cells.texts.add(0, "row names");
          }
          visitor.columns(names(line, cells.texts), true);
          continue;
        }
        boolean named = layout.names() != null;
        visitor.columns(named ? names(line, layout.names()) : numbered(columns), named);
      }
      if (cells.texts.equals(header)) {
        throw new DataException(
            path() + ": line " + line + " repeats the names of line " + firstLine + "; remove it");
      }
      if (cells.count() != columns) {
        throw otherCount(line, cells, columns, firstLine);
      }
      visitor.row(line, cells);
    }
    if (columns < 0) {
      throw new DataException(path() + ": is empty; expected a table");
    }
  }

  private void dropTrailing(long line, Line cells, int columns) throws DataException {
    int last = cells.count() - 1;
    if (cells.text(last).isEmpty() && last != columns - 1) {
      cells.texts.remove(last);
    } else if (columns >= 0) {
      throw new DataException(
          where(line, last)
              + ": '"
              + cells.text(last)
              + "' ends the line, which other lines end with an empty cell; mend it");
    }
  }

  private DataException otherCount(long line, Line cells, int columns, long firstLine) {
    int count = cells.count();
    String start = cells.text(0).isEmpty() ? "" : cells.text(0).substring(0, 1);
    boolean remark = options.comment() == null && (start.equals("#") || start.equals("%"));
    return new DataException(
        path()
            + ": line "
            + line
            + " has "
            + count
            + (count == 1 ? " cell" : " cells")
            + "; expected "
            + columns
            + " as in line "
            + firstLine
            + (remark ? "; if it is a remark, say --comment '" + start + "'" : ""));
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

  private List<String> names(long line, List<String> texts) throws DataException {
    Set<String> names = new LinkedHashSet<>();
    for (int c = 0; c < texts.size(); c++) {
      String name = texts.get(c).isEmpty() ? "column " + (c + 1) : texts.get(c);
      if (!names.add(name)) {
        throw new DataException(
            path()
                + ": line "
                + line
                + " names two columns '"
                + name
                + "'; rename one, or say --header no if it is data");
      }
    }
    return List.copyOf(names);
  }

  /** Returns the names of columns that have none. */
  static List<String> numbered(int columns) {
    List<String> names = new ArrayList<>();
    for (int c = 1; c <= columns; c++) {
      names.add("column " + c);
    }
    return names;
  }

  private DataException malformed(CsvParseException e, Dialect dialect) {
    String text = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    Matcher line = LINE.matcher(text);
    return new DataException(
        String.format(
            Locale.ROOT,
            "%s: %sa quote is opened and not closed, or there are more than %,d columns or %,d"
                + " characters%s",
            path(),
            line.find() ? "line " + line.group(1) + ": " : "",
            MOST_COLUMNS,
            LONGEST_LINE,
            dialect.backslashes() ? "" : "; say --escape backslash if quotes in cells are \\\""),
        e);
  }

  private DataException notText(Exception e, long line) throws IOException {
    boolean utf8 = content.charset().equals(StandardCharsets.UTF_8);
    return new DataException(
        path()
            + ": line "
            + (source.isRepeatable() ? firstLineThatIsNoText() : line)
            + " is not in "
            + content.charset()
            + "; save the file "
            + (utf8 ? "so, for example by iconv -f ISO-8859-1 -t UTF-8" : "in UTF-8"),
        e);
  }

  private long firstLineThatIsNoText() throws IOException {
    CharsetDecoder decoder = content.charset().newDecoder();
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    CharBuffer chars = CharBuffer.allocate(1 << 16);
    long line = 1;
    try (InputStream file = source.open()) {
      file.skipNBytes(content.mark());
      boolean good = true;
      while (good) {
        int count = file.read(bytes.array(), bytes.position(), bytes.remaining());
        good = count >= 0;
        bytes.position(bytes.position() + Math.max(0, count));
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
    return path() + ": line " + number + ", column " + (column + 1);
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
    public double number(int column) {
      return PlainNumber.parse(texts.get(column));
    }

    @Override
    public String text(int column) {
      return texts.get(column);
    }
  }
}
