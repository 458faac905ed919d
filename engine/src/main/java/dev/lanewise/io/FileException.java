package dev.lanewise.io;

import dev.lanewise.internal.text.OneLine;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that was read, or is to be written, cannot be used: it is missing, damaged, of another
 * kind, or holds what nothing can be made of. Its message is one line: which file, where in it,
 * what is wrong, and how to mend it. What the operating system refuses is a {@link
 * java.nio.file.FileSystemException} instead.
 *
 * @see dev.lanewise.data.DataException for rows to train on
 */
public class FileException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * Makes an exception.
   *
   * @param file which file
   * @param where which part of it
   * @param problem what is wrong there
   * @param remedy what was expected, or how to mend it
   */
  public FileException(Path file, String where, String problem, String remedy) {
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
  public FileException(Path file, String where, String problem, String remedy, Throwable cause) {
    this(file + ": " + where + " " + problem + "; " + remedy, cause);
  }

  /**
   * Makes an exception.
   *
   * @param message which file, where in it, what is wrong, and how to mend it; made one line
   * @param cause what was caught; null for nothing
   */
  public FileException(String message, Throwable cause) {
    super(OneLine.of(message), cause);
  }
}
