package dev.lanewise.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.lanewise.Backend;
import dev.lanewise.Network;
import dev.lanewise.NetworkBuilder;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.RowShards;
import dev.lanewise.data.RowSource;
import dev.lanewise.data.Scaling;
import dev.lanewise.loop.LocalModel;
import dev.lanewise.loop.LocalSgd;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Loss;
import java.util.List;
import org.apache.spark.ml.PredictorParams;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** One fit: of parameters and rows it makes a network that has learned. */
final class Training {
  private final LanewiseParams params;
  private final String features;
  private final String label;
  private final org.apache.spark.sql.Dataset<?> rows;

  Training(LanewiseParams params, PredictorParams columns, org.apache.spark.sql.Dataset<?> rows) {
    this.params = params;
    this.features = columns.getFeaturesCol();
    this.label = columns.getLabelCol();
    this.rows = rows;
  }

  /** Refuses parameters that do not go together, and columns that are not there. */
  static void check(LanewiseParams params, StructType schema) {
    int shards = params.getShards();
    require(
        params.getBatchSize() % shards == 0,
        "batchSize counts the rows of all shards, so for "
            + shards
            + " shards it must be a multiple of "
            + shards
            + ", but was "
            + params.getBatchSize());
    String weight = params.getWeightCol();
    require(
        weight.isEmpty() || type(schema, "weightCol", weight) instanceof NumericType,
        "weightCol: column '" + weight + "' must hold numbers");
    String validation = params.getValidationIndicatorCol();
    require(
        validation.isEmpty()
            || type(schema, "validationIndicatorCol", validation) instanceof BooleanType,
        "validationIndicatorCol: column '" + validation + "' must hold true or false");
  }

  private static Object type(StructType schema, String param, String column) {
    require(
        List.of(schema.fieldNames()).contains(column),
        param
            + ": there is no column '"
            + column
            + "'; there are "
            + String.join(", ", schema.fieldNames()));
    return schema.apply(column).dataType();
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  TrainedNetwork classes(int classes, Loss loss) {
    return fit(classes, true, loss);
  }

  TrainedNetwork numbers(Loss loss) {
    return fit(1, false, loss);
  }

  private TrainedNetwork fit(int outputs, boolean classes, Loss loss) {
    Dataset data = collected(outputs, classes);
    Scaling inputs = params.getStandardize() ? Scaling.standard(data) : null;
    Scaling targets = classes ? null : Scaling.standard(1, data.targets());
    if (!classes) {
      float[] scaled = data.targets().clone();
      targets.apply(data.rows(), scaled);
      Dataset same = new Dataset(data.inputs(), data.x(), 1, scaled);
      data = data.hasWeights() ? same.withWeights(data.weights()) : same;
    }
    Network network =
        new NetworkPlan(params)
            .network(
                data.inputs(),
                inputs,
                outputs,
                classes ? Activation.SOFTMAX : Activation.IDENTITY,
                params.getSeed());
    LocalSgd sgd = LearningPlan.of(params, loss, network.layers());
    List<RowSource> shards = RowShards.deal(data, sgd.shards(), sgd.seed());
    LocalModel model = sgd.start(network);
    double[] losses = new double[params.getRounds()];
    for (int round = 0; round < losses.length; round++) {
      model = sgd.round(model, shards, 2, Backend.preferred());
      losses[round] = model.loss();
    }
    model.putInto(network);
    return new TrainedNetwork(
        classes ? network : withTrueOutputs(network, targets), losses, new double[0]);
  }

  /** Returns a network with a last layer that takes the scaling of labels back. */
  private static Network withTrueOutputs(Network network, Scaling labels) {
    NetworkBuilder builder = Network.builder(network.inputs());
    network.layers().forEach(builder::layer);
    Network whole = builder.normalization(labels.inverse()).build(network.parameters());
    for (int l = 0; l < network.layers().size(); l++) {
      whole.setBuffers(l, network.buffers(l));
    }
    return whole;
  }

  private Dataset collected(int outputs, boolean classes) {
    String weight = params.getWeightCol();
    Column weights = weight.isEmpty() ? lit(1.0) : col(weight).cast(DataTypes.DoubleType);
    List<Row> all = rows.select(col(features), col(label), weights).collectAsList();
    int inputs = all.getFirst().<Vector>getAs(0).size();
    float[] x = new float[all.size() * inputs];
    float[] t = new float[all.size() * outputs];
    float[] w = new float[all.size()];
    for (int r = 0; r < w.length; r++) {
      double[] values = all.get(r).<Vector>getAs(0).toArray();
      for (int i = 0; i < inputs; i++) {
        x[r * inputs + i] = (float) values[i];
      }
      double value = all.get(r).getDouble(1);
      t[r * outputs + (classes ? (int) value : 0)] = classes ? 1 : (float) value;
      w[r] = (float) all.get(r).getDouble(2);
    }
    Dataset data = new Dataset(inputs, x, outputs, t);
    return weight.isEmpty() ? data : data.withWeights(w);
  }
}
