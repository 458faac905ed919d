package dev.lanewise.spark;

import dev.lanewise.Network;
import dev.lanewise.model.Loss;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a dense network that tells classes, on rows of a vector of features and a label from 0.
 * The same rows, {@code shards}, seed and other parameters give the same bits on any cluster,
 * however rows are ordered and partitioned.
 *
 * <pre>{@code
 * LanewiseClassifier classifier =
 *     new LanewiseClassifier().setHiddenLayers("128,64").setRounds(10);
 * LanewiseClassificationModel model = classifier.fit(training);
 * Dataset<Row> predicted = model.transform(test);
 * }</pre>
 *
 * <p>How many classes there are tells the label's metadata, as StringIndexer gives it; without them
 * the largest label does, up to {@value ClassCount#MOST} classes.
 */
public final class LanewiseClassifier
    extends ProbabilisticClassifier<Vector, LanewiseClassifier, LanewiseClassificationModel>
    implements LanewiseEstimator<LanewiseClassifier>, MLWritable {
  private static final long serialVersionUID = 1;

  private final String uid;
  private transient RoundListener listener;
  private transient LanewiseClassificationModel initial;

  /** Makes an estimator with the usual parameters and a name of its own. */
  public LanewiseClassifier() {
    this(Identifiable$.MODULE$.randomUID("lanewiseClassifier"));
  }

  /**
   * Makes an estimator with the usual parameters.
   *
   * @param uid its name, by which Spark tells stages apart
   */
  // Scala's traits ask for the uid while they are made.
  public LanewiseClassifier(String uid) {
    this.uid = uid;
    super();
    Defaults.setOn(this);
    setDefault(labelSmoothing(), 0.0);
  }

  /** {@return the name of this stage} */
  @Override
  public String uid() {
    return uid;
  }

  /** {@return how far the targets of classes are moved towards equal ones} Default: 0. */
  public DoubleParam labelSmoothing() {
    return Parameter.fraction(
        this,
        "labelSmoothing",
        "how far the targets of classes are moved towards equal probabilities");
  }

  /** {@return how far the targets of classes are moved towards equal ones} */
  public double getLabelSmoothing() {
    return (Double) getOrDefault(labelSmoothing());
  }

  /**
   * Sets {@code labelSmoothing}.
   *
   * @param value at least 0 and below 1
   * @return this estimator
   */
  public LanewiseClassifier setLabelSmoothing(double value) {
    set(labelSmoothing(), value);
    return this;
  }

  /**
   * Says who is told of each round, on the driver.
   *
   * @param newListener it; null for nobody. Not saved, and not sent anywhere.
   * @return this estimator
   */
  public LanewiseClassifier onRound(RoundListener newListener) {
    this.listener = newListener;
    return this;
  }

  /**
   * Says which model the next training goes on from, with rows to come: of a stream's batches, for
   * instance. Its network keeps its layers and how it scales features, whatever the parameters say.
   *
   * @param model it; null to start anew. Not saved, and not sent anywhere.
   * @return this estimator
   */
  public LanewiseClassifier startFrom(LanewiseClassificationModel model) {
    this.initial = model;
    return this;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    Training.check(this, schema);
    return super.transformSchema(schema);
  }

  @Override
  public LanewiseClassificationModel train(Dataset<?> dataset) {
    int classes = initial == null ? ClassCount.of(dataset, getLabelCol()) : initial.numClasses();
    if (isDefined(thresholds())) {
      ClassCount.fitting(getThresholds(), classes);
    }
    Loss loss = Loss.softmaxCrossEntropy((float) getLabelSmoothing());
    TrainedNetwork trained = Training.of(this, classes, loss, network(), listener).fit(dataset);
    return new LanewiseClassificationModel(
        Identifiable$.MODULE$.randomUID("lanewiseClassificationModel"), trained);
  }

  private Network network() {
    return initial == null ? null : initial.network();
  }

  @Override
  public LanewiseClassifier copy(ParamMap extra) {
    return this.<LanewiseClassifier>defaultCopy(extra).onRound(listener).startFrom(initial);
  }

  @Override
  public MLWriter write() {
    return new ModelWriter(this, null);
  }

  /** {@return what reads an estimator that was saved} */
  public static MLReader<LanewiseClassifier> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * Reads an estimator that was saved.
   *
   * @param path its directory, on any Hadoop file system
   * @return the estimator, with its parameters
   */
  public static LanewiseClassifier load(String path) {
    return read().load(path);
  }
}
