package dev.lanewise;

import dev.lanewise.data.Batches;
import dev.lanewise.data.RowSource;
import dev.lanewise.internal.array.ArraySize;
import dev.lanewise.metric.Metric;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * How good a network is on a data set: what it predicts of each row, beside the row's targets, and
 * scores. {@link Network#evaluate} makes one.
 *
 * <pre>{@code
 * Evaluation test = network.evaluate(data, Classification.ACCURACY, Classification.LOG_LOSS);
 * double accuracy = test.score(Classification.ACCURACY);
 * }</pre>
 *
 * <p>Rows of weight 0 are left out, all others count alike. Rows whose predictions are not finite
 * have no score: {@link #notFinite} tells how many there are. Any number of threads may read one.
 */
public final class Evaluation {
  private final int rows;
  private final int outputs;
  private final int notFinite;
  private final float[] predictions;
  private final float[] targets;
  private final Map<Metric, Double> scores;

  private Evaluation(
      int rows,
      int outputs,
      int notFinite,
      float[] predictions,
      float[] targets,
      List<Metric> metrics) {
    this.rows = rows;
    this.outputs = outputs;
    this.notFinite = notFinite;
    this.predictions = predictions;
    this.targets = targets;
    Map<Metric, Double> values = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      values.put(metric, computed(metric));
    }
    this.scores = Collections.unmodifiableMap(values);
  }

  /**
   * Makes one.
   *
   * @param outputs how many a row has
   * @param data the rows
   * @param metrics what is computed
   * @param network predicts the rows of a batch
   */
  static Evaluation of(
      int outputs, RowSource data, List<Metric> metrics, BiConsumer<Batches, float[]> network) {
    Batches batches = Batches.inOrder(data);
    float[] y = new float[batches.targets().length];
    float[] predictions = new float[ArraySize.of("the predictions", data.rows(), outputs)];
    float[] targets = new float[predictions.length];
    int rows = 0;
    int notFinite = 0;
    while (batches.next()) {
      network.accept(batches, y);
      for (int r = 0; r < batches.rows(); r++) {
        boolean counts = batches.weights() == null || batches.weights()[r] > 0;
        if (counts && isFinite(y, r * outputs, outputs)) {
          System.arraycopy(y, r * outputs, predictions, rows * outputs, outputs);
          System.arraycopy(batches.targets(), r * outputs, targets, rows * outputs, outputs);
          rows++;
        } else if (counts) {
          notFinite++;
        }
      }
    }
    if (rows < data.rows()) {
      predictions = Arrays.copyOf(predictions, rows * outputs);
      targets = Arrays.copyOf(targets, rows * outputs);
    }
    return new Evaluation(rows, outputs, notFinite, predictions, targets, metrics);
  }

  private static boolean isFinite(float[] y, int from, int count) {
    boolean finite = true;
    for (int j = from; j < from + count; j++) {
      finite &= Float.isFinite(y[j]);
    }
    return finite;
  }

  /**
   * Returns how many rows have scores.
   *
   * @return those that count and whose predictions are finite; at least 0
   */
  public int rows() {
    return rows;
  }

  /**
   * Returns how many outputs a row has.
   *
   * @return at least 1
   */
  public int outputs() {
    return outputs;
  }

  /**
   * Returns how many more rows count, but have predictions that are infinite or not a number.
   *
   * @return at least 0
   */
  public int notFinite() {
    return notFinite;
  }

  /**
   * Returns the predictions.
   *
   * @return {@code rows x outputs}, in the order of the data; not a copy
   */
  public float[] predictions() {
    return predictions;
  }

  /**
   * Returns the targets.
   *
   * @return {@code rows x outputs}, in the order of the data; not a copy
   */
  public float[] targets() {
    return targets;
  }

  /**
   * Returns the scores that were asked for.
   *
   * @return the value of each metric, in the order in which they were named; unmodifiable
   */
  public Map<Metric, Double> scores() {
    return scores;
  }

  /**
   * Returns a score, whether it was asked for at first or not.
   *
   * @param metric which one
   * @return its value; {@code NaN} if no row has scores, or where the metric is undefined
   * @throws IllegalArgumentException if a target is not finite or does not fit the metric
   */
  public double score(Metric metric) {
    Double known = scores.get(metric);
    return known == null ? computed(metric) : known;
  }

  private double computed(Metric metric) {
    return rows == 0 ? Double.NaN : metric.of(rows, outputs, predictions, targets);
  }

  /**
   * Returns the evaluation of one output alone.
   *
   * @param output which one, from 0
   * @return its predictions and targets, copied, with scores by the same metrics
   * @throws IndexOutOfBoundsException if there is no such output
   */
  public Evaluation ofOutput(int output) {
    Objects.checkIndex(output, outputs);
    float[] y = new float[rows];
    float[] t = new float[rows];
    for (int r = 0; r < rows; r++) {
      y[r] = predictions[r * outputs + output];
      t[r] = targets[r * outputs + output];
    }
    return new Evaluation(rows, 1, notFinite, y, t, List.copyOf(scores.keySet()));
  }

  /**
   * Says it in one line.
   *
   * @return for example {@code 30 rows, accuracy 0.9667, logLoss 0.0812}
   */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(rows + (rows == 1 ? " row" : " rows"));
    scores.forEach(
        (metric, value) ->
            line.append(String.format(Locale.ROOT, ", %s %.4g", metric.label(), value)));
    if (notFinite > 0) {
      line.append(", and ").append(notFinite).append(" without a finite prediction");
    }
    return line.toString();
  }
}
