package dev.lanewise.cli.report;

import dev.lanewise.loop.History;
import dev.lanewise.metric.Classification;
import dev.lanewise.metric.Metric;
import dev.lanewise.metric.Regression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pages to look at. */
final class Samples {
  private Samples() {}

  static History history(int epochs, Metric metric) {
    List<History.Epoch> all = new ArrayList<>();
    for (int e = 1; e <= epochs; e++) {
      all.add(
          new History.Epoch(
              e, 10L * e, 0.1f / e, 1.0 / e, 1.1 / e, Map.of(metric, 1 - 0.5 / e), 0.01));
    }
    return new History(all, epochs - 1, History.End.EARLY_STOPPING);
  }

  /** The true class of row {@code r} is {@code r mod classes}, and one row in seven is wrong. */
  static Contents classes(List<String> classes, int rows, int epochs) {
    int k = classes.size();
    float[] y = new float[rows * k];
    float[] t = new float[rows * k];
    for (int r = 0; r < rows; r++) {
      t[r * k + r % k] = 1;
      int said = r % 7 == 0 ? (r + 1) % k : r % k;
      for (int c = 0; c < k; c++) {
        y[r * k + c] = c == said ? 0.75f : 0.25f / (k - 1);
      }
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", 0.85);
    metrics.put("logLoss", 0.5);
    return contents(classes, rows, y, t, metrics, history(epochs, Classification.ACCURACY));
  }

  static Contents numbers(int rows, int epochs) {
    float[] y = new float[rows];
    float[] t = new float[rows];
    for (int r = 0; r < rows; r++) {
      t[r] = r;
      y[r] = r + r % 5 - 2;
    }
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("r2", 0.9);
    metrics.put("rmse", 1.5);
    return contents(List.of(), rows, y, t, metrics, history(epochs, Regression.R_SQUARED));
  }

  private static Contents contents(
      List<String> classes,
      int rows,
      float[] y,
      float[] t,
      Map<String, Double> metrics,
      History history) {
    return new Contents(
        "Predicting <b>kind</b> of trees & more.csv",
        "lanewise train 'trees & more.csv' --report " + "a-long-name-".repeat(12) + ".html",
        "24 November 2026, 06:18",
        "Trained on trees.csv: 90 rows.",
        List.of("kind"),
        classes,
        rows,
        y,
        t,
        metrics,
        history,
        "validation",
        List.of(
            List.of("layer", "in", "out", "activation", "parameters"),
            List.of("dense", "4", "64", "relu", "320")),
        Map.of("optimizer", "AdamW[learningRate=0.005]"),
        Map.of("Java", "25"));
  }
}
