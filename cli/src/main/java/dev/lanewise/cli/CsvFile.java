package dev.lanewise.cli;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.lanewise.data.DataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of comma-separated values (RFC 4180) in UTF-8, whose lines have the same number of cells.
 * Empty lines are left out, and so is white space around a cell.
 */
record CsvFile(Path path, TableOptions options) {
  private static final int BYTE_ORDER_MARK = 0xfeff;

  /** Takes a line's cells. */
  interface Rows {
    void row(long line, List<String> cells) throws IOException;
  }

  /**
   * Reads the file.
   *
   * @return the names of its columns, {@code column 1} and so on where it has none
   */
  List<String> read(Rows rows) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new DataException(
          path + (Files.exists(path) ? " is not a regular file" : ": no such file"));
    }
    try (CsvReader<CsvRecord> reader = open();
        CloseableIterator<CsvRecord> records = reader.iterator()) {
      return read(records, rows);
    } catch (UncheckedIOException | CharacterCodingException | CsvParseException e) {
      throw new DataException(path + ": is no CSV file in UTF-8: " + reason(e), e);
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
        .fieldSeparator(options.separator())
        .allowUnclosedQuote(false)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .ofCsvRecord(text);
  }

  private List<String> read(CloseableIterator<CsvRecord> records, Rows rows) throws IOException {
    List<String> names = null;
    long firstLine = 0;
    while (records.hasNext()) {
      CsvRecord cells = records.next();
      List<String> stripped = cells.getFields().stream().map(String::strip).toList();
      long line = cells.getStartingLineNumber();
      if (names == null) {
        firstLine = line;
        boolean header = isHeader(stripped);
        names = header ? names(line, stripped) : numbered(stripped.size());
        if (header) {
          continue;
        }
      }
      if (stripped.size() != names.size()) {
        throw new DataException(
            path
                + ": line "
                + line
                + " has "
                + stripped.size()
                + " cells; expected "
                + names.size()
                + " as in line "
                + firstLine);
      }
      rows.row(line, stripped);
    }
    if (names == null) {
      throw new DataException(path + ": is empty; expected a table");
    }
    return names;
  }

  private boolean isHeader(List<String> cells) {
    return switch (options.header()) {
      case YES -> true;
      case NO -> false;
      case AUTO ->
          cells.stream().noneMatch(cell -> Cell.of(cell) == Cell.NUMBER)
              && cells.stream().anyMatch(cell -> Cell.of(cell) == Cell.TEXT);
    };
  }

  private List<String> names(long line, List<String> cells) throws DataException {
    List<String> names = new ArrayList<>();
    for (String cell : cells) {
      String name = cell.isEmpty() ? "column " + (names.size() + 1) : cell;
      if (names.contains(name)) {
        throw new DataException(
            path + ": line " + line + " names two columns '" + name + "'; rename one");
      }
      names.add(name);
    }
    return names;
  }

  private static List<String> numbered(int columns) {
    List<String> names = new ArrayList<>();
    for (int c = 1; c <= columns; c++) {
      names.add("column " + c);
    }
    return names;
  }

  private static String reason(Exception e) {
    Throwable reason = e.getCause() == null ? e : e.getCause();
    return reason.getMessage();
  }
}
