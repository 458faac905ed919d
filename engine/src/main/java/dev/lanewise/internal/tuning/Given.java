package dev.lanewise.internal.tuning;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/** The properties that were given: on the command line, or in the file that one of them names. */
public final class Given {
  /** The property that names a file of others, in the format of {@link Properties}, in UTF-8. */
  public static final String FILE = "lanewise.tuning";

  private static final String PREFIX = "lanewise.";

  private Given() {}

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
