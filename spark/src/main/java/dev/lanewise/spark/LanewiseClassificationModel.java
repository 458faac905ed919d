package dev.lanewise.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import dev.lanewise.Network;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * A network that tells classes. The probabilities are its outputs, to the bit; {@code
 * rawPrediction} has their natural logarithms, at least -103.3. Where several columns are asked
 * for, one prediction gives all; a column with an empty name is left out. Any number of threads may
 * predict.
 */
public final class LanewiseClassificationModel
    extends ProbabilisticClassificationModel<Vector, LanewiseClassificationModel>
    implements LanewiseParams, MLWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private final TrainedNetwork trained;

  // Scala's traits ask for the uid while they are made.
  LanewiseClassificationModel(String uid, TrainedNetwork trained) {
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
   * @return a loss for each round; {@code NaN} for those that a checkpoint made up for
   */
  public double[] lossHistory() {
    return trained.losses();
  }

  /** {@return the loss of rows for validation after each round, likewise; empty without any} */
  public double[] validationLossHistory() {
    return trained.validationLosses();
  }

  /** {@return how many classes there are} */
  @Override
  public int numClasses() {
    return trained.network().outputs();
  }

  /** {@return how many features a vector has} */
  @Override
  public int numFeatures() {
    return trained.network().inputs();
  }

  /**
   * Adds columns to rows.
   *
   * @param dataset rows with a column of vectors
   * @return them with the columns whose names are not empty
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = transformSchema(dataset.schema());
    double[] thresholds = checkedThresholds();
    ClassScores scores =
        new ClassScores(
            trained.broadcast(dataset.sparkSession().sparkContext()),
            getFeaturesCol(),
            !getRawPredictionCol().isEmpty(),
            !getProbabilityCol().isEmpty(),
            !getPredictionCol().isEmpty(),
            thresholds);
    if (scores.type().isEmpty()) {
      return dataset.toDF();
    }
    String all = uid + "__scores";
    List<Column> columns = new ArrayList<>(List.of(col("*")));
    for (String field : scores.type().fieldNames()) {
      String name =
          switch (field) {
            case ClassScores.RAW -> getRawPredictionCol();
            case ClassScores.PROBABILITY -> getProbabilityCol();
            default -> getPredictionCol();
          };
      columns.add(col(all).getField(field).as(name, schema.apply(name).metadata()));
    }
    return dataset
        .withColumn(all, udf(scores, scores.type()).apply(col(getFeaturesCol())))
        .select(columns.toArray(Column[]::new))
        .drop(all);
  }

  private double[] checkedThresholds() {
    return isDefined(thresholds()) ? ClassCount.fitting(getThresholds(), numClasses()) : null;
  }

  private float[] outputs(Vector features) {
    return new RowPredictor(trained.network(), getFeaturesCol()).predict(features, float[]::clone);
  }

  @Override
  public double predict(Vector features) {
    return ClassScores.prediction(outputs(features), checkedThresholds());
  }

  @Override
  public Vector predictRaw(Vector features) {
    return ClassScores.raw(outputs(features));
  }

  @Override
  public Vector predictProbability(Vector features) {
    return ClassScores.probabilities(outputs(features));
  }

  @Override
  public Vector raw2probabilityInPlace(Vector raw) {
    DenseVector dense = (DenseVector) raw;
    double[] values = dense.values();
    for (int c = 0; c < values.length; c++) {
      values[c] = StrictMath.exp(values[c]);
    }
    normalizeToProbabilitiesInPlace(dense);
    return dense;
  }

  // With its type javac takes the methods of two ancestors for different ones.
  @Override
  @SuppressWarnings({"rawtypes", "unchecked"})
  public scala.Tuple3 findSummaryModel() {
    return super.findSummaryModel();
  }

  @Override
  public LanewiseClassificationModel copy(ParamMap extra) {
    return copyValues(new LanewiseClassificationModel(uid, trained), extra).setParent(parent());
  }

  /** {@return what writes Spark's metadata and the network, a file {@code model.lanewise}} */
  @Override
  public MLWriter write() {
    return new ModelWriter(this, trained);
  }

  /** {@return what reads a model that was saved} */
  public static MLReader<LanewiseClassificationModel> read() {
    return new ModelReader<>(LanewiseClassificationModel.class, LanewiseClassificationModel::new);
  }

  /**
   * Reads a model that was saved.
   *
   * @param path its directory, on any Hadoop file system
   * @return the model, with every bit as it was
   */
  public static LanewiseClassificationModel load(String path) {
    return read().load(path);
  }

  @Override
  public String toString() {
    return "LanewiseClassificationModel: uid=%s, numFeatures=%d, numClasses=%d, parameters=%d"
        .formatted(uid, numFeatures(), numClasses(), trained.network().parameterCount());
  }
}
