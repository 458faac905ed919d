package dev.lanewise;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The system properties of Lanewise, checked.
 *
 * @param backend what {@code lanewise.backend} asks for: auto, scalar or vector
 * @param threads what {@code lanewise.threads} asks for
 * @param given every property that was given, by name
 */
record Settings(String backend, int threads, Map<String, String> given) {
  private static final String PREFIX = "lanewise.";
  private static final String BACKEND = "lanewise.backend";
  private static final String THREADS = "lanewise.threads";
  private static final String VECTOR_BITS = "lanewise.vectorBits";
  private static final List<String> NAMES = List.of(BACKEND, THREADS, VECTOR_BITS);

  /**
   * Reads the properties as they are now.
   *
   * @throws IllegalArgumentException if a value or a name is unknown
   */
  static Settings read() {
    Map<String, String> given = new TreeMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith(PREFIX)) {
        given.put(name, System.getProperty(name));
      }
    }
    for (String name : given.keySet()) {
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException(
            "unknown system property " + name + ": Lanewise knows " + String.join(", ", NAMES));
      }
    }
    oneOf(VECTOR_BITS, given.getOrDefault(VECTOR_BITS, "512"), List.of("128", "256", "512"));
    String backend = given.getOrDefault(BACKEND, "auto");
    oneOf(BACKEND, backend, List.of("auto", "scalar", "vector"));
    return new Settings(backend, threads(given.getOrDefault(THREADS, "1")), Map.copyOf(given));
  }

  private static void oneOf(String name, String value, List<String> values) {
    if (!values.contains(value)) {
      throw new IllegalArgumentException(
          "system property " + name + " must be one of " + values + ", but was \"" + value + "\"");
    }
  }

  private static int threads(String value) {
    if (!value.matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException(
          "system property " + THREADS + " must be 1 to 9999, but was \"" + value + "\"");
    }
    return Integer.parseInt(value);
  }
}
