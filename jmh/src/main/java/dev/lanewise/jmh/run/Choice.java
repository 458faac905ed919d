package dev.lanewise.jmh.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Which benchmarks are asked for, and whether all that is asked for is there. JMH itself passes
 * over a name or a parameter that nothing has, and runs everything else.
 */
public final class Choice {
  private static final String LIST = " (lanewise-jmh -l lists them)";
  private static final Pattern WHOLE_NUMBER = Pattern.compile("0*[1-9]\\d{0,8}");

  private final Set<BenchmarkListEntry> chosen = new LinkedHashSet<>();

  private Choice() {}

  /**
   * Finds what the parts of a run choose.
   *
   * @throws UnusableException if that is nothing
   */
  public static Choice of(Collection<? extends Options> parts) throws UnusableException {
    Choice choice = new Choice();
    for (Options part : parts) {
      choice.chosen.addAll(found(part.getIncludes(), part.getExcludes()));
    }
    if (choice.chosen.isEmpty()) {
      throw new UnusableException("none of the benchmarks is chosen" + LIST);
    }
    return choice;
  }

  /**
   * Requires that each name is a part of some benchmark's.
   *
   * @param names regular expressions, as JMH takes them
   * @throws UnusableException if one matches nothing
   */
  public static void requireNames(Collection<String> names) throws UnusableException {
    for (String name : names) {
      try {
        if (!found(List.of(name), List.of()).isEmpty()) {
          continue;
        }
      } catch (PatternSyntaxException e) {
        throw new UnusableException(
            "'" + name + "' is no regular expression: " + e.getDescription() + LIST, e);
      }
      String what = "no benchmark's name has a part like '" + name + "'";
      throw new UnusableException(what + Nearest.hint(name, words()) + LIST);
    }
  }

  /** Tells whether some options choose nothing. */
  public static boolean isEmpty(Options part) {
    return found(part.getIncludes(), part.getExcludes()).isEmpty();
  }

  /** Tells whether no benchmark's name has a part that is this plain word. */
  public static boolean isUnknown(String word) {
    return found(List.of(word), List.of()).isEmpty();
  }

  /** Returns what a benchmark can be called in short. */
  public static Set<String> words() {
    Set<String> words = new LinkedHashSet<>();
    for (BenchmarkListEntry entry : found(List.of(".*"), List.of())) {
      String[] path = entry.getUsername().split("\\.", -1);
      String type = path[path.length - 2];
      String question = type.replaceFirst("Benchmark$", "");
      String method = path[path.length - 1];
      words.addAll(List.of(question, type, method, question + "." + method, type + "." + method));
    }
    return words;
  }

  /** Returns how many virtual machines it takes to run each benchmark once with some values. */
  public int combinations(Map<String, List<String>> params) {
    int all = 0;
    for (BenchmarkListEntry entry : chosen) {
      int one = 1;
      for (Map.Entry<String, List<String>> known : params(entry).entrySet()) {
        one *= params.getOrDefault(known.getKey(), known.getValue()).size();
      }
      all += one;
    }
    return all;
  }

  /**
   * Requires that each parameter belongs to one of the benchmarks, and has values of its kind: the
   * benchmark's own words, or any whole numbers above 0.
   *
   * @throws UnusableException if one does not
   */
  public void requireParams(Map<String, List<String>> params) throws UnusableException {
    Map<String, Set<String>> known = new TreeMap<>();
    for (BenchmarkListEntry entry : chosen) {
      params(entry)
          .forEach(
              (name, own) -> known.computeIfAbsent(name, key -> new LinkedHashSet<>()).addAll(own));
    }
    for (Map.Entry<String, List<String>> param : params.entrySet()) {
      String name = param.getKey();
      Set<String> own = known.get(name);
      if (own == null) {
        String all = known.isEmpty() ? "no parameters" : "the parameters " + known.keySet();
        throw new UnusableException(
            "-p "
                + name
                + ": the chosen benchmarks have "
                + all
                + Nearest.hint(name, known.keySet()));
      }
      requireValues(name, param.getValue(), own);
    }
  }

  private static void requireValues(String name, List<String> values, Set<String> own)
      throws UnusableException {
    boolean numbers = own.stream().allMatch(WHOLE_NUMBER.asMatchPredicate());
    Set<String> seen = new HashSet<>();
    for (String value : values) {
      if (numbers ? !WHOLE_NUMBER.matcher(value).matches() : !own.contains(value)) {
        String expected =
            numbers
                ? "whole numbers above 0, such as the benchmark's own " + own
                : "of " + own + Nearest.hint(value, own);
        throw new UnusableException("-p " + name + "=" + value + ": expected " + expected);
      }
      if (!seen.add(value)) {
        throw new UnusableException("-p " + name + ": " + value + " is there twice");
      }
    }
  }

  /** Returns the parameters among words of a command line, as JMH takes them. */
  public static Map<String, List<String>> params(List<String> words) {
    Map<String, List<String>> params = new LinkedHashMap<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("-p") || word.equals("--p")) {
        word = i + 1 < words.size() ? words.get(++i) : "";
      } else if (word.matches("--?p.+=.*") && !word.startsWith("-prof")) {
        word = word.replaceFirst("^--?p=?", "");
      } else {
        continue;
      }
      int equals = word.indexOf('=');
      if (equals >= 0) {
        params
            .computeIfAbsent(word.substring(0, equals), key -> new ArrayList<>())
            .addAll(List.of(word.substring(equals + 1).split(",", -1)));
      }
    }
    return params;
  }

  private static Map<String, List<String>> params(BenchmarkListEntry entry) {
    Map<String, List<String>> params = new LinkedHashMap<>();
    entry.getParams().orElse(Map.of()).forEach((name, values) -> params.put(name, List.of(values)));
    return params;
  }

  private static Set<BenchmarkListEntry> found(List<String> includes, List<String> excludes) {
    OutputFormat silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
    return BenchmarkList.defaultList().find(silent, includes, excludes);
  }
}
