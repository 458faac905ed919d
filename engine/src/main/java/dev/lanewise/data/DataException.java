package dev.lanewise.data;

import dev.lanewise.io.FileException;

/** Rows to train on that cannot be used. */
public final class DataException extends FileException {
  private static final long serialVersionUID = 1;

  /**
   * Makes an exception.
   *
   * @param message which data, what is wrong with them, what was expected
   */
  public DataException(String message) {
    this(message, null);
  }

  /**
   * Makes an exception.
   *
   * @param message which data, what is wrong with them, what was expected
   * @param cause what was caught; null for nothing
   */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
