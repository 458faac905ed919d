package dev.lanewise.jmh.figures;

import dev.lanewise.jmh.result.Measurement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How many times as fast as plain loops are vectors, for each question that was asked of both? */
final class BackendFigures {
  private static final String BACKEND = "backend";
  private static final List<String> SIZES = List.of("width", "n");

  private BackendFigures() {}

  static List<Figure> of(List<Measurement> measurements) {
    Map<String, List<Measurement>> questions = new LinkedHashMap<>();
    for (Measurement m : measurements) {
      if (m.params().containsKey(BACKEND)) {
        questions.computeIfAbsent(m.question(), key -> new ArrayList<>()).add(m);
      }
    }
    List<Figure> figures = new ArrayList<>();
    questions.forEach(
        (question, asked) -> {
          Grid grid = ratios(asked);
          if (!grid.isEmpty()) {
            figures.add(drawn(question, grid));
          }
        });
    return figures.isEmpty()
        ? List.of(
            new Figure.Missing(
                "Scalar against vector",
                "lanewise-jmh TrainStep -p backend=scalar,vector -rf json -rff result.json"))
        : figures;
  }

  private static Figure drawn(String question, Grid grid) {
    return new Figure.Drawn(
        "backends-" + question.toLowerCase(Locale.ROOT),
        "Scalar against vector: " + question,
        new GridChart(grid, "times as fast").level("scalar", 1).chart(),
        "How many times as fast as the scalar backend the vector backend is; bars add up"
            + " how far the farthest forks of both are."
            + GridChart.omission(grid),
        grid.table());
  }

  private static Grid ratios(List<Measurement> asked) {
    Map<Map<String, String>, Measurement> scalars = new HashMap<>();
    for (Measurement m : asked) {
      if (m.param(BACKEND).equals("scalar")) {
        scalars.put(others(m), m);
      }
    }
    String size =
        SIZES.stream().filter(s -> asked.get(0).params().containsKey(s)).findFirst().orElse("");
    List<Measurement> vectors =
        asked.stream().filter(m -> m.param(BACKEND).equals("vector")).toList();
    Labels labels = new Labels(vectors, Set.of(size));
    Grid grid = new Grid(size.isEmpty() ? "" : size);
    for (Measurement m : vectors) {
      Measurement scalar = scalars.get(others(m));
      if (scalar != null) {
        double ratio = m.primary().speed() / scalar.primary().speed();
        String place = size.isEmpty() ? m.method() : m.param(size);
        grid.put(
            size.isEmpty() ? "vector" : labels.of(m),
            place,
            ratio,
            ratio * (m.primary().spread() + scalar.primary().spread()));
      }
    }
    return grid;
  }

  /** Returns all that must be equal: everything but the backend. */
  private static Map<String, String> others(Measurement m) {
    Map<String, String> others = new HashMap<>(m.params());
    others.remove(BACKEND);
    others.put(" ", m.benchmark() + " " + m.mode() + " " + m.threads());
    return others;
  }
}
