package dev.lanewise.jmh.figures;

import dev.lanewise.jmh.result.Measurement;
import dev.lanewise.jmh.result.Metric;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How many times as fast as one thread are several? */
final class ThreadsFigure {
  private static final String TITLE = "Thread scaling";

  private ThreadsFigure() {}

  static Figure of(List<Measurement> measurements) {
    Map<List<Object>, TreeMap<Integer, Measurement>> cases = new LinkedHashMap<>();
    for (Measurement m : measurements) {
      if (!m.param("backend").equals("scalar") && !m.mode().equals("ss")) {
        Map<String, String> others = new HashMap<>(m.params());
        others.remove("threads");
        cases
            .computeIfAbsent(List.of(m.benchmark(), m.mode(), others), key -> new TreeMap<>())
            .put(m.workers(), m);
      }
    }
    cases.values().removeIf(byThreads -> byThreads.size() < 2 || byThreads.firstKey() != 1);
    Labels labels =
        new Labels(
            cases.values().stream().map(byThreads -> byThreads.get(1)).toList(),
            Set.of("threads", "backend"));
    Grid grid = new Grid("threads");
    for (TreeMap<Integer, Measurement> byThreads : cases.values()) {
      Metric one = byThreads.get(1).primary();
      byThreads.forEach(
          (threads, m) -> {
            double ratio = m.primary().speed() / one.speed();
            double spread = threads == 1 ? 0 : m.primary().spread() + one.spread();
            grid.put(labels.of(byThreads.get(1)), threads.toString(), ratio, ratio * spread);
          });
    }
    if (grid.isEmpty()) {
      return new Figure.Missing(
          TITLE,
          "lanewise-jmh TrainStep -p backend=vector -p width=256,1024 -p batch=32,256 -p"
              + " threads=1,2,4 -rf json -rff result.json");
    }
    GridChart chart = new GridChart(grid, "times as fast as one thread");
    chart.guide("ideal", grid.places().stream().map(Double::valueOf).toList());
    return new Figure.Drawn(
        "threads",
        TITLE,
        chart.chart(),
        "Bars add up how far the farthest forks of both are." + GridChart.omission(grid),
        grid.table());
  }
}
