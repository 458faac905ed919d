package dev.lanewise.internal.backend;

import dev.lanewise.internal.tuning.LanewiseProperties;
import dev.lanewise.internal.tuning.Tunable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The system properties of Lanewise, checked.
 *
 * @param backend what {@code lanewise.backend} asks for: auto, scalar or vector
 * @param threads what {@code lanewise.threads} asks for
 * @param given every property that was given, by name
 */
public record Settings(String backend, int threads, Map<String, String> given) {
  private static final String BACKEND = "lanewise.backend";
  private static final String THREADS = "lanewise.threads";
  private static final String AUTO = "auto";
  private static final List<String> NAMES =
      Stream.concat(
              Stream.of(BACKEND, THREADS, LanewiseProperties.FILE, LanewiseProperties.VECTOR_BITS),
              Arrays.stream(Tunable.values()).map(Tunable::property))
          .sorted()
          .toList();

  /**
   * Reads the properties as they are now.
   *
   * @throws IllegalArgumentException if a value or a name is unknown, or the file that one of them
   *     names cannot be read
   */
  public static Settings read() {
    Map<String, String> given = LanewiseProperties.read();
    for (String name : given.keySet()) {
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException(
            "unknown system property " + name + ": Lanewise knows " + String.join(", ", NAMES));
      }
    }
    LanewiseProperties.vectorBits(given);
    for (Tunable tunable : Tunable.values()) {
      tunable.in(given, tunable.least());
    }
    String backend = given.getOrDefault(BACKEND, "");
    if (given.containsKey(BACKEND)) {
      oneOf(BACKEND, backend, List.of(AUTO, "scalar", "vector"));
    }
    return new Settings(backend, threads(given.getOrDefault(THREADS, "1")), Map.copyOf(given));
  }

  private static void oneOf(String name, String value, List<String> values) {
    if (!values.contains(value)) {
      throw new IllegalArgumentException(
          "system property " + name + " must be one of " + values + ", but was \"" + value + "\"");
    }
  }

  private static int threads(String value) {
    if (value.equals(AUTO)) {
      return Runtime.getRuntime().availableProcessors();
    }
    if (!value.matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException(
          "system property " + THREADS + " must be auto or 1 to 9999, but was \"" + value + "\"");
    }
    return Integer.parseInt(value);
  }
}
