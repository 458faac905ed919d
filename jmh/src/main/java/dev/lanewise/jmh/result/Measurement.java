package dev.lanewise.jmh.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A benchmark with one choice of parameters, and what came out.
 *
 * @param file the name of the file that says so
 * @param benchmark class and method, such as {@code dev.lanewise.jmh.GemmBenchmark.gemm}
 * @param mode JMH's short name for it, such as {@code thrpt}
 * @param threads how many threads JMH called the benchmark from
 * @param params values by names
 * @param primary JMH's score
 * @param secondary what else the benchmark reports, by names such as {@code gflop}
 * @param environment what JMH says of the virtual machine, by names
 */
public record Measurement(
    String file,
    String benchmark,
    String mode,
    int threads,
    Map<String, String> params,
    Metric primary,
    Map<String, Metric> secondary,
    Map<String, String> environment) {
  private static final String SUFFIX = "Benchmark";

  /** Copies the maps. */
  public Measurement {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    secondary = Collections.unmodifiableMap(new LinkedHashMap<>(secondary));
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }

  /**
   * Returns which question it answers.
   *
   * @return the name of the class without its package and without {@code Benchmark}
   */
  public String question() {
    String type = benchmark.substring(0, Math.max(0, benchmark.lastIndexOf('.')));
    String name = type.substring(type.lastIndexOf('.') + 1);
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }

  /**
   * Returns the name of the method.
   *
   * @return such as {@code gemm}
   */
  public String method() {
    return benchmark.substring(benchmark.lastIndexOf('.') + 1);
  }

  /**
   * Returns a parameter's value.
   *
   * @param name of the parameter
   * @return the value, or an empty text where there is no such parameter
   */
  public String param(String name) {
    return params.getOrDefault(name, "");
  }

  /**
   * Returns all parameters.
   *
   * @return such as {@code backend=vector, n=64}
   */
  public String parameters() {
    return String.join(
        ", ", params.entrySet().stream().map(p -> p.getKey() + "=" + p.getValue()).toList());
  }

  /**
   * Returns a rate that the benchmark reports beside its score.
   *
   * @param name such as {@code gflop}
   * @return it for a second, or not a number
   */
  public double perSecond(String name) {
    Metric metric = secondary.get(name);
    return metric == null ? Double.NaN : metric.perSecond();
  }

  /**
   * Returns how many threads worked.
   *
   * @return JMH's threads times those that the parameter {@code threads} gives each
   */
  public int workers() {
    String each = param("threads");
    return each.matches("\\d{1,6}") ? threads * Integer.parseInt(each) : threads;
  }
}
