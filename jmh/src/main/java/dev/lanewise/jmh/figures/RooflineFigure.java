package dev.lanewise.jmh.figures;

import dev.lanewise.jmh.result.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How near to what the machine could do is each benchmark: to its floating-point operations a
 * second, or to the bytes that come from memory?
 *
 * <p>Where a benchmark does not count its bytes, they are what must be read and written at least:
 * each number once, and twice where it is changed or both written and read.
 */
final class RooflineFigure {
  private static final String TITLE = "Roofline";

  private record Point(Measurement of, double intensity, double gflops) {}

  private RooflineFigure() {}

  static Figure of(List<Measurement> measurements) {
    double peak = Ceilings.peak(measurements);
    double bandwidth = Ceilings.bandwidth(measurements);
    Map<String, List<Point>> points = new TreeMap<>();
    for (Measurement m : measurements) {
      Point point = new Point(m, intensity(m), m.perSecond("gflop"));
      if (m.param("backend").equals("vector")
          && m.workers() == 1
          && point.intensity > 0
          && point.gflops > 0) {
        points.computeIfAbsent(m.question(), key -> new ArrayList<>()).add(point);
      }
    }
    return points.isEmpty() || !Double.isFinite(peak) || !Double.isFinite(bandwidth)
        ? new Figure.Missing(
            TITLE, "lanewise-jmh 'Level1|Gemm' -p backend=vector -rf json -rff result.json")
        : drawn(points, peak, bandwidth);
  }

  private static Figure drawn(Map<String, List<Point>> points, double peak, double bandwidth) {
    List<Point> all = points.values().stream().flatMap(List::stream).toList();
    double ridge = peak / bandwidth;
    double left =
        DecadeChart.decadeBelow(
            Math.min(ridge, all.stream().mapToDouble(Point::intensity).min().getAsDouble()));
    double right =
        DecadeChart.decadeAbove(
            Math.max(ridge, all.stream().mapToDouble(Point::intensity).max().getAsDouble()));
    double low =
        Math.min(left * bandwidth, all.stream().mapToDouble(Point::gflops).min().getAsDouble());
    double high = Math.max(peak, all.stream().mapToDouble(Point::gflops).max().getAsDouble());
    DecadeChart chart =
        new DecadeChart(
            points.keySet(),
            "flop per byte",
            left,
            right,
            "GFLOP/s",
            DecadeChart.decadeBelow(low),
            DecadeChart.decadeAbove(high));
    chart.guide(
        "ceilings", new double[] {left, ridge, right}, new double[] {left * bandwidth, peak, peak});
    points.forEach(
        (question, list) ->
            chart.points(
                question,
                list.stream().mapToDouble(Point::intensity).toArray(),
                list.stream().mapToDouble(Point::gflops).toArray()));
    String caption =
        String.format(
            Locale.ROOT,
            "Vector backend, one thread. Ceilings, measured in the same forks: %.1f GFLOP/s of"
                + " fused multiply-adds, %.1f GB/s from memory; they meet at %.1f flop per byte."
                + " Points above the slope work on what the caches hold.",
            peak,
            bandwidth,
            ridge);
    return new Figure.Drawn("roofline", TITLE, chart.chart(), caption, table(all, peak, bandwidth));
  }

  private static List<List<String>> table(List<Point> points, double peak, double bandwidth) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("benchmark", "parameters", "flop per byte", "GFLOP/s", "of the ceiling"));
    for (Point point : points) {
      double ceiling = Math.min(peak, point.intensity * bandwidth);
      rows.add(
          List.of(
              point.of.question() + "." + point.of.method(),
              point.of.parameters(),
              Grid.number(point.intensity),
              Grid.number(point.gflops),
              String.format(Locale.ROOT, "%.0f %%", 100 * point.gflops / ceiling)));
    }
    return rows;
  }

  /** Returns floating-point operations for each byte, or not a number where that is unknown. */
  private static double intensity(Measurement m) {
    double counted = m.perSecond("gflop") / m.perSecond("gigabyte");
    if (Double.isFinite(counted)) {
      return counted;
    }
    double w = number(m, "width");
    double b = number(m, "batch");
    return switch (m.question()) {
      case "Gemm" -> number(m, "n") / 8;
      case "Forward" -> 6 * w * w * b / (4 * (3 * w * w + 3 * w + 6 * w * b));
      case "Backward" -> 4 * w * w * b / (4 * (2 * w * w + 3 * w * b));
      case "TrainStep" -> 16 * w * w * b / (4 * (6 * w * w + 6 * w + 8 * w * b));
      default -> Double.NaN;
    };
  }

  private static double number(Measurement m, String name) {
    String value = m.param(name);
    return value.matches("\\d{1,9}") ? Integer.parseInt(value) : Double.NaN;
  }
}
