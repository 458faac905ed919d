package dev.lanewise.jmh.run;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads what a command is given. */
public final class TextFile {
  private TextFile() {}

  /**
   * Reads a text in UTF-8.
   *
   * @throws UnusableException if it is not there, no text, or cannot be read
   */
  public static String read(Path file) throws UnusableException {
    if (!Files.exists(file)) {
      throw new UnusableException(file + " is not there");
    }
    if (Files.isDirectory(file)) {
      throw new UnusableException(file + " is a directory, not a file");
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new UnusableException(file + " is no text in UTF-8", e);
    } catch (IOException e) {
      throw new UnusableException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
