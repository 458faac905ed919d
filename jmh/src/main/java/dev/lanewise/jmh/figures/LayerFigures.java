package dev.lanewise.jmh.figures;

import dev.lanewise.jmh.result.Measurement;
import dev.lanewise.jmh.result.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How fast are layers, by their width: forward, backward, and a whole training step? */
final class LayerFigures {
  private record Direction(String question, String title) {}

  private static final List<Direction> DIRECTIONS =
      List.of(
          new Direction("Forward", "Forward, by layer width"),
          new Direction("Backward", "Backward, by layer width"),
          new Direction("TrainStep", "Training step, by layer width"));

  private LayerFigures() {}

  static List<Figure> of(List<Measurement> measurements) {
    List<Figure> figures = new ArrayList<>();
    for (Direction direction : DIRECTIONS) {
      Grid grid = new Grid("width");
      for (Measurement m : measurements) {
        Metric gflop = m.secondary().get("gflop");
        if (m.question().equals(direction.question)
            && m.param("backend").equals("vector")
            && m.workers() == 1
            && gflop != null) {
          grid.put(
              "batch " + m.param("batch"),
              m.param("width"),
              gflop.perSecond(),
              gflop.perSecond() * gflop.spread());
        }
      }
      figures.add(grid.isEmpty() ? missing(direction) : drawn(direction, grid, measurements));
    }
    return figures;
  }

  private static Figure missing(Direction direction) {
    return new Figure.Missing(
        direction.title,
        "lanewise-jmh " + direction.question + " -p backend=vector -rf json -rff result.json");
  }

  private static Figure drawn(Direction direction, Grid grid, List<Measurement> measurements) {
    GridChart chart = new GridChart(grid, "GFLOP/s");
    double peak = Ceilings.peak(measurements);
    String caption = "Vector backend, one thread; bars reach as far as the farthest fork.";
    if (Double.isFinite(peak)) {
      chart.level("peak of one core", peak);
      caption += String.format(Locale.ROOT, " One core's measured peak: %.1f GFLOP/s.", peak);
    }
    return new Figure.Drawn(
        direction.question.toLowerCase(Locale.ROOT),
        direction.title,
        chart.chart(),
        caption + GridChart.omission(grid),
        grid.table());
  }
}
