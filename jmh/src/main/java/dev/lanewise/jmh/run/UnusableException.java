package dev.lanewise.jmh.run;

import java.io.IOException;

/**
 * An option or a file that cannot be used: the command line ends with status 2. The message is one
 * line, and begins with the file where there is one.
 */
public final class UnusableException extends IOException {
  private static final long serialVersionUID = 1;

  /** Says why. */
  public UnusableException(String message) {
    super(message);
  }

  /** Says why, and what was thrown. */
  public UnusableException(String message, Throwable cause) {
    super(message, cause);
  }
}
