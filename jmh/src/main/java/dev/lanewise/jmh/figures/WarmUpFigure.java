package dev.lanewise.jmh.figures;

import dev.lanewise.jmh.result.Measurement;
import dev.lanewise.jmh.result.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** How does a benchmark get faster from its first call in a virtual machine on? */
final class WarmUpFigure {
  private static final String TITLE = "Warm-up";
  private static final int FEWEST_CALLS = 3;
  private static final int MOST_POINTS = 200;
  private static final int MOST_LINES = 8;

  private WarmUpFigure() {}

  static Figure of(List<Measurement> measurements) {
    List<Measurement> single = measurements.stream().filter(m -> m.mode().equals("ss")).toList();
    Labels labels = new Labels(single, Set.of());
    Map<String, double[]> curves = new LinkedHashMap<>();
    String unit = "";
    for (Measurement m : single) {
      double[] times = medians(m.primary().forks());
      if (times.length >= FEWEST_CALLS && (unit.isEmpty() || unit.equals(m.primary().unit()))) {
        unit = m.primary().unit();
        curves.put(labels.of(m), times);
      }
    }
    return curves.isEmpty()
        ? new Figure.Missing(
            TITLE,
            "lanewise-jmh TrainStep -p backend=scalar,vector -p width=256 -p batch=32 -bm ss -tu us"
                + " -wi 0 -i 1000 -f 10 -rf json -rff result.json")
        : drawn(curves, unit);
  }

  private static Figure drawn(Map<String, double[]> curves, String unit) {
    double low = curves.values().stream().flatMapToDouble(Arrays::stream).min().getAsDouble();
    double high = curves.values().stream().flatMapToDouble(Arrays::stream).max().getAsDouble();
    int most = curves.values().stream().mapToInt(times -> times.length).max().getAsInt();
    DecadeChart chart =
        new DecadeChart(
            curves.keySet(),
            "call",
            1,
            DecadeChart.decadeAbove(most),
            unit,
            DecadeChart.decadeBelow(low),
            DecadeChart.decadeAbove(high));
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("case", "first call", "10th", "100th", "1,000th", "last"));
    curves.forEach(
        (name, times) -> {
          if (rows.size() <= MOST_LINES) {
            int[] calls = thinned(times.length);
            chart.line(
                name,
                Arrays.stream(calls).asDoubleStream().toArray(),
                Arrays.stream(calls).mapToDouble(call -> times[call - 1]).toArray());
          }
          rows.add(
              List.of(
                  name,
                  at(times, 1),
                  at(times, 10),
                  at(times, 100),
                  at(times, 1000),
                  at(times, times.length)));
        });
    return new Figure.Drawn(
        "warm-up",
        TITLE,
        chart.chart(),
        "Time of each call in the order of calls, the middle of the forks, in " + unit + ".",
        rows);
  }

  /** Returns numbers of calls that lie about equally far apart on a logarithmic axis. */
  private static int[] thinned(int calls) {
    return IntStream.rangeClosed(0, MOST_POINTS)
        .map(i -> (int) Math.round(Math.pow(calls, (double) i / MOST_POINTS)))
        .distinct()
        .toArray();
  }

  private static String at(double[] times, int call) {
    return call > times.length ? "" : Grid.number(times[call - 1]);
  }

  /** Returns the median of all forks for each call. */
  private static double[] medians(List<double[]> forks) {
    int calls = forks.stream().mapToInt(fork -> fork.length).min().orElse(0);
    double[] medians = new double[calls];
    for (int i = 0; i < calls; i++) {
      int call = i;
      medians[i] = Metric.median(forks.stream().mapToDouble(fork -> fork[call]).toArray());
    }
    return medians;
  }
}
