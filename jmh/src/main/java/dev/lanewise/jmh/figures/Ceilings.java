package dev.lanewise.jmh.figures;

import dev.lanewise.jmh.result.Measurement;
import dev.lanewise.jmh.result.Metric;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What one core can do at most, as the forks measured it. */
final class Ceilings {
  private Ceilings() {}

  /**
   * Returns GFLOP/s: what the benchmarks' percents are of, else the most of the FMA benchmark; not
   * a number where neither ran.
   */
  static double peak(List<Measurement> measurements) {
    double measured =
        middle(measurements, m -> 100 * m.perSecond("gflop") / m.perSecond("percentOfPeak"));
    return Double.isFinite(measured)
        ? measured
        : measurements.stream()
            .filter(m -> m.question().equals("FmaPeak"))
            .mapToDouble(m -> m.perSecond("gflop"))
            .max()
            .orElse(Double.NaN);
  }

  /** Returns GB/s that come from memory: what percents are of; not a number without them. */
  static double bandwidth(List<Measurement> measurements) {
    return middle(
        measurements, m -> 100 * m.perSecond("gigabyte") / m.perSecond("percentOfMemory"));
  }

  private static double middle(
      List<Measurement> measurements, ToDoubleFunction<Measurement> ceiling) {
    double[] values =
        measurements.stream()
            .filter(m -> m.workers() == 1)
            .mapToDouble(ceiling)
            .filter(Double::isFinite)
            .toArray();
    return values.length == 0 ? Double.NaN : Metric.median(values);
  }
}
