package dev.lanewise.spark;

import java.io.Serial;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What a classifier's model says of a row: all that is asked for, from one prediction. */
final class ClassScores implements UDF1<Vector, Row> {
  @Serial private static final long serialVersionUID = 1;

  static final String RAW = "rawPrediction";
  static final String PROBABILITY = "probability";
  static final String PREDICTION = "prediction";

  /** The logarithm of the least float above 0: what stands for that of a probability of 0. */
  private static final double LEAST_RAW = StrictMath.log(Float.MIN_VALUE);

  private final Broadcast<TrainedNetwork> trained;
  private final String column;
  private final boolean raw;
  private final boolean probability;
  private final boolean prediction;

  private final double[] thresholds;

  /** Made where the rows are. */
  private transient volatile RowPredictor rows;

  /**
   * Says what is asked for.
   *
   * @param thresholds of each class; null for none
   */
  ClassScores(
      Broadcast<TrainedNetwork> trained,
      String column,
      boolean raw,
      boolean probability,
      boolean prediction,
      double[] thresholds) {
    this.trained = trained;
    this.column = column;
    this.raw = raw;
    this.probability = probability;
    this.prediction = prediction;
    this.thresholds = thresholds;
  }

  StructType type() {
    StructType type = new StructType();
    type = raw ? type.add(RAW, SQLDataTypes.VectorType(), false) : type;
    type = probability ? type.add(PROBABILITY, SQLDataTypes.VectorType(), false) : type;
    return prediction ? type.add(PREDICTION, DataTypes.DoubleType, false) : type;
  }

  @Override
  public Row call(Vector features) {
    RowPredictor known = rows;
    if (known == null) {
      known = new RowPredictor(trained.value().network(), column);
      rows = known;
    }
    return known.predict(features, this::row);
  }

  private Row row(float[] y) {
    Object[] fields = new Object[(raw ? 1 : 0) + (probability ? 1 : 0) + (prediction ? 1 : 0)];
    int next = 0;
    if (raw) {
      fields[next++] = raw(y);
    }
    if (probability) {
      fields[next++] = probabilities(y);
    }
    if (prediction) {
      fields[next] = prediction(y, thresholds);
    }
    return RowFactory.create(fields);
  }

  /** Returns the logarithm of each probability; finite. */
  static Vector raw(float[] y) {
    double[] logs = new double[y.length];
    for (int c = 0; c < y.length; c++) {
      logs[c] = y[c] > 0 ? StrictMath.log(y[c]) : LEAST_RAW;
    }
    return new DenseVector(logs);
  }

  static Vector probabilities(float[] y) {
    double[] values = new double[y.length];
    for (int c = 0; c < y.length; c++) {
      values[c] = y[c];
    }
    return new DenseVector(values);
  }

  /**
   * Returns the class with the largest probability by its threshold, the first of those that are
   * equal.
   */
  static double prediction(float[] y, double[] thresholds) {
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < y.length; c++) {
      // Not a number where a class that may not be has a threshold of 0: that one is not taken.
      double scaled = thresholds == null ? y[c] : y[c] / thresholds[c];
      if (scaled > most) {
        most = scaled;
        best = c;
      }
    }
    return best;
  }
}
