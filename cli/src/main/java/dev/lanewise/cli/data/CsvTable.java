package dev.lanewise.cli.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldModifiers;
import dev.lanewise.data.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
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
  public boolean isText() {
    return true;
  }

  @Override
  public void read(Wanted wanted, Visitor visitor) throws IOException {
    byte[] head = source.head();
    boolean whole = head.length < Source.LEAST_HEAD;
    Sniffer sniffer = new Sniffer(content.decoded(head), whole, options);
    Dialect dialect = sniffer.dialect();
    Layout layout =
        Layout.of(
            path(),
            sniffer.sample(dialect),
            sniffer.remark(dialect),
            options.header(),
            wanted.names());
    CsvRecordHandler handler =
        CsvRecordHandler.builder()
            .maxFields(MOST_COLUMNS)
            .maxRecordSize(LONGEST_LINE)
            .fieldModifier(FieldModifiers.STRIP)
            .build();
    try (Reader in = content.reader(source.open());
        CsvReader<CsvRecord> reader = dialect.reader(in, handler, false)) {
      tell(dialect, layout);
      read(reader, layout, visitor);
    } catch (CsvParseException e) {
      throw malformed(e, dialect);
    } catch (EOFException e) {
      throw new DataException(
          path() + ": has no line behind the " + dialect.skip() + " that are skipped", e);
    } catch (UncheckedIOException e) {
      throw e.getCause();
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

  private void read(CsvReader<CsvRecord> records, Layout layout, Visitor visitor)
      throws IOException {
    List<String> header = null;
    long firstLine = 0;
    int columns = -1;
    for (CsvRecord row : records) {
      Line line = new Line(path(), row.getStartingLineNumber(), row.getFields());
      refuseBinary(line);
      if (layout.trailing()) {
        line = withoutTrailing(line, columns);
      }
      if (columns < 0) {
        firstLine = line.number;
        columns = line.count();
        if (layout.header()) {
          header = line.texts;
          List<String> names = new ArrayList<>(header);
          if (layout.rowNames()) {
            columns++;
            names.addFirst("row names");
          }
          visitor.columns(new Columns(names(firstLine, names), true, 1));
          continue;
        }
        boolean named = layout.names() != null;
        List<String> names = named ? names(firstLine, layout.names()) : Names.numbered(columns);
        visitor.columns(new Columns(names, named, 1));
      }
      if (line.texts.equals(header)) {
        throw refused(
            "line %s repeats the names of line %s; remove it".formatted(line.number, firstLine));
      }
      if (line.count() != columns) {
        throw otherCount(line, columns, firstLine);
      }
      visitor.row(line);
    }
    if (columns < 0) {
      throw refused("is empty; expected a table");
    }
  }

  private DataException refused(String why) {
    return new DataException(path() + ": " + why);
  }

  private static Line withoutTrailing(Line line, int columns) throws DataException {
    int last = line.count() - 1;
    if (line.text(last).isEmpty() && last != columns - 1) {
      return new Line(line.file, line.number, line.texts.subList(0, last));
    }
    if (columns >= 0) {
      throw new DataException(
          "%s: '%s' ends the line, which other lines end with an empty cell; mend it"
              .formatted(line.where(last), line.text(last)));
    }
    return line;
  }

  private DataException otherCount(Line line, int columns, long firstLine) {
    int count = line.count();
    String start = line.text(0).isEmpty() ? "" : line.text(0).substring(0, 1);
    boolean remark = options.comment() == null && (start.equals("#") || start.equals("%"));
    return refused(
        "line %s has %s %s; expected %s as in line %s%s"
            .formatted(
                line.number,
                count,
                count == 1 ? "cell" : "cells",
                columns,
                firstLine,
                remark ? "; if it is a remark, say --comment '" + start + "'" : ""));
  }

  /** Text has no NUL; UTF-16 has one beside every letter. */
  private void refuseBinary(Line line) throws DataException {
    for (int c = 0; c < line.count(); c++) {
      String text = line.text(c);
      if (text.indexOf('\0') >= 0) {
        throw new DataException(
            line.where(c) + ": holds a NUL, so this is no text in UTF-8; save it as CSV in UTF-8");
      }
      if (text.indexOf(Content.NO_TEXT) >= 0) {
        boolean utf8 = content.charset().equals(StandardCharsets.UTF_8);
        throw refused(
            "line %s is not in %s; save the file %s"
                .formatted(
                    line.number,
                    content.charset(),
                    utf8 ? "so, for example by iconv -f ISO-8859-1 -t UTF-8" : "in UTF-8"));
      }
    }
  }

  private List<String> names(long line, List<String> texts) throws DataException {
    Set<String> names = new LinkedHashSet<>();
    for (int c = 0; c < texts.size(); c++) {
      String name = texts.get(c).isEmpty() ? Names.ofColumn(c + 1) : texts.get(c);
      if (!names.add(name)) {
        throw refused(
            "line %s names two columns '%s'; rename one, or say --header no if it is data"
                .formatted(line, name));
      }
    }
    return List.copyOf(names);
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

  /** The cells of one line. */
  private record Line(Path file, long number, List<String> texts) implements Cells {
    @Override
    public int count() {
      return texts.size();
    }

    @Override
    public double number(int column) {
      return PlainNumber.parse(texts.get(column));
    }

    @Override
    public String text(int column) {
      return texts.get(column);
    }

    @Override
    public String where(int column) {
      return file + ": line " + number + ", column " + (column + 1);
    }

    @Override
    public boolean areTexts() {
      return true;
    }
  }
}
