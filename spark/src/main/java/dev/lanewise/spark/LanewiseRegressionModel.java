package dev.lanewise.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import dev.lanewise.Network;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.RegressionModel;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** A network that tells a number. Any number of threads may predict. */
public final class LanewiseRegressionModel extends RegressionModel<Vector, LanewiseRegressionModel>
    implements LanewiseParams, MLWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final TrainedNetwork trained;

  // Scala's traits ask for the uid while they are made.
  LanewiseRegressionModel(String uid, TrainedNetwork trained) {
    this.uid = uid;
    this.trained = trained;
    super();
    Defaults.setOn(this);
  }

  /** {@return the name of this stage} */
  @Override
  public String uid() {
    return uid;
  }

  /** {@return the engine's network, a copy} */
  public Network network() {
    return trained.network().copy();
  }

  /**
   * Returns the mean loss of each round's rows, each before the step that learned from it.
   *
   * @return a loss for each round, of labels brought to a standard deviation of 1; {@code NaN} for
   *     those that a checkpoint made up for
   */
  public double[] lossHistory() {
    return trained.losses();
  }

  /** {@return the loss of rows for validation after each round, likewise; empty without any} */
  public double[] validationLossHistory() {
    return trained.validationLosses();
  }

  /** {@return how many features a vector has} */
  @Override
  public int numFeatures() {
    return trained.network().inputs();
  }

  @Override
  public Dataset<Row> transformImpl(Dataset<?> dataset) {
    NumberScores scores =
        new NumberScores(
            trained.broadcast(dataset.sparkSession().sparkContext()), getFeaturesCol());
    Column prediction =
        udf(scores, DataTypes.DoubleType)
            .apply(col(getFeaturesCol()))
            .as(
                getPredictionCol(),
                transformSchema(dataset.schema()).apply(getPredictionCol()).metadata());
    return dataset.select(col("*"), prediction);
  }

  @Override
  public double predict(Vector features) {
    return new RowPredictor(trained.network(), getFeaturesCol())
        .predict(features, y -> (double) y[0]);
  }

  @Override
  public LanewiseRegressionModel copy(ParamMap extra) {
    return copyValues(new LanewiseRegressionModel(uid, trained), extra).setParent(parent());
  }

  /** {@return what writes Spark's metadata and the network, a file {@code model.lanewise}} */
  @Override
  public MLWriter write() {
    return new ModelWriter(this, trained);
  }

  /** {@return what reads a model that was saved} */
  public static MLReader<LanewiseRegressionModel> read() {
    return new ModelReader<>(LanewiseRegressionModel.class, LanewiseRegressionModel::new);
  }

  /**
   * Reads a model that was saved.
   *
   * @param path its directory, on any Hadoop file system
   * @return the model, with every bit as it was
   */
  public static LanewiseRegressionModel load(String path) {
    return read().load(path);
  }

  @Override
  public String toString() {
    return "LanewiseRegressionModel: uid=%s, numFeatures=%d, parameters=%d"
        .formatted(uid, numFeatures(), trained.network().parameterCount());
  }
}
