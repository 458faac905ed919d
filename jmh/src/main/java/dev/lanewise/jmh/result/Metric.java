package dev.lanewise.jmh.result;

import java.util.Arrays;
import java.util.List;

/**
 * One of the numbers that a benchmark reports.
 *
 * @param score the mean
 * @param error half of its 99.9 % interval, not a number where JMH had too few iterations for one
 * @param unit such as {@code ops/s}
 * @param forks what was measured, by fork and iteration; empty where the file does not say
 */
public record Metric(double score, double error, String unit, List<double[]> forks) {
  /** Copies the list. */
  public Metric {
    forks = List.copyOf(forks);
  }

  /**
   * Returns the score for a second.
   *
   * @return operations a second, not a number where the unit is no rate
   */
  public double perSecond() {
    return score * ratePerSecond();
  }

  /**
   * Returns how far the farthest fork is from the score, as a part of it.
   *
   * @return such as 0.02; not a number where there are not several forks
   */
  public double spread() {
    return forks.size() < 2
        ? Double.NaN
        : forks.stream()
            .mapToDouble(fork -> Math.abs(median(fork) / score - 1))
            .max()
            .orElseThrow();
  }

  /**
   * Returns how fast that is, in a unit of which more is better.
   *
   * @return the score of a rate, one by the score of a time
   */
  public double speed() {
    return isRate() ? score : 1 / score;
  }

  /**
   * Returns how fast each fork was.
   *
   * @return the medians of the forks' iterations, as {@link #speed}
   */
  public double[] forkSpeeds() {
    return forks.stream().mapToDouble(fork -> isRate() ? median(fork) : 1 / median(fork)).toArray();
  }

  /**
   * Returns the middle of some numbers.
   *
   * @param values at least one
   * @return the middle one, or the mean of the two in the middle
   */
  public static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  private boolean isRate() {
    return unit.startsWith("ops/");
  }

  private double ratePerSecond() {
    return switch (unit) {
      case "ops/ns" -> 1e9;
      case "ops/us" -> 1e6;
      case "ops/ms" -> 1e3;
      case "ops/s" -> 1;
      case "ops/min" -> 1.0 / 60;
      default -> Double.NaN;
    };
  }
}
