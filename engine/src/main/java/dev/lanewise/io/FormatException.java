package dev.lanewise.io;

import dev.lanewise.internal.text.OneLine;
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
    super(OneLine.of(file + ": " + where + " " + problem + "; " + remedy));
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
}
