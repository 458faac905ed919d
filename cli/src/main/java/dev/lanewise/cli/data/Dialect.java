package dev.lanewise.cli.data;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;

/**
 * How the lines of a table are split into cells.
 *
 * @param separator what stands between two cells; a blank for runs of blanks and tabs
 * @param quote what stands around a cell in which a separator may be
 * @param backslashes whether a quote within quotes is {@code \"}, not two quotes
 * @param loose whether blanks may stand between a separator and a quote
 * @param comment what lines begin with that are left out; null for none
 * @param skip how many lines stand above the table
 */
record Dialect(
    char separator, char quote, boolean backslashes, boolean loose, Character comment, int skip) {
  Dialect withSkip(int lines) {
    return new Dialect(separator, quote, backslashes, loose, comment, lines);
  }

  boolean isBlanks() {
    return separator == ' ';
  }

  /**
   * Reads a text as this says.
   *
   * @param unclosed whether the text may end within quotes
   * @throws EOFException if it has fewer lines than are to be skipped
   */
  // Whoever gets the reader closes it.
  @SuppressWarnings("MustBeClosedChecker")
  <T> CsvReader<T> reader(Reader text, CsvCallbackHandler<T> handler, boolean unclosed)
      throws IOException {
    Reader plain =
        backslashes || isBlanks() ? new PlainText(text, separator, quote, backslashes) : text;
    CsvReader.CsvReaderBuilder builder =
        CsvReader.builder()
            .fieldSeparator(separator)
            .quoteCharacter(quote)
            .allowUnclosedQuote(unclosed)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
    if (comment != null) {
      builder.commentStrategy(CommentStrategy.SKIP).commentCharacter(comment);
    }
    if (loose) {
      builder.trimWhitespacesAroundQuotes(true);
    }
    CsvReader<T> reader = builder.build(handler, plain);
    try {
      reader.skipLines(skip);
    } catch (CsvParseException e) {
      reader.close();
      throw new EOFException("fewer lines than " + skip);
    }
    return reader;
  }
}
