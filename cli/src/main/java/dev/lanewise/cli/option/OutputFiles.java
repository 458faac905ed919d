package dev.lanewise.cli.option;

import dev.lanewise.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The files that a command reads and writes. To write one that is read would destroy it, whatever
 * names it has: links, hard links, paths from elsewhere.
 */
public final class OutputFiles {
  private record Named(String option, Path path) {}

  private final List<Named> read = new ArrayList<>();
  private final List<Named> written = new ArrayList<>();

  /** Adds a file that is read; null is none. */
  public OutputFiles reads(String option, Path path) {
    return add(read, option, path);
  }

  /** Adds a file that is written; null is none. */
  public OutputFiles writes(String option, Path path) {
    return add(written, option, path);
  }

  private OutputFiles add(List<Named> to, String option, Path path) {
    if (path != null && !path.toString().equals("-")) {
      to.add(new Named(option, path));
    }
    return this;
  }

  /** Refuses an output that is an input or another output. */
  public void check() throws IOException {
    for (int w = 0; w < written.size(); w++) {
      Named output = written.get(w);
      for (Named input : read) {
        Checks.refuse(
            isSame(output.path, input.path), text(output, input) + " is read; name another file");
      }
      for (Named other : written.subList(0, w)) {
        Checks.refuse(
            isSame(output.path, other.path),
            text(output, other) + " is written too; name another file");
      }
    }
  }

  /** Refuses an output that a checkpoint of a directory would overwrite, or be taken for. */
  void checkCheckpoints(Path directory) throws IOException {
    for (Named output : written) {
      Path parent = output.path.toAbsolutePath().getParent();
      String name = output.path.getFileName().toString();
      Checks.refuse(
          isSame(output.path, directory)
              || (isSame(parent, directory) && name.matches("(step-\\d+|best)\\.lanewise")),
          output.option + ": " + output.path + " is where checkpoints go; name another file");
    }
  }

  private static String text(Named output, Named other) {
    return "%s: %s is the same file as %s %s, which"
        .formatted(output.option, output.path, other.option, other.path);
  }

  /**
   * Whether two paths lead to one file, which need not be there yet. Devices are not told apart.
   */
  static boolean isSame(Path a, Path b) throws IOException {
    if (Files.exists(a) && Files.exists(b)) {
      return Files.isSameFile(a, b) && (Files.isRegularFile(a) || Files.isDirectory(a));
    }
    if (Files.exists(a) || Files.exists(b)) {
      return false;
    }
    Path first = AtomicFile.behindLinks(a.toAbsolutePath());
    Path second = AtomicFile.behindLinks(b.toAbsolutePath());
    if (!Files.exists(first.getParent()) || !Files.exists(second.getParent())) {
      return first.normalize().equals(second.normalize());
    }
    String name = first.getFileName().toString();
    String other = second.getFileName().toString();
    return Files.isSameFile(first.getParent(), second.getParent())
        && (name.equals(other) || (name.equalsIgnoreCase(other) && ignoresCase(first.getParent())));
  }

  /** Whether the file system takes capitals and small letters for the same. */
  private static boolean ignoresCase(Path directory) throws IOException {
    Path capitals = Path.of(directory.toString().toUpperCase(Locale.ROOT));
    return !capitals.equals(directory)
        && Files.exists(capitals)
        && Files.isSameFile(capitals, directory);
  }
}
