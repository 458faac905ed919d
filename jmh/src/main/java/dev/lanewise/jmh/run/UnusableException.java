package dev.lanewise.jmh.run;

import java.io.IOException;

/** An option or a file that cannot be used: the command line ends with status 2. */
public final class UnusableException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * Says why.
   *
   * @param message one line, that begins with the file where there is one
   */
  public UnusableException(String message) {
    super(message);
  }

  /**
   * Says why, and what was thrown.
   *
   * @param message one line, that begins with the file where there is one
   * @param cause what was thrown
   */
  public UnusableException(String message, Throwable cause) {
    super(message, cause);
  }
}
