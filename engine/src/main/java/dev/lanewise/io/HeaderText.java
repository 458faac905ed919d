package dev.lanewise.io;

import java.nio.file.Path;

/** The text of a header, read character by character; whatever is wrong names its place. */
final class HeaderText {
  private static final int SHOWN = 60;

  /** A longer whole number might not fit a {@code long}. */
  private static final int MOST_DIGITS = 18;

  private final Path file;
  private final String name;
  private final String text;
  private final String blanks;
  private int at;

  /**
   * Starts at the first character.
   *
   * @param file the file that it stands in
   * @param name what messages call it
   * @param text the header
   * @param blanks the characters that count as blank
   */
  HeaderText(Path file, String name, String text, String blanks) {
    this.file = file;
    this.name = name;
    this.text = text;
    this.blanks = blanks;
  }

  /** Skips blanks, and returns the next character without taking it; 0 at the end. */
  char peek() {
    while (at < text.length() && blanks.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  /** Takes the next character that is no blank if it is the one asked for. */
  boolean accept(char wanted) {
    boolean found = peek() == wanted;
    at += found ? 1 : 0;
    return found;
  }

  /** Takes the next character that is no blank, which must be the one asked for. */
  void expect(char wanted) throws FileException {
    if (!accept(wanted)) {
      throw error("expected '" + wanted + "'");
    }
  }

  /** Takes the next characters, blanks as well, if they are those asked for. */
  boolean acceptWord(String wanted) {
    boolean found = text.startsWith(wanted, at);
    at += found ? wanted.length() : 0;
    return found;
  }

  /** Takes the next character, even a blank one. */
  char next() throws FileException {
    if (at == text.length()) {
      throw error("expected more");
    }
    return text.charAt(at++);
  }

  /** Takes a whole number. */
  long wholeNumber() throws FileException {
    peek();
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    int digits = at - from;
    if (digits == 0 || digits > MOST_DIGITS || (digits > 1 && text.charAt(from) == '0')) {
      at = from;
      throw error("expected a whole number of at most " + MOST_DIGITS + " digits");
    }
    return Long.parseLong(text.substring(from, at));
  }

  /** Checks that nothing but blanks follows. */
  void expectEnd() throws FileException {
    peek();
    if (at < text.length()) {
      throw error("expected the end");
    }
  }

  /** Returns an exception about what stands here. */
  FileException error(String remedy) {
    String here = at < text.length() ? "has " + quoted(text.charAt(at) + "") : "ends";
    return new FileException(file, name, here + " at character " + at, remedy);
  }

  /** Returns text that a file holds, short enough for a message. */
  static String quoted(String text) {
    return '"' + (text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text) + '"';
  }
}
