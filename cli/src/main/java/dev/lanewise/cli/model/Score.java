package dev.lanewise.cli.model;

import dev.lanewise.Evaluation;
import dev.lanewise.cli.data.Schema;
import dev.lanewise.cli.text.Terminal;
import dev.lanewise.metric.Classification;
import dev.lanewise.metric.Metric;
import dev.lanewise.metric.Regression;
import java.util.LinkedHashMap;
import java.util.List;
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

  /** Returns the score of predictions, in the unit of the file; of several targets the mean. */
  public static Score of(Evaluation test, Schema schema) {
    int targets = schema.targetColumns();
    if (targets == 1) {
      return ofTarget(test, schema, 0);
    }
    Map<Metric, Double> means = new LinkedHashMap<>();
    for (int j = 0; j < targets; j++) {
      ofTarget(test.ofOutput(j), schema, j)
          .metrics
          .forEach((metric, value) -> means.merge(metric, value / targets, Double::sum));
    }
    return new Score(false, test.rows(), targets, means, test.notFinite());
  }

  /** Returns the score of predictions of one target alone, in its unit of the file. */
  public static Score ofTarget(Evaluation test, Schema schema, int j) {
    double unit = schema.targetColumn(j).unit();
    Map<Metric, Double> metrics = new LinkedHashMap<>();
    for (Metric metric : schema.classification() ? OF_CLASSES : OF_NUMBERS) {
      boolean hasUnit = metric == Regression.RMSE || metric == Regression.MAE;
      metrics.put(metric, hasUnit ? test.score(metric) * unit : test.score(metric));
    }
    return new Score(schema.classification(), test.rows(), 1, metrics, test.notFinite());
  }

  /** Returns the score where there was nothing to test with. */
  public static Score none(boolean classification) {
    Map<Metric, Double> metrics = new LinkedHashMap<>();
    for (Metric metric : classification ? OF_CLASSES : OF_NUMBERS) {
      metrics.put(metric, Double.NaN);
    }
    return new Score(classification, 0, 1, metrics, 0);
  }

  /** Returns the metric that counts most. */
  public static Metric mainMetric(boolean classification) {
    return (classification ? OF_CLASSES : OF_NUMBERS).getFirst();
  }

  public String task() {
    return classification ? "classification" : "regression";
  }

  /** Returns the value of the metric that counts most. */
  public double main() {
    return metrics.get(mainMetric(classification));
  }

  /** Returns the name of the metric that counts most. */
  public String mainName() {
    return classification ? "accuracy" : "R^2";
  }

  public String text() {
    return classification
        ? Terminal.format(
            "%.2f %% (%,d of %,d), log loss %.4f, macro F1 %.4f%s",
            100 * main(),
            Math.round(main() * rows),
            rows,
            metrics.get(Classification.LOG_LOSS),
            metrics.get(Classification.MACRO_F1),
            remark())
        : Terminal.format(
            "%.4f of %,d rows, RMSE %.6g, MAE %.6g%s%s",
            main(),
            rows,
            metrics.get(Regression.RMSE),
            metrics.get(Regression.MAE),
            targets > 1 ? ", means of " + targets + " targets" : "",
            remark());
  }

  private String remark() {
    return without == 0
        ? ""
        : Terminal.format(
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
