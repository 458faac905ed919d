package dev.lanewise.cli.run;

import dev.lanewise.cli.text.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes what must not be lost: hours of training stand in it, and the disk may be full only now.
 */
public final class Rescue {
  private Rescue() {}

  /** Writes a file. */
  public interface Write {
    /** Writes it to a path. */
    void to(Path file) throws IOException;
  }

  /**
   * Writes a file, or where that fails one of its name elsewhere: in the working directory, or in
   * the one for temporary files.
   *
   * @throws IOException if it is not where it was wanted; the message says where it is instead
   */
  public static void write(Path file, Write write) throws IOException {
    try {
      write.to(file);
    } catch (IOException e) {
      throw new IOException(Failures.message(e) + instead(file, write), e);
    }
  }

  private static String instead(Path file, Write write) {
    for (String directory : List.of("", System.getProperty("java.io.tmpdir"))) {
      Path other = unused(Path.of(directory).toAbsolutePath(), file.getFileName().toString());
      try {
        write.to(other);
        return "; it is in " + other + " instead: move it from there";
      } catch (IOException e) {
        // Nor is there room here.
      }
    }
    return "; nor could it be written elsewhere";
  }

  private static Path unused(Path directory, String name) {
    Path file = directory.resolve(name);
    for (int n = 2; Files.exists(file); n++) {
      file = directory.resolve(n + "-" + name);
    }
    return file;
  }
}
