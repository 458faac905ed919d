package dev.lanewise.internal.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What the operating system says of a file: streams and channels leave out which one it is. */
public final class FileFailure {
  private FileFailure() {}

  /**
   * Returns an exception that names a file.
   *
   * @param file which file
   * @param e what reading or writing it threw
   * @return {@code e} if it names this file already, else one with its reason and it as the cause
   */
  public static FileSystemException of(Path file, IOException e) {
    FileSystemException known = e instanceof FileSystemException failure ? failure : null;
    if (known != null && known.getReason() != null && file.toString().equals(known.getFile())) {
      return known;
    }
    String reason = known == null ? e.getMessage() : reason(known);
    FileSystemException named =
        new FileSystemException(
            file.toString(), null, reason == null ? e.getClass().getSimpleName() : reason);
    named.initCause(e);
    return named;
  }

  private static String reason(FileSystemException e) {
    if (e.getReason() != null) {
      return e.getReason();
    }
    return e instanceof AccessDeniedException
        ? "Permission denied"
        : e instanceof NoSuchFileException ? "No such file or directory" : null;
  }
}
