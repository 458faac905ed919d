package dev.lanewise.data;

import dev.lanewise.internal.text.OneLine;
import java.io.IOException;

/**
 * Data that cannot be used. Its message is one line: which data, what is wrong, what was expected.
 */
public final class DataException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * Makes an exception.
   *
   * @param message which data, what is wrong with them, what was expected
   */
  public DataException(String message) {
    super(OneLine.of(message));
  }

  /**
   * Makes an exception.
   *
   * @param message which data, what is wrong with them, what was expected
   * @param cause what was caught
   */
  public DataException(String message, Throwable cause) {
    super(OneLine.of(message), cause);
  }
}
