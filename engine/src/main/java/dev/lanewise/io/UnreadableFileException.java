package dev.lanewise.io;

import dev.lanewise.internal.text.OneLine;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that is damaged, cut off, of a newer version or of another kind. Its message is one line:
 * which file, where in it, what is wrong, what to do.
 */
public final class UnreadableFileException extends IOException {
  private static final long serialVersionUID = 1;

  private final String file;
  private final String section;
  private final long offset;

  /**
   * Makes an exception.
   *
   * @param file which file
   * @param section which section of it; empty for none
   * @param offset where in the file, in bytes from its start
   * @param problem what is wrong, and what to do
   */
  public UnreadableFileException(Path file, String section, long offset, String problem) {
    super(
        OneLine.of(
            file
                + (section.isEmpty() ? "" : ", section \"" + section + '"')
                + ", at byte "
                + offset
                + ": "
                + problem));
    this.file = file.toString();
    this.section = section;
    this.offset = offset;
  }

  /**
   * Returns which file it is.
   *
   * @return its path
   */
  public String file() {
    return file;
  }

  /**
   * Returns where in the file it is wrong.
   *
   * @return the name of a section; empty for none
   */
  public String section() {
    return section;
  }

  /**
   * Returns where in the file it is wrong.
   *
   * @return bytes from the start of the file
   */
  public long offset() {
    return offset;
  }
}
