package dev.lanewise;

import dev.lanewise.data.RowSource;
import dev.lanewise.internal.array.ArraySize;
import dev.lanewise.metric.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at all rows of a data set, as predictions see them, without changing anything. */
final class Evaluation {
  private static final int ROWS_AT_ONCE = 256;

  /** Of wide rows fewer are taken at once. */
  private static final int MOST_NUMBERS = 1 << 24;

  private final Trainer trainer;
  private final RowSource data;
  private final int atOnce;
  private final int[] order;
  private final float[] x;
  private final float[] t;
  private final float[] weights;

  Evaluation(Trainer trainer, RowSource data) {
    this.trainer = trainer;
    this.data = data;
    this.order = new int[data.rows()];
    for (int r = 0; r < order.length; r++) {
      order[r] = r;
    }
    int wider = Math.max(data.inputs(), data.targets());
    this.atOnce = Math.clamp(MOST_NUMBERS / wider, 1, ROWS_AT_ONCE);
    int rows = Math.min(atOnce, order.length);
    this.x = new float[ArraySize.of("the inputs", rows, data.inputs())];
    this.t = new float[ArraySize.of("the targets", rows, data.targets())];
    this.weights = data.hasWeights() ? new float[rows] : null;
  }

  /** Returns the mean loss, or the sum for a loss that is one. */
  double loss() {
    double sum = 0;
    double total = 0;
    for (int from = 0, rows; from < order.length; from += rows) {
      rows = Math.min(atOnce, order.length - from);
      data.gather(order, from, rows, x, t, weights);
      double weight = weight(rows);
      if (weight > 0) {
        double part = trainer.loss(Batch.of(rows, x, 0, t, 0).withWeights(weights, 0));
        sum += trainer.sumsLoss() ? part : part * weight;
        total += weight;
      }
    }
    return trainer.sumsLoss() ? sum : sum / total;
  }

  private double weight(int rows) {
    if (weights == null) {
      return rows;
    }
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      sum += weights[r];
    }
    return sum;
  }

  /** Returns the metrics of the predictions; rows count alike, whatever their weights. */
  Map<Metric, Double> metrics(List<Metric> metrics) {
    Map<Metric, Double> values = new LinkedHashMap<>();
    if (metrics.isEmpty()) {
      return values;
    }
    int outputs = data.targets();
    float[] predictions = new float[ArraySize.of("the predictions", order.length, outputs)];
    float[] targets = new float[predictions.length];
    for (int from = 0, rows; from < order.length; from += rows) {
      rows = Math.min(atOnce, order.length - from);
      data.gather(order, from, rows, x, t, null);
      trainer.network().predict(rows, x, 0, predictions, from * outputs);
      System.arraycopy(t, 0, targets, from * outputs, rows * outputs);
    }
    for (Metric metric : metrics) {
      values.put(metric, metric.of(order.length, outputs, predictions, targets));
    }
    return values;
  }
}
