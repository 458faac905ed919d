package dev.lanewise.internal.tuning;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/** The properties that were given: on the command line, or in the file that one of them names. */
public final class LanewiseProperties {
  /** The property that names a file of others, in the format of {@link Properties}, in UTF-8. */
  public static final String FILE = "lanewise.tuning";

  /** The property that sets the width of vectors, in bits, instead of the machine's preference. */
  public static final String VECTOR_BITS = "lanewise.vectorBits";

  private static final String PREFIX = "lanewise.";

  private LanewiseProperties() {}

  /**
   * Reads them as they are now. What is given on the command line counts more than the file.
   *
   * @return every property whose name starts with {@code lanewise.}, by name
   * @throws IllegalArgumentException if the file cannot be read, or names another file or a
   *     property that is not of Lanewise
   */
  public static SortedMap<String, String> read() {
    SortedMap<String, String> given = new TreeMap<>();
    String file = System.getProperty(FILE);
    if (file != null) {
      load(file).forEach((name, value) -> given.put((String) name, ((String) value).strip()));
    }
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith(PREFIX)) {
        given.put(name, System.getProperty(name));
      }
    }
    return Collections.unmodifiableSortedMap(given);
  }

  /**
   * Returns the width of vectors that is asked for.
   *
   * @param given the properties by name
   * @return 128, 256 or 512, or 0 where none is asked for
   * @throws IllegalArgumentException if it is another
   */
  public static int vectorBits(Map<String, String> given) {
    String value = given.getOrDefault(VECTOR_BITS, "0");
    List<String> values = List.of("128", "256", "512");
    if (given.containsKey(VECTOR_BITS) && !values.contains(value)) {
      throw new IllegalArgumentException(
          "system property "
              + VECTOR_BITS
              + " must be one of "
              + values
              + ", but was \""
              + value
              + "\"");
    }
    return Integer.parseInt(value);
  }

  private static Properties load(String file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(file))) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "system property " + FILE + " names " + file + ", which cannot be read: " + e, e);
    }
    for (Map.Entry<Object, Object> entry : properties.entrySet()) {
      String name = (String) entry.getKey();
      if (!name.startsWith(PREFIX) || name.equals(FILE)) {
        throw new IllegalArgumentException(
            file + " sets " + name + ", but only properties of Lanewise can be set there");
      }
    }
    return properties;
  }
}
