package dev.lanewise.cli.data;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Makes a text that FastCSV can split: of runs of blanks one blank, none at the start and the end
 * of a line, and of {@code \"} within quotes two quotes.
 */
final class PlainText extends FilterReader {
  private final char separator;
  private final char quote;
  private final boolean backslashes;
  private final boolean blanks;
  private final char[] buffer = new char[1 << 13];
  private int at;
  private int filled;

  private boolean quoted;

  /** Whether a cell begins here. */
  private boolean start = true;

  private boolean lineStart = true;

  /** What is to be given next; -1 for nothing. */
  private int pending = -1;

  PlainText(Reader text, char separator, char quote, boolean backslashes) {
    super(text);
    this.separator = separator;
    this.quote = quote;
    this.backslashes = backslashes;
    this.blanks = separator == ' ';
  }

  @Override
  public int read() throws IOException {
    if (pending >= 0) {
      int c = pending;
      pending = -1;
      return c;
    }
    int c = next();
    if (quoted) {
      return insideQuotes(c);
    }
    if (blanks && isBlank(c)) {
      while (isBlank(c)) {
        c = next();
      }
      boolean between = !lineStart && c >= 0 && c != '\n' && c != '\r';
      if (between) {
        back();
        start = true;
        return ' ';
      }
    }
    lineStart = c == '\n' || c == '\r';
    quoted = c == quote && start;
    start = lineStart || c == separator || (start && c == ' ');
    return c;
  }

  private int insideQuotes(int c) throws IOException {
    if (backslashes && c == '\\') {
      int escaped = next();
      if (escaped == quote) {
        pending = quote;
        return quote;
      }
      if (escaped != '\\' && escaped >= 0) {
        back();
      }
      return c;
    }
    if (c == quote) {
      quoted = false;
      start = true;
    }
    return c;
  }

  private static boolean isBlank(int c) {
    return c == ' ' || c == '\t';
  }

  private int next() throws IOException {
    if (at == filled) {
      int count = in.read(buffer, 0, buffer.length);
      if (count <= 0) {
        return -1;
      }
      at = 0;
      filled = count;
    }
    return buffer[at++];
  }

  /** Nothing is read between {@link #next} and this. */
  private void back() {
    at--;
  }

  @Override
  public int read(char[] to, int from, int count) throws IOException {
    int given = 0;
    while (given < count) {
      int c = read();
      if (c < 0) {
        break;
      }
      to[from + given++] = (char) c;
    }
    return given == 0 && count > 0 ? -1 : given;
  }
}
