package dev.lanewise.cli.option;

import dev.lanewise.cli.data.Near;
import dev.lanewise.cli.text.Failures;
import dev.lanewise.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Checks of options that several commands have. */
public final class Checks {
  private Checks() {}

  public static void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Refuses one of two options without the other. */
  static void pair(String first, Object firstValue, String second, Object secondValue) {
    refuse(
        (firstValue == null) != (secondValue == null),
        first
            + " and "
            + second
            + " go together, but only "
            + (firstValue == null ? second : first)
            + " was given");
  }

  /** Refuses a file that cannot be written, which it tries; null is fine. */
  public static void writable(String option, Path file) throws IOException {
    if (file == null) {
      return;
    }
    Path directory = AtomicFile.behindLinks(file.toAbsolutePath()).getParent();
    refuse(Files.isDirectory(file), option + ": " + file + " is a directory; name a file");
    refuse(
        directory == null || !Files.isDirectory(directory),
        option + ": there is no directory " + directory + "; make it first");
    try (AtomicFile tried = new AtomicFile(file)) {
      if (tried.isOpen()) {
        file.getFileSystem().provider().checkAccess(file);
      }
    } catch (NoSuchFileException e) {
      // It can be made.
    } catch (IOException e) {
      throw new IOException(option + ": " + Failures.message(e), e);
    }
  }

  /** Refuses what is below 1. */
  public static void atLeast1(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + " must be at least 1, but was " + value);
    }
  }

  /** Returns the nodes of hidden layers, if they are possible. */
  public static List<Integer> hidden(List<Integer> nodes) {
    for (int n : nodes) {
      if (n < 1) {
        throw new IllegalArgumentException(
            "--hidden must be numbers of at least 1, such as 128 or 300,100, but was " + nodes);
      }
    }
    return nodes;
  }

  /** Refuses what is no learning rate. */
  public static void learningRate(float value) {
    if (!(value >= 0 && value < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "--learning-rate must be a finite number of at least 0, but was " + value);
    }
  }

  /**
   * Returns the constant that a word names in whatever case, such as {@code one-cycle} for {@code
   * ONE_CYCLE}.
   */
  static <E extends Enum<E>> E oneOf(String option, String word, Class<E> type) {
    List<String> names = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String name = constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (name.equals(word.toLowerCase(Locale.ROOT).replace('_', '-'))) {
        return constant;
      }
      names.add(name);
    }
    int last = names.size() - 1;
    throw new IllegalArgumentException(
        option
            + " must be "
            + String.join(", ", names.subList(0, last))
            + " or "
            + names.get(last)
            + ", but was '"
            + word
            + "'"
            + Near.to(word, names));
  }
}
