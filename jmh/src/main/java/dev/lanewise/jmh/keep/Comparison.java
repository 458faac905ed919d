package dev.lanewise.jmh.keep;

import dev.lanewise.jmh.result.Measurement;
import dev.lanewise.jmh.run.UnusableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Every case with both values of a parameter, and what follows by the rule. */
final class Comparison {
  private record Case(Measurement first, Measurement second) {
    /** Returns how many times as fast the slowest fork is as the fastest of the other. */
    double lowest() {
      return min(first) / max(second);
    }

    double highest() {
      return max(first) / min(second);
    }

    double ratio() {
      return first.primary().speed() / second.primary().speed();
    }

    private static double min(Measurement m) {
      return Arrays.stream(m.primary().forkSpeeds()).min().orElseThrow();
    }

    private static double max(Measurement m) {
      return Arrays.stream(m.primary().forkSpeeds()).max().orElseThrow();
    }
  }

  private final Question.Compared compared;
  private final Map<String, Case> cases = new LinkedHashMap<>();

  /**
   * Finds the cases.
   *
   * @throws IOException if there are none, or one does not say what its forks measured
   */
  Comparison(Question.Compared compared, List<Measurement> measurements) throws IOException {
    this.compared = compared;
    Map<String, Measurement> seconds = new TreeMap<>();
    for (Measurement m : measurements) {
      if (value(m).equals(compared.second())) {
        seconds.put(others(m), m);
      }
    }
    for (Measurement m : measurements) {
      Measurement second = seconds.get(others(m));
      if (value(m).equals(compared.first()) && second != null) {
        requireForks(m);
        requireForks(second);
        cases.put(others(m), new Case(m, second));
      }
    }
    if (cases.isEmpty()) {
      throw new UnusableException(
          "no benchmark was measured with both "
              + compared.name()
              + "="
              + compared.first()
              + " and "
              + compared.name()
              + "="
              + compared.second());
    }
  }

  private static void requireForks(Measurement m) throws IOException {
    if (m.primary().forks().size() < 2) {
      throw new UnusableException(
          m.benchmark()
              + " has "
              + m.primary().forks().size()
              + " fork in "
              + m.file()
              + "; a spread needs at least two (-f 2)");
    }
  }

  private String value(Measurement m) {
    return compared.name().equals("file") ? m.file() : m.param(compared.name());
  }

  /** Names a case by everything that both have in common. */
  private String others(Measurement m) {
    Map<String, String> others = new LinkedHashMap<>(m.params());
    others.remove(compared.name());
    StringBuilder name = new StringBuilder(m.question() + "." + m.method());
    others.forEach((key, value) -> name.append(' ').append(key).append('=').append(value));
    name.append(m.threads() == 1 ? "" : " -t " + m.threads());
    return name.append(m.mode().equals("thrpt") ? "" : " -bm " + m.mode()).toString();
  }

  /** Returns {@code yes}, {@code no}, or {@code no conclusion}. */
  String verdict() {
    if (cases.values().stream().allMatch(c -> c.lowest() >= compared.atLeast())) {
      return "yes";
    }
    return cases.values().stream().allMatch(c -> c.highest() < compared.atLeast())
        ? "no"
        : "no conclusion";
  }

  /** Returns a header and a row for each case. */
  List<List<String>> table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "case",
            compared.name() + "=" + compared.first(),
            compared.name() + "=" + compared.second(),
            "unit",
            "times as fast",
            "lowest to highest"));
    cases.forEach(
        (name, c) ->
            rows.add(
                List.of(
                    name,
                    number(c.first.primary().score()),
                    number(c.second.primary().score()),
                    c.first.primary().unit(),
                    number(c.ratio()),
                    number(c.lowest()) + " to " + number(c.highest()))));
    return rows;
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
