package dev.lanewise.cli.model;

import dev.lanewise.cli.data.Schema;
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
 * @param targets how many numbers are predicted of each, or 1 for a class
 * @param metrics each metric, the most important one first
 * @param without how many more samples there were of which nothing is predicted
 */
public record Score(
    boolean classification, int rows, int targets, Map<Metric, Double> metrics, int without) {
  private static final List<Metric> OF_CLASSES =
      List.of(Classification.ACCURACY, Classification.LOG_LOSS, Classification.MACRO_F1);
  private static final List<Metric> OF_NUMBERS =
      List.of(Regression.R_SQUARED, Regression.RMSE, Regression.MAE);

  /** Compares predictions with targets. */
  public static Score of(Predictions data, boolean classification) {
    return of(data, classification, 1);
  }

  /** Compares predictions with targets, in the unit of the file. */
  public static Score of(Predictions data, Schema schema) {
    if (schema.targetColumns() == 1) {
      return of(data, schema.classification(), schema.targetColumn().unit());
    }
    Map<Metric, Double> means = new LinkedHashMap<>();
    for (int j = 0; j < data.outputs(); j++) {
      ofTarget(data, schema, j)
          .metrics
          .forEach((metric, value) -> means.merge(metric, value / data.outputs(), Double::sum));
    }
    return new Score(false, data.rows(), data.outputs(), means, data.without());
  }

  /** Compares predictions of one of several targets with what is true, in its unit of the file. */
  public static Score ofTarget(Predictions data, Schema schema, int j) {
    return of(data.ofOutput(j), false, schema.targetColumn(j).unit());
  }

  private static Score of(Predictions data, boolean classification, double unit) {
    Map<Metric, Double> metrics = new LinkedHashMap<>();
    for (Metric metric : classification ? OF_CLASSES : OF_NUMBERS) {
      metrics.put(
          metric,
          data.rows() == 0
              ? Double.NaN
              : metric.of(data.rows(), data.outputs(), data.y(), data.t()));
    }
    metrics.computeIfPresent(Regression.RMSE, (metric, value) -> value * unit);
    metrics.computeIfPresent(Regression.MAE, (metric, value) -> value * unit);
    return new Score(classification, data.rows(), 1, metrics, data.without());
  }

  public String task() {
    return classification ? "classification" : "regression";
  }

  /** Returns the metric that counts most. */
  public double main() {
    return metrics.get(classification ? Classification.ACCURACY : Regression.R_SQUARED);
  }

  /** Returns the name of the metric that counts most. */
  public String mainName() {
    return classification ? "accuracy" : "R^2";
  }

  /** Returns how many samples have the largest output at their class. */
  long correct() {
    return Math.round(main() * rows);
  }

  public String text() {
    return classification
        ? String.format(
            Locale.ROOT,
            "%.2f %% (%,d of %,d), log loss %.4f, macro F1 %.4f%s",
            100 * main(),
            correct(),
            rows,
            metrics.get(Classification.LOG_LOSS),
            metrics.get(Classification.MACRO_F1),
            remark())
        : String.format(
            Locale.ROOT,
            "%.4f of %,d rows, RMSE %.6g, MAE %.6g%s",
            main(),
            rows,
            metrics.get(Regression.RMSE),
            metrics.get(Regression.MAE),
            (targets > 1 ? ", means of " + targets + " targets" : "") + remark());
  }

  private String remark() {
    return without == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "; nothing is predicted of %,d more, whose inputs are too far from those of training",
            without);
  }

  public Map<String, Object> json() {
    Map<String, Object> all = new LinkedHashMap<>();
    metrics.forEach((metric, value) -> all.put(name(metric), Double.isNaN(value) ? null : value));
    return all;
  }

  private static String name(Metric metric) {
    return metric == Regression.R_SQUARED ? "r2" : metric.label();
  }
}
