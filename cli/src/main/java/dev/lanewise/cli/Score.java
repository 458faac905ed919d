package dev.lanewise.cli;

import dev.lanewise.metric.Classification;
import dev.lanewise.metric.Metric;
import dev.lanewise.metric.Regression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How well a network does.
 *
 * @param classification whether it predicts classes
 * @param rows how many samples there were
 * @param metrics each metric, the most important one first
 */
record Score(boolean classification, int rows, Map<Metric, Double> metrics) {
  private static final List<Metric> OF_CLASSES =
      List.of(Classification.ACCURACY, Classification.LOG_LOSS, Classification.MACRO_F1);
  private static final List<Metric> OF_NUMBERS =
      List.of(Regression.R_SQUARED, Regression.RMSE, Regression.MAE);

  /** Compares predictions with targets. */
  static Score of(Predictions data, boolean classification) {
    Map<Metric, Double> metrics = new LinkedHashMap<>();
    for (Metric metric : classification ? OF_CLASSES : OF_NUMBERS) {
      metrics.put(metric, metric.of(data.rows(), data.outputs(), data.y(), data.t()));
    }
    return new Score(classification, data.rows(), metrics);
  }

  String task() {
    return classification ? "classification" : "regression";
  }

  /** Returns the metric that counts most. */
  double main() {
    return metrics.get(classification ? Classification.ACCURACY : Regression.R_SQUARED);
  }

  /** Returns the name of the metric that counts most. */
  String mainName() {
    return classification ? "accuracy" : "R^2";
  }

  /** Returns how many samples have the largest output at their class. */
  long correct() {
    return Math.round(main() * rows);
  }

  String text() {
    return classification
        ? String.format(
            Locale.ROOT,
            "%.2f %% (%,d of %,d), log loss %.4f, macro F1 %.4f",
            100 * main(),
            correct(),
            rows,
            metrics.get(Classification.LOG_LOSS),
            metrics.get(Classification.MACRO_F1))
        : String.format(
            Locale.ROOT,
            "%.4f of %,d rows, RMSE %.6g, MAE %.6g",
            main(),
            rows,
            metrics.get(Regression.RMSE),
            metrics.get(Regression.MAE));
  }

  Map<String, Object> json() {
    Map<String, Object> all = new LinkedHashMap<>();
    metrics.forEach((metric, value) -> all.put(name(metric), Double.isNaN(value) ? null : value));
    return all;
  }

  private static String name(Metric metric) {
    return metric == Regression.R_SQUARED ? "r2" : metric.label();
  }
}
