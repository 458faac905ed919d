package dev.lanewise.cli.text;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What is said of a file that cannot be read or written. */
public final class Failures {
  private Failures() {}

  /** Returns what an exception says, with the name of its file. */
  public static String message(IOException e) {
    if (e instanceof FileSystemException file && file.getReason() == null) {
      return file.getFile() + ": " + reason(file);
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  private static String reason(FileSystemException e) {
    return e instanceof NoSuchFileException
        ? "no such file"
        : e instanceof AccessDeniedException
            ? "permission denied"
            : "the file system refuses it (" + e.getClass().getSimpleName() + ")";
  }
}
