package dev.lanewise.spark;

import dev.lanewise.Network;
import dev.lanewise.model.Loss;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.Regressor;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a dense network that tells a number, on rows of a vector of features and a label. Labels
 * of any size will do: the network learns them brought to mean 0 and standard deviation 1, and its
 * last layer takes that back. The same rows, {@code shards}, seed and other parameters give the
 * same bits on any cluster, however rows are ordered and partitioned.
 *
 * <pre>{@code
 * LanewiseRegressionModel model = new LanewiseRegressor().setRounds(10).fit(training);
 * Dataset<Row> predicted = model.transform(test);
 * }</pre>
 */
public final class LanewiseRegressor
    extends Regressor<Vector, LanewiseRegressor, LanewiseRegressionModel>
    implements LanewiseEstimator<LanewiseRegressor>, MLWritable {
  private enum LossName {
    SQUARED,
    ABSOLUTE,
    HUBER
  }

  private static final long serialVersionUID = 1;

  /** In standard deviations of the label. */
  private static final float HUBER_DELTA = 1;

  private final String uid;
  private transient RoundListener listener;
  private transient LanewiseRegressionModel initial;

  /** Makes an estimator with the usual parameters and a name of its own. */
  public LanewiseRegressor() {
    this(Identifiable$.MODULE$.randomUID("lanewiseRegressor"));
  }

  /**
   * Makes an estimator with the usual parameters.
   *
   * @param uid its name, by which Spark tells stages apart
   */
  // Scala's traits ask for the uid while they are made.
  public LanewiseRegressor(String uid) {
    this.uid = uid;
    super();
    Defaults.setOn(this);
    setDefault(loss(), Parameter.word(LossName.SQUARED));
  }

  /** {@return the name of this stage} */
  @Override
  public String uid() {
    return uid;
  }

  /** {@return what training minimises} Default: squared. */
  public Param<String> loss() {
    return Parameter.word(
        this,
        "loss",
        "what training minimises, huber being absolute from 1 standard deviation on",
        LossName.class);
  }

  /** {@return what training minimises} */
  public String getLoss() {
    return getOrDefault(loss());
  }

  /**
   * Sets {@code loss}.
   *
   * @param value squared, absolute or huber
   * @return this estimator
   */
  public LanewiseRegressor setLoss(String value) {
    set(loss(), value);
    return this;
  }

  /**
   * Says who is told of each round, on the driver.
   *
   * @param newListener it; null for nobody. Not saved, and not sent anywhere.
   * @return this estimator
   */
  public LanewiseRegressor onRound(RoundListener newListener) {
    this.listener = newListener;
    return this;
  }

  /**
   * Says which model the next training goes on from, with rows to come: of a stream's batches, for
   * instance. Its network keeps its layers and how it scales features and labels, whatever the
   * parameters say.
   *
   * @param model it; null to start anew. Not saved, and not sent anywhere.
   * @return this estimator
   */
  public LanewiseRegressor startFrom(LanewiseRegressionModel model) {
    this.initial = model;
    return this;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Training.check(this, schema);
    return super.transformSchema(schema);
  }

  @Override
  public LanewiseRegressionModel train(Dataset<?> dataset) {
    Loss function =
        switch (Parameter.constant(LossName.class, getLoss())) {
          case SQUARED -> Loss.MEAN_SQUARED_ERROR;
          case ABSOLUTE -> Loss.MEAN_ABSOLUTE_ERROR;
          case HUBER -> Loss.huber(HUBER_DELTA);
        };
    TrainedNetwork trained = Training.of(this, function, network(), listener).fit(dataset);
    return new LanewiseRegressionModel(
        Identifiable$.MODULE$.randomUID("lanewiseRegressionModel"), trained);
  }

  private Network network() {
    return initial == null ? null : initial.network();
  }

  @Override
  public LanewiseRegressor copy(ParamMap extra) {
    return this.<LanewiseRegressor>defaultCopy(extra).onRound(listener).startFrom(initial);
  }

  @Override
  public MLWriter write() {
    return new ModelWriter(this, null);
  }

  /** {@return what reads an estimator that was saved} */
  public static MLReader<LanewiseRegressor> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * Reads an estimator that was saved.
   *
   * @param path its directory, on any Hadoop file system
   * @return the estimator, with its parameters
   */
  public static LanewiseRegressor load(String path) {
    return read().load(path);
  }
}
