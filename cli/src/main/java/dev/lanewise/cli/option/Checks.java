package dev.lanewise.cli.option;

import dev.lanewise.cli.data.Near;
import dev.lanewise.cli.text.Failures;
import dev.lanewise.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Checks of options that several commands have. An option that is null was not given. */
public final class Checks {
  private Checks() {}

  /** Throws an {@link IllegalArgumentException} if something is wrong. */
  public static void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Refuses one of two options without the other. */
  static void pair(String first, Object firstValue, String second, Object secondValue) {
    refuse(
        (firstValue == null) != (secondValue == null),
        "%s and %s go together, but only %s was given"
            .formatted(first, second, firstValue == null ? second : first));
  }

  /** Refuses a file that cannot be written, which it tries. */
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

  /** Refuses what is below a number. */
  public static void atLeast(int least, String option, Integer value) {
    refuse(
        value != null && value < least,
        "%s must be at least %s, but was %s".formatted(option, least, value));
  }

  /** Refuses what is below 0, 1 or above, or no number. */
  static void fraction(String option, Number value) {
    refuse(
        value != null && !(value.doubleValue() >= 0 && value.doubleValue() < 1),
        "%s must be at least 0 and below 1, but was %s".formatted(option, value));
  }

  /** Refuses what is below 0, infinite or no number. */
  public static void finite(String option, Float value) {
    refuse(
        value != null && !(value >= 0 && value < Float.POSITIVE_INFINITY),
        "%s must be a finite number of at least 0, but was %s".formatted(option, value));
  }

  /** Returns the nodes of hidden layers, if they are possible. */
  public static List<Integer> hidden(List<Integer> nodes) {
    refuse(
        nodes.stream().anyMatch(n -> n < 1),
        "--hidden must be numbers of at least 1, such as 128 or 300,100, but was " + nodes);
    return nodes;
  }

  /** Says that a word is none of those that an option takes. */
  public static String notOneOf(String option, Class<?> words, String word) {
    List<String> names = Stream.of(words.getEnumConstants()).map(Object::toString).toList();
    int last = names.size() - 1;
    return "%s must be %s or %s, but was '%s'%s"
        .formatted(
            option,
            String.join(", ", names.subList(0, last)),
            names.get(last),
            word,
            Near.to(word, names));
  }
}
