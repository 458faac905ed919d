package dev.lanewise.io;

import java.nio.file.Path;

/** A file of a model or of arrays that cannot be used. */
public final class FormatException extends FileException {
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
    this(file, where, problem, remedy, null);
  }

  /**
   * Makes an exception.
   *
   * @param file which file
   * @param where which part of it
   * @param problem what is wrong there
   * @param remedy what was expected, or how to mend it
   * @param cause what was caught; null for nothing
   */
  public FormatException(Path file, String where, String problem, String remedy, Throwable cause) {
    this(file + ": " + where + " " + problem + "; " + remedy, cause);
  }

  /**
   * Makes an exception.
   *
   * @param message which file, where in it, what is wrong, and how to mend it
   */
  public FormatException(String message) {
    this(message, null);
  }

  private FormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
