package dev.lanewise.loop;

import dev.lanewise.io.AtomicFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A directory of checkpoints: of one run at a time, once it is prepared, until it is closed. */
final class CheckpointDirectory implements Closeable {
  private static final Pattern STEP = Pattern.compile("step-(\\d{9,18})\\.lanewise");
  private static final String BEST = "best.lanewise";
  private static final Pattern OURS = Pattern.compile(STEP.pattern() + "|" + Pattern.quote(BEST));

  private final Path directory;
  private final DirectoryLock lock;

  /**
   * Names a directory.
   *
   * @param directory where it is, or is to be
   */
  CheckpointDirectory(Path directory) {
    this.directory = directory;
    this.lock = new DirectoryLock(directory);
  }

  Path directory() {
    return directory;
  }

  Path file(long steps) {
    return directory.resolve(String.format(Locale.ROOT, "step-%09d.lanewise", steps));
  }

  Path best() {
    return directory.resolve(BEST);
  }

  private static long steps(Path file) {
    Matcher matcher = STEP.matcher(file.getFileName().toString());
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  /** Returns the checkpoints, from the last one on; {@link #best} is not among them. */
  List<Path> newestFirst() throws IOException {
    return files().stream()
        .filter(file -> steps(file) >= 0)
        .sorted(Comparator.comparingLong(CheckpointDirectory::steps).reversed())
        .toList();
  }

  /**
   * Keeps other runs out, if it is there and can be written to: nothing may ever be written.
   *
   * @throws FileSystemException if another run has it
   */
  void reserve() throws FileSystemException {
    boolean free = true;
    if (Files.isDirectory(directory)) {
      try {
        free = lock.take();
      } catch (IOException e) {
        System.getLogger(CheckpointDirectory.class.getPackageName())
            .log(System.Logger.Level.DEBUG, "a directory cannot be kept for one training", e);
      }
    }
    if (!free) {
      throw refusal();
    }
  }

  private FileSystemException refusal() {
    return new FileSystemException(
        directory.toString(),
        null,
        "another training writes its checkpoints there: wait until it has ended, or name another"
            + " directory");
  }

  /**
   * Makes the directory, keeps other runs out of it, and deletes what a killed run left half
   * written.
   *
   * @throws FileSystemException if another run has it
   */
  void prepare() throws IOException {
    Files.createDirectories(AtomicFile.behindLinks(directory));
    if (!lock.take()) {
      throw refusal();
    }
    AtomicFile.sweep(directory, OURS);
  }

  /** Lets other runs in. */
  @Override
  public void close() {
    lock.close();
  }

  /**
   * Deletes all but the newest of the checkpoints up to a step. Later ones, which were passed over
   * because they are damaged, do not count.
   */
  void keep(int count, long upTo) throws IOException {
    List<Path> files =
        newestFirst().stream().filter(file -> steps(file) <= upTo).skip(count).toList();
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
