package dev.lanewise.jmh.result;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.util.ListStatistics;

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
    Score primary,
    Map<String, Score> secondary,
    Map<String, String> environment) {

  /**
   * One of the numbers that a benchmark reports.
   *
   * @param mean of all iterations
   * @param error half of its 99.9 % interval, not a number where JMH had too few iterations for one
   * @param unit such as {@code ops/s}
   * @param forks what was measured, by fork and iteration; empty where the file does not say
   */
  public record Score(double mean, double error, String unit, List<double[]> forks) {
    /** Returns the mean for a second, not a number where the unit is no rate. */
    public double perSecond() {
      return switch (unit) {
        case "ops/ns" -> 1e9 * mean;
        case "ops/us" -> 1e6 * mean;
        case "ops/ms" -> 1e3 * mean;
        case "ops/s" -> mean;
        case "ops/min" -> mean / 60;
        default -> Double.NaN;
      };
    }

    /**
     * Returns how far the median of the farthest fork is from the mean, as a part of it; not a
     * number where there are not several forks.
     */
    public double spread() {
      return forks.size() < 2
          ? Double.NaN
          : forks.stream()
              .mapToDouble(fork -> new ListStatistics(fork).getPercentile(50))
              .map(median -> Math.abs(median / mean - 1))
              .max()
              .orElseThrow();
    }

    /** Returns how fast that is, in a unit of which more is better. */
    public double speed() {
      return unit.startsWith("ops/") ? mean : 1 / mean;
    }
  }

  /** Copies the maps, and keeps their order. */
  public Measurement {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    secondary = Collections.unmodifiableMap(new LinkedHashMap<>(secondary));
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
  }

  /** Returns which question it answers: the class without its package and {@code Benchmark}. */
  public String question() {
    return benchmark
        .replaceFirst("\\.\\w+$", "")
        .replaceFirst("^.*\\.", "")
        .replaceFirst("Benchmark$", "");
  }

  /** Returns the name of the method, such as {@code gemm}. */
  public String method() {
    return benchmark.substring(benchmark.lastIndexOf('.') + 1);
  }

  /** Returns a parameter's value, or an empty text where there is no such parameter. */
  public String param(String name) {
    return params.getOrDefault(name, "");
  }

  /** Returns all parameters, such as {@code backend=vector, n=64}. */
  public String parameters() {
    return params.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(", "));
  }

  /** Returns what the benchmark reports beside its score, for a second, or not a number. */
  public double perSecond(String name) {
    return secondary.containsKey(name) ? secondary.get(name).perSecond() : Double.NaN;
  }

  /** Tells whether a single thread worked. */
  public boolean hasOneThread() {
    return threads == 1 && Arrays.asList("", "1").contains(param("threads"));
  }
}
