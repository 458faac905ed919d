package dev.lanewise;

import dev.lanewise.data.RowSource;
import dev.lanewise.data.SparseBatch;
import dev.lanewise.internal.array.ArraySize;
import dev.lanewise.internal.train.RefusedRow;
import dev.lanewise.metric.Metric;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks at all rows of a data set that count, as predictions see them, without changing anything.
 */
final class Evaluation {
  private static final int ROWS_AT_ONCE = 256;

  /** Of wide rows fewer are taken at once. */
  private static final int MOST_NUMBERS = 1 << 24;

  private final Trainer trainer;
  private final RowSource data;
  private final int atOnce;
  private final int[] order;
  private final float[] x;
  private final SparseBatch sparse;
  private final float[] t;
  private final float[] weights;

  Evaluation(Trainer trainer, RowSource data) {
    this.trainer = trainer;
    this.data = data;
    this.order = new int[data.rows()];
    for (int r = 0; r < order.length; r++) {
      order[r] = r;
    }
    int wider = Math.max(data.sparse() ? 1 : data.inputs(), data.targets());
    this.atOnce = Math.clamp(MOST_NUMBERS / wider, 1, ROWS_AT_ONCE);
    int rows = Math.min(atOnce, order.length);
    this.x = data.sparse() ? null : new float[ArraySize.of("the inputs", rows, data.inputs())];
    this.sparse = data.sparse() ? new SparseBatch(data.inputs()) : null;
    this.t = new float[ArraySize.of("the targets", rows, data.targets())];
    this.weights = data.hasWeights() ? new float[rows] : null;
  }

  /** Returns the mean loss, or the sum for a loss that is one. */
  double loss() {
    double sum = 0;
    double total = 0;
    for (int from = 0; from < order.length; from += atOnce) {
      Batch batch = batch(from);
      double weight = counted(from, batch).weight();
      if (weight > 0) {
        double part = trainer.loss(batch);
        sum += trainer.sumsLoss() ? part : part * weight;
        total += weight;
      }
    }
    requireAny(total > 0);
    return trainer.sumsLoss() ? sum : sum / total;
  }

  private Batch batch(int from) {
    int rows = Math.min(atOnce, order.length - from);
    if (sparse == null) {
      data.gather(order, from, rows, x, t, weights);
      return Batch.of(rows, x, 0, t, 0).withWeights(weights, 0);
    }
    data.gather(order, from, rows, sparse, t, weights);
    return Batch.of(sparse.rows(), t, 0).withWeights(weights, 0);
  }

  private CountedRows counted(int from, Batch batch) {
    try {
      return trainer.counted(batch);
    } catch (RefusedRow e) {
      throw e.at(from + e.row());
    }
  }

  private static void requireAny(boolean any) {
    if (!any) {
      throw new IllegalArgumentException(
          "all rows to look at after an epoch have the weight 0: give some of them a weight");
    }
  }

  /** Returns the metrics of the predictions; rows count alike, but for those of weight 0. */
  Map<Metric, Double> metrics(List<Metric> metrics) {
    Map<Metric, Double> values = new LinkedHashMap<>();
    if (metrics.isEmpty()) {
      return values;
    }
    int outputs = data.targets();
    float[] predictions = new float[ArraySize.of("the predictions", order.length, outputs)];
    float[] targets = new float[predictions.length];
    int rows = 0;
    for (int from = 0; from < order.length; from += atOnce) {
      CountedRows counted = counted(from, batch(from));
      if (counted.rows() > 0) {
        int at = rows * outputs;
        predict(counted, predictions, at);
        System.arraycopy(counted.targets(), 0, targets, at, counted.rows() * outputs);
        rows += counted.rows();
      }
    }
    requireAny(rows > 0);
    if (rows < order.length) {
      predictions = Arrays.copyOf(predictions, rows * outputs);
      targets = Arrays.copyOf(targets, rows * outputs);
    }
    for (Metric metric : metrics) {
      values.put(metric, metric.of(rows, outputs, predictions, targets));
    }
    return values;
  }

  private void predict(CountedRows counted, float[] predictions, int at) {
    if (sparse == null) {
      trainer.network().predict(counted.rows(), counted.x(), 0, predictions, at);
      return;
    }
    // There is room for all rows, as each has its place behind those before.
    trainer.network().predict(sparse.rows(), predictions, at);
    int outputs = data.targets();
    for (int r = 0; r < counted.rows() && !counted.all(); r++) {
      int from = at + counted.chosen()[r] * outputs;
      System.arraycopy(predictions, from, predictions, at + r * outputs, outputs);
    }
  }

  /**
   * Returns the first number that is not finite in a row that counts, such as "input 3 of row 7 is
   * NaN", or null. For when a result is not finite.
   */
  String notFinite() {
    for (int from = 0; from < order.length; from += atOnce) {
      String found = counted(from, batch(from)).notFinite(from);
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
