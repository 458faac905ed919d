package dev.lanewise.jmh.sweep;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Options of the virtual machine that are tried together.
 *
 * @param group what they are about: sets of one group exclude each other
 * @param options none for the default
 */
record FlagSet(String group, List<String> options) {
  /** What stands for the file of a cache that the sweep makes. */
  static final String AOT = "${aot}";

  static final FlagSet DEFAULT = new FlagSet("default", List.of());

  FlagSet {
    options = List.copyOf(options);
  }

  /** Returns those that a sweep tries unless others are given. */
  static List<FlagSet> known() {
    return resource("flags.txt");
  }

  /** Returns those that a tuner tries unless others are given. */
  static List<FlagSet> tunables() {
    return resource("tunables.txt");
  }

  private static List<FlagSet> resource(String name) {
    try (InputStream in = FlagSet.class.getResourceAsStream(name)) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a list: a set on each line, groups by their names in brackets, comments after {@code #}.
   *
   * @throws IllegalArgumentException if a line is something else
   */
  static List<FlagSet> parse(List<String> lines) {
    List<FlagSet> sets = new ArrayList<>();
    String group = "";
    for (String line : lines) {
      String text = line.strip();
      if (text.startsWith("[") && text.endsWith("]")) {
        group = text.substring(1, text.length() - 1).strip();
      } else if (!text.isEmpty() && !text.startsWith("#")) {
        sets.add(of(group, text));
      }
    }
    return sets;
  }

  /**
   * Reads one set; without a name of a group it is a group of its own.
   *
   * @throws IllegalArgumentException if an option does not begin with a hyphen
   */
  static FlagSet of(String group, String text) {
    List<String> options = Arrays.asList(text.strip().split("\\s+"));
    for (String option : options) {
      if (!option.startsWith("-")) {
        throw new IllegalArgumentException(
            ("'%s' in the flags '%s' is no option of the JVM: each begins with -, and spaces"
                    + " separate them")
                .formatted(option, text));
      }
    }
    return new FlagSet(group.isEmpty() ? text : group, options);
  }

  boolean needsCache() {
    return toString().contains(AOT);
  }

  /** Returns the same with a file in the place of {@link #AOT}. */
  FlagSet withCache(String file) {
    return new FlagSet(group, options.stream().map(o -> o.replace(AOT, file)).toList());
  }

  @Override
  public String toString() {
    return options.isEmpty() ? "(default)" : String.join(" ", options);
  }
}
