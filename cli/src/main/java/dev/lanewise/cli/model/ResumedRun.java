package dev.lanewise.cli.model;

import dev.lanewise.SavedNetwork;
import dev.lanewise.cli.text.Words;
import dev.lanewise.io.FileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A run to go on with, as its newest checkpoint tells of it.
 *
 * @param checkpoint the checkpoint
 * @param texts what it holds beside the network
 */
public record ResumedRun(Path checkpoint, Map<String, String> texts) {
  private static final String RESUME = "--resume";
  private static final String ROWS = "lanewise.rows";
  private static final String WATCHED = "lanewise.watched";

  /**
   * Returns the run of a checkpoint, or of the newest one in a directory; null if none can be read.
   */
  public static ResumedRun of(Path resume) throws IOException {
    for (Path checkpoint : newestFirst(resume)) {
      try {
        return new ResumedRun(checkpoint, SavedNetwork.load(checkpoint).metadata());
      } catch (FileException e) {
        // Whoever resumes passes it over, too, and says so.
      }
    }
    return null;
  }

  private static List<Path> newestFirst(Path resume) throws IOException {
    if (!Files.isDirectory(resume)) {
      return Files.exists(resume) ? List.of(resume) : List.of();
    }
    try (Stream<Path> files = Files.list(resume)) {
      return files.filter(ResumedRun::isStep).sorted(Comparator.reverseOrder()).toList();
    }
  }

  /** Returns whether a directory holds checkpoints. */
  public static boolean isIn(Path directory) throws IOException {
    return Files.isDirectory(directory) && !newestFirst(directory).isEmpty();
  }

  private static boolean isStep(Path file) {
    return file.getFileName().toString().matches("step-\\d+\\.lanewise");
  }

  /**
   * Adds what {@link #requireRows} and {@link #watchesTestRows} need to the texts of checkpoints.
   */
  public static void addTo(Map<String, String> texts, String rows, boolean watchesTestRows) {
    texts.put(ROWS, rows);
    texts.put(WATCHED, watchesTestRows ? "test" : "none");
  }

  /**
   * Refuses to go on with other rows than the run began with.
   *
   * @param rows the checksum of those at hand
   */
  public void requireRows(String rows) {
    String then = texts.get(ROWS);
    if (then != null && !then.equals(rows)) {
      throw new IllegalArgumentException(
          ("--resume: %s: the rows to learn from are others than this run began with (CRC32C %s"
                  + " then, %s now): put them back, start anew, or go on with these by --force")
              .formatted(checkpoint, then, rows));
    }
  }

  /** Returns whether the run looks at the rows to test with after each epoch. */
  public boolean watchesTestRows() {
    String watched = texts.get(WATCHED);
    return watched == null
        ? command().stream().anyMatch(word -> word.matches("--report(=.*)?"))
        : watched.equals("test");
  }

  /** Returns the words behind lanewise that it was begun or gone on with; none if unknown. */
  public List<String> command() {
    List<String> words = Words.split(texts.getOrDefault(Model.COMMAND, ""));
    return words.isEmpty() ? words : words.subList(1, words.size());
  }

  /** Returns what to type to go on from the newest checkpoint in a directory. */
  public static String resumeCommand(List<String> command, Path directory) {
    List<String> words = new ArrayList<>();
    for (int w = 0; w < command.size(); w++) {
      String word = command.get(w);
      if (word.equals(RESUME)) {
        w++;
      } else if (!word.startsWith(RESUME + "=")) {
        words.add(word);
      }
    }
    words.add(RESUME);
    words.add(directory.toString());
    return Words.join(words);
  }

  /** Returns how to go on after training failed; nothing where no checkpoint is left. */
  public static String wayOn(List<String> command, Path directory) {
    try {
      return directory != null && isIn(directory)
          ? "; go on with: " + resumeCommand(command, directory)
          : "";
    } catch (IOException e) {
      return "";
    }
  }
}
