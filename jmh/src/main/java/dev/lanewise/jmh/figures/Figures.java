package dev.lanewise.jmh.figures;

import dev.lanewise.jmh.result.Measurement;
import dev.lanewise.jmh.result.PeerRatio;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.openjdk.jmh.util.ListStatistics;

/** Finds out what there is to draw. */
final class Figures {
  private static final List<String> SIZES = List.of("width", "n");

  private Figures() {}

  /** Returns for each benchmark: how fast it is, beside plain loops, and beside one thread. */
  static List<Figure> of(List<Measurement> all) {
    double peak = peak(all);
    List<Figure> figures = new ArrayList<>();
    all.stream()
        .collect(
            Collectors.groupingBy(Measurement::question, LinkedHashMap::new, Collectors.toList()))
        .forEach((question, asked) -> figures.addAll(of(question, asked, peak)));
    return figures.stream().filter(figure -> !figure.grid().places().isEmpty()).toList();
  }

  private static List<Figure> of(String question, List<Measurement> asked, double peak) {
    String id = question.toLowerCase(Locale.ROOT);
    Map<String, String> params = asked.get(0).params();
    String size = SIZES.stream().filter(params::containsKey).findFirst().orElse("");
    String times = "times as fast";
    Grid scalar = ratios(asked, "backend", "scalar", size);
    Grid threads = ratios(asked, "threads", "1", "threads");
    return List.of(
        new Figure(id, question, "GFLOP/s", speeds(asked, size), peak, "peak of one core"),
        new Figure("backends-" + id, question + " beside plain loops", times, scalar, 1, "equal"),
        new Figure("threads-" + id, question + " beside one thread", times, threads, 1, "equal"));
  }

  /** Returns the peak that percents are of, the middle of all forks'; or not a number. */
  private static double peak(List<Measurement> all) {
    double[] peaks =
        all.stream()
            .filter(Measurement::hasOneThread)
            .mapToDouble(m -> 100 * m.perSecond("gflop") / m.perSecond("percentOfPeak"))
            .filter(Double::isFinite)
            .toArray();
    return new ListStatistics(peaks).getPercentile(50);
  }

  /** Takes vectors on one thread. */
  private static Grid speeds(List<Measurement> asked, String size) {
    List<Measurement> drawn =
        asked.stream()
            .filter(m -> m.param("backend").equals("vector") && m.hasOneThread())
            .filter(m -> m.params().containsKey(size) && m.secondary().containsKey("gflop"))
            .toList();
    Grid grid = new Grid(size);
    for (Measurement m : drawn) {
      double gflops = m.perSecond("gflop");
      double off = gflops * m.secondary().get("gflop").spread();
      grid.put(label(m, drawn, size), m.param(size), gflops, off);
    }
    return grid;
  }

  /** Compares each value of a parameter with one of them, where all else is the same. */
  private static Grid ratios(List<Measurement> asked, String name, String standard, String place) {
    Map<Map<String, String>, Measurement> standards =
        asked.stream()
            .filter(m -> m.param(name).equals(standard))
            .collect(Collectors.toMap(m -> others(m, name), m -> m, (first, last) -> last));
    List<Measurement> drawn =
        asked.stream()
            .filter(m -> !m.param(name).equals(standard))
            .filter(m -> standards.containsKey(others(m, name)))
            .toList();
    Grid grid = new Grid(place);
    for (Measurement m : drawn) {
      Measurement other = standards.get(others(m, name));
      double ratio = m.primary().speed() / other.primary().speed();
      double off = ratio * (m.primary().spread() + other.primary().spread());
      String at = place.isEmpty() ? m.method() : m.param(place);
      grid.put(label(m, drawn, place), at, ratio, off);
    }
    return grid;
  }

  private static Map<String, String> others(Measurement m, String name) {
    Map<String, String> others = new HashMap<>(m.params());
    others.remove(name);
    others.put("", m.benchmark() + " " + m.mode() + " " + m.threads());
    return others;
  }

  /** Names one by what tells it apart from the others but for its place. */
  private static String label(Measurement m, List<Measurement> all, String place) {
    List<String> words = new ArrayList<>();
    if (!place.isEmpty() && differ(all, Measurement::method)) {
      words.add(m.method());
    }
    for (String name : m.params().keySet()) {
      if (!name.equals(place) && differ(all, other -> other.param(name))) {
        words.add(name + " " + m.param(name));
      }
    }
    return words.isEmpty() ? m.question() : String.join(", ", words);
  }

  private static boolean differ(List<Measurement> all, Function<Measurement, String> by) {
    return all.stream().map(by).distinct().count() > 1;
  }

  /** Returns for each kind of work: how many times as fast as each peer Lanewise is. */
  static List<Figure> beside(List<PeerRatio> ratios) {
    Map<String, Grid> grids = new LinkedHashMap<>();
    for (PeerRatio ratio : ratios) {
      double off = Math.max(ratio.highest() - ratio.ratio(), ratio.ratio() - ratio.lowest());
      grids
          .computeIfAbsent(ratio.work(), key -> new Grid("width"))
          .put(ratio.peer(), ratio.size(), ratio.ratio(), off);
    }
    List<Figure> figures = new ArrayList<>();
    grids.forEach(
        (work, grid) -> {
          String id = "peers-" + work.replaceAll("\\W+", "-");
          figures.add(new Figure(id, "Beside peers: " + work, "times as fast", grid, 1, "equal"));
        });
    return figures;
  }
}
