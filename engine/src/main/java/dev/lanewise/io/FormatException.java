package dev.lanewise.io;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that cannot be used. Its message is one line: which file, where in it, what is wrong, and
 * how to mend it.
 */
public final class FormatException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * Makes an exception.
   *
   * @param file which file
   * @param where which part of it
   * @param problem what is wrong there
   * @param remedy what was expected, or how to mend it
   */
  public FormatException(Path file, String where, String problem, String remedy) {
    super(oneLine(file + ": " + where + " " + problem + "; " + remedy));
  }

  /**
   * Makes an exception.
   *
   * @param file which file
   * @param where which part of it
   * @param problem what is wrong there
   * @param remedy what was expected, or how to mend it
   * @param cause what was caught
   */
  public FormatException(Path file, String where, String problem, String remedy, Throwable cause) {
    this(file, where, problem, remedy);
    initCause(cause);
  }

  /** Files hold any text, and messages quote some of it. */
  private static String oneLine(String message) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      boolean plain =
          !Character.isISOControl(c) && !Character.isSurrogate(c) && c != '\u2028' && c != '\u2029';
      line.append(plain ? c : '?');
    }
    return line.toString();
  }
}
