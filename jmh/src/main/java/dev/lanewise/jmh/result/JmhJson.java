package dev.lanewise.jmh.result;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.jr.ob.JSON;
import dev.lanewise.jmh.run.TextFile;
import dev.lanewise.jmh.run.UnusableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads what JMH writes with {@code -rf json}. */
public final class JmhJson {
  private static final List<String> ENVIRONMENT =
      List.of("jmhVersion", "jdkVersion", "vmName", "vmVersion", "jvmArgs");

  private JmhJson() {}

  /**
   * Reads a file.
   *
   * @param flaws to which is added what is no figure: a benchmark of which a fork or an iteration
   *     failed, for which JMH writes a score all the same
   * @return its other measurements, in its order
   * @throws UnusableException if it cannot be read, is not from JMH, or has no measurement
   */
  public static List<Measurement> read(Path file, List<String> flaws) throws UnusableException {
    String text = TextFile.read(file);
    List<Measurement> measurements = new ArrayList<>();
    try {
      for (Object entry : (List<?>) JSON.std.anyFrom(text)) {
        Measurement m = measurement(file.getFileName().toString(), (Map<?, ?>) entry);
        String flaw = flaw(m, (Map<?, ?>) entry);
        if (flaw.isEmpty()) {
          measurements.add(m);
        } else {
          flaws.add(file + ": " + m.question() + "." + m.method() + " " + m.parameters() + flaw);
        }
      }
    } catch (JacksonException e) {
      throw refused(file, e.getOriginalMessage(), e);
    } catch (IOException
        | ClassCastException
        | IllegalStateException
        | NullPointerException
        | NumberFormatException e) {
      throw refused(file, text.isBlank() ? "it is empty" : e.getMessage(), e);
    }
    if (measurements.isEmpty() && flaws.isEmpty()) {
      throw refused(file, "it has no measurement", null);
    }
    return measurements;
  }

  private static UnusableException refused(Path file, String why, Exception e) {
    return new UnusableException(
        file
            + " is not what JMH writes with -rf json -rff FILE: "
            + String.valueOf(why).replace('\n', ' '),
        e);
  }

  /** Returns what makes a score no figure, or nothing. */
  private static String flaw(Measurement m, Map<?, ?> entry) {
    double score = m.primary().mean();
    if (!(score > 0 && Double.isFinite(score))) {
      return ": the score is " + score;
    }
    List<double[]> forks = m.primary().forks();
    if (forks.isEmpty()) {
      return ""; // samples come as a histogram
    }
    if (entry.get("forks") instanceof Number asked && forks.size() < asked.intValue()) {
      return ": " + forks.size() + " of " + asked + " forks ended";
    }
    if (entry.get("measurementIterations") instanceof Number asked
        && forks.stream().anyMatch(fork -> fork.length < asked.intValue())) {
      return ": a fork has fewer than " + asked + " iterations";
    }
    return "";
  }

  private static Measurement measurement(String file, Map<?, ?> entry) {
    Map<String, Measurement.Score> secondary = new LinkedHashMap<>();
    if (entry.get("secondaryMetrics") instanceof Map<?, ?> metrics) {
      metrics.forEach((name, metric) -> secondary.put((String) name, score((Map<?, ?>) metric)));
    }
    Map<String, String> environment = new LinkedHashMap<>();
    for (String name : ENVIRONMENT) {
      switch (entry.get(name)) {
        case null -> {}
        case List<?> words ->
            environment.put(
                name, words.stream().map(String::valueOf).collect(Collectors.joining(" ")));
        case Object value -> environment.put(name, value.toString());
      }
    }
    Map<String, String> params = new LinkedHashMap<>();
    if (entry.get("params") instanceof Map<?, ?> given) {
      given.forEach((name, value) -> params.put((String) name, String.valueOf(value)));
    }
    return new Measurement(
        file,
        (String) present(entry, "benchmark"),
        (String) present(entry, "mode"),
        ((Number) present(entry, "threads")).intValue(),
        params,
        score((Map<?, ?>) present(entry, "primaryMetric")),
        secondary,
        environment);
  }

  private static Measurement.Score score(Map<?, ?> metric) {
    List<double[]> forks = new ArrayList<>();
    if (metric.get("rawData") instanceof List<?> raw) {
      for (Object fork : raw) {
        forks.add(((List<?>) fork).stream().mapToDouble(JmhJson::number).toArray());
      }
    }
    return new Measurement.Score(
        number(present(metric, "score")),
        number(present(metric, "scoreError")),
        (String) present(metric, "scoreUnit"),
        forks);
  }

  private static Object present(Map<?, ?> entry, String name) {
    Object value = entry.get(name);
    if (value == null) {
      throw new IllegalStateException("'" + name + "' is missing");
    }
    return value;
  }

  /** Returns a number; JMH writes one that is none as a text. */
  private static double number(Object value) {
    return value instanceof Number number
        ? number.doubleValue()
        : Double.parseDouble(value.toString());
  }
}
