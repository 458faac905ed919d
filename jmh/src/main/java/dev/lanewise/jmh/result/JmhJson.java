package dev.lanewise.jmh.result;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what JMH writes with {@code -rf json}. */
public final class JmhJson {
  private static final List<String> ENVIRONMENT =
      List.of("jmhVersion", "jdkVersion", "vmName", "vmVersion", "jvmArgs");

  private JmhJson() {}

  /**
   * Reads a file.
   *
   * @param file JSON
   * @return its measurements, in its order
   * @throws IOException if it cannot be read or is not from JMH
   */
  public static List<Measurement> read(Path file) throws IOException {
    List<Measurement> measurements = new ArrayList<>();
    try {
      for (Object entry : (List<?>) JSON.std.anyFrom(Files.readString(file))) {
        measurements.add(measurement(file.getFileName().toString(), (Map<?, ?>) entry));
      }
    } catch (com.fasterxml.jackson.core.JacksonException
        | ClassCastException
        | NullPointerException
        | NumberFormatException e) {
      throw new IOException(
          file + " is not what JMH writes with -rf json -rff FILE: " + e.getMessage(), e);
    }
    return measurements;
  }

  private static Measurement measurement(String file, Map<?, ?> entry) {
    Map<String, Metric> secondary = new LinkedHashMap<>();
    if (entry.get("secondaryMetrics") instanceof Map<?, ?> metrics) {
      metrics.forEach((name, metric) -> secondary.put((String) name, metric((Map<?, ?>) metric)));
    }
    Map<String, String> environment = new LinkedHashMap<>();
    for (String name : ENVIRONMENT) {
      Object value = entry.get(name);
      if (value != null) {
        environment.put(
            name,
            value instanceof List<?> words
                ? String.join(" ", words.stream().map(String::valueOf).toList())
                : value.toString());
      }
    }
    return new Measurement(
        file,
        (String) present(entry, "benchmark"),
        (String) present(entry, "mode"),
        ((Number) present(entry, "threads")).intValue(),
        params(entry),
        metric((Map<?, ?>) present(entry, "primaryMetric")),
        secondary,
        environment);
  }

  private static Map<String, String> params(Map<?, ?> entry) {
    Map<String, String> params = new LinkedHashMap<>();
    if (entry.get("params") instanceof Map<?, ?> given) {
      given.forEach((name, value) -> params.put((String) name, String.valueOf(value)));
    }
    return params;
  }

  private static Metric metric(Map<?, ?> metric) {
    List<double[]> forks = new ArrayList<>();
    if (metric.get("rawData") instanceof List<?> raw) {
      for (Object fork : raw) {
        forks.add(((List<?>) fork).stream().mapToDouble(JmhJson::number).toArray());
      }
    }
    return new Metric(
        number(present(metric, "score")),
        number(present(metric, "scoreError")),
        (String) present(metric, "scoreUnit"),
        forks);
  }

  private static Object present(Map<?, ?> entry, String name) {
    Object value = entry.get(name);
    if (value == null) {
      throw new NullPointerException("'" + name + "' is missing");
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
