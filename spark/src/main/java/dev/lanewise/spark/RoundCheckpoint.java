package dev.lanewise.spark;

import dev.lanewise.io.FileException;
import dev.lanewise.loop.LocalModel;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory with the models after the last two rounds that were written, of one training. A file
 * gets its name once it is whole.
 */
final class RoundCheckpoint {
  private static final Logger LOG = LoggerFactory.getLogger(RoundCheckpoint.class);
  private static final Pattern NAME = Pattern.compile("round-(\\d{9,18})");
  private static final int KEPT = 2;

  private final FileSystem files;
  private final Path directory;
  private final Map<String, String> settings;

  /**
   * Makes the directory where there is none.
   *
   * @param directory where it is, on any file system that Hadoop knows
   * @param hadoop knows them
   * @param settings what the training depends on, see {@link RunDescription}
   * @throws IOException if it cannot be made
   */
  RoundCheckpoint(String directory, Configuration hadoop, Map<String, String> settings)
      throws IOException {
    this.directory = new Path(directory);
    this.files = this.directory.getFileSystem(hadoop);
    this.settings = settings;
    files.mkdirs(this.directory);
  }

  /**
   * Reads the last model that is whole.
   *
   * @param rounds how many rounds it may have made
   * @return the model; null where nothing was written yet
   * @throws IllegalArgumentException if it is one of another training, or has made more rounds
   * @throws IOException if none is whole, or one cannot be read
   */
  LocalModel last(long rounds) throws IOException {
    List<Path> newestFirst = newestFirst();
    IOException damage = null;
    for (Path file : newestFirst) {
      try {
        RoundFile saved = read(file);
        require(file, saved, rounds);
        return saved.model();
      } catch (IOException e) {
        LOG.warn("{} cannot be read, so the one before is taken: {}", file, e.getMessage());
        damage = e;
      }
    }
    if (damage != null) {
      throw new FileException(
          directory
              + " holds no checkpoint that is whole: "
              + damage.getMessage()
              + "; bring one back, or name another directory to start anew",
          damage);
    }
    return null;
  }

  private RoundFile read(Path file) throws IOException {
    long length = files.getFileStatus(file).getLen();
    try (InputStream in = files.open(file)) {
      RoundFile.check(in, length);
    }
    try (InputStream in = new BufferedInputStream(files.open(file))) {
      return RoundFile.read(in);
    }
  }

  private void require(Path file, RoundFile saved, long rounds) {
    String name = RunDescription.difference(saved.settings(), settings);
    if (name != null) {
      throw new IllegalArgumentException(
          file
              + " was written with the "
              + name
              + " "
              + saved.settings().get(name)
              + ", but here it is "
              + settings.get(name)
              + ": train with the same rows and settings as before, or name another directory");
    }
    if (saved.model().round() > rounds) {
      throw new IllegalArgumentException(
          file
              + " has made "
              + saved.model().round()
              + " rounds, but only "
              + rounds
              + " are asked for: ask for more, or name another directory");
    }
  }

  /** Writes a model, and deletes all but the last two. */
  void write(LocalModel model) throws IOException {
    String name = String.format(Locale.ROOT, "round-%09d", model.round());
    Path part = new Path(directory, "." + name + "-" + UUID.randomUUID());
    Path file = new Path(directory, name);
    try {
      try (OutputStream out = new BufferedOutputStream(files.create(part, true))) {
        new RoundFile(settings, model).write(out);
      }
      files.delete(file, false);
      if (!files.rename(part, file)) {
        throw new FileException(
            file + " could not be given its name; see that the directory can be written to", null);
      }
    } finally {
      files.delete(part, false);
    }
    List<Path> newestFirst = newestFirst();
    for (Path old : newestFirst.subList(Math.min(KEPT, newestFirst.size()), newestFirst.size())) {
      files.delete(old, false);
    }
  }

  private static long round(Path file) {
    Matcher name = NAME.matcher(file.getName());
    return name.matches() ? Long.parseLong(name.group(1)) : -1;
  }

  private List<Path> newestFirst() throws IOException {
    List<Path> found = new ArrayList<>();
    for (FileStatus file : files.listStatus(directory)) {
      if (round(file.getPath()) >= 0) {
        found.add(file.getPath());
      }
    }
    found.sort(Comparator.comparingLong(RoundCheckpoint::round).reversed());
    return found;
  }
}
