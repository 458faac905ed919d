package dev.lanewise.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import dev.lanewise.Network;
import dev.lanewise.NetworkBuilder;
import dev.lanewise.data.Scaling;
import dev.lanewise.loop.LocalModel;
import dev.lanewise.loop.LocalSgd;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Loss;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.ml.PredictorParams;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** One fit: of parameters and rows it makes a network that has learned. */
final class Training {
  private final LanewiseParams params;
  private final PredictorParams columns;
  private final int outputs;
  private final boolean classes;
  private final Loss loss;
  private final Network initial;
  private final RoundListener listener;

  /**
   * Says how to train.
   *
   * @param initial what training starts from, its layers as they are; null for a new network
   * @param listener is told of each round; null for nobody
   */
  private Training(
      LanewiseParams params,
      PredictorParams columns,
      int outputs,
      boolean classes,
      Loss loss,
      Network initial,
      RoundListener listener) {
    this.params = params;
    this.columns = columns;
    this.outputs = outputs;
    this.classes = classes;
    this.loss = loss;
    this.initial = initial;
    this.listener = listener;
  }

  static Training of(
      LanewiseClassifier classifier,
      int count,
      Loss loss,
      Network initial,
      RoundListener listener) {
    return new Training(classifier, classifier, count, true, loss, initial, listener);
  }

  static Training of(
      LanewiseRegressor regressor, Loss loss, Network initial, RoundListener listener) {
    return new Training(regressor, regressor, 1, false, loss, initial, listener);
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

  private static DataType type(StructType schema, String param, String column) {
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

  TrainedNetwork fit(Dataset<?> dataset) {
    Dataset<Row> rows = dataset.toDF();
    String indicator = params.getValidationIndicatorCol();
    if (indicator.isEmpty()) {
      try (ShardedRows all = deal(rows)) {
        return fit(all, null);
      }
    }
    Column held = coalesce(col(indicator), lit(false));
    try (ShardedRows train = deal(rows.filter(not(held)));
        ShardedRows validation = deal(rows.filter(held))) {
      require(
          train.inputs() == validation.inputs(),
          "rows for validation have "
              + validation.inputs()
              + " features, but the others "
              + train.inputs());
      return fit(train, validation);
    }
  }

  private ShardedRows deal(Dataset<Row> rows) {
    String weight = params.getWeightCol();
    return ShardedRows.deal(
        rows,
        columns.getFeaturesCol(),
        columns.getLabelCol(),
        weight.isEmpty() ? null : weight,
        outputs,
        classes,
        params.getShards(),
        params.getTasks(),
        params.getSeed());
  }

  private TrainedNetwork fit(ShardedRows rows, ShardedRows validation) {
    if (initial != null) {
      return goOn(rows, validation);
    }
    ColumnMoments moments = params.getStandardize() || !classes ? rows.moments() : null;
    Scaling inputs = params.getStandardize() ? moments.inputs() : null;
    Activation last = classes ? Activation.SOFTMAX : Activation.IDENTITY;
    Network network =
        new NetworkPlan(params).network(rows.inputs(), inputs, outputs, last, params.getSeed());
    return classes
        ? run(rows, validation, network)
        : scaled(rows, validation, network, moments.label().inverse());
  }

  private TrainedNetwork goOn(ShardedRows rows, ShardedRows validation) {
    require(
        initial.inputs() == rows.inputs() && initial.outputs() == outputs,
        "the model to start from has "
            + initial.inputs()
            + " features and "
            + initial.outputs()
            + " outputs, but the rows have "
            + rows.inputs()
            + " and "
            + outputs
            + ": start from a model of such rows");
    if (classes) {
      return run(rows, validation, initial.copy());
    }
    int last = initial.layers().size() - 1;
    float[] back = initial.buffers(last);
    return scaled(
        rows,
        validation,
        withLayers(initial, last),
        new Scaling(new float[] {back[0]}, new float[] {back[1]}));
  }

  /** Learns labels that are scaled, and ends the network with a layer that takes that back. */
  private TrainedNetwork scaled(
      ShardedRows rows, ShardedRows validation, Network network, Scaling back) {
    Scaling labels = back.inverse();
    TrainedNetwork scaled =
        run(
            rows.withLabels(labels),
            validation == null ? null : validation.withLabels(labels),
            network);
    Network whole = withLayers(network, network.layers().size(), back);
    return new TrainedNetwork(whole, scaled.losses(), scaled.validationLosses());
  }

  /** Returns a network of the first layers of another one, and of one that scales. */
  private static Network withLayers(Network network, int count, Scaling... last) {
    NetworkBuilder builder = Network.builder(network.inputs());
    network.layers().subList(0, count).forEach(builder::layer);
    Stream.of(last).forEach(builder::normalization);
    Network first = builder.build(network.parameters());
    for (int l = 0; l < count; l++) {
      first.setBuffers(l, network.buffers(l));
    }
    return first;
  }

  private TrainedNetwork run(ShardedRows rows, ShardedRows validation, Network network) {
    LocalSgd sgd = LearningPlan.of(params, loss, network.layers());
    double[] losses = new double[params.getRounds()];
    double[] validationLosses = new double[validation == null ? 0 : losses.length];
    // Of rounds that a checkpoint made up for nothing is known.
    Arrays.fill(losses, Double.NaN);
    Arrays.fill(validationLosses, Double.NaN);
    RoundSettings settings =
        RoundSettings.standard()
            .withListener(
                round -> {
                  int place = (int) round.number() - 1;
                  losses[place] = round.loss();
                  if (validation != null) {
                    validationLosses[place] = round.validationLoss();
                  }
                  if (listener != null) {
                    listener.after(round);
                  }
                });
    LocalModel start = sgd.start(network);
    if (!params.getCheckpointDir().isEmpty()) {
      // Each fit has a directory of its own: a CrossValidator makes several, some at a time.
      String description = RunDescription.of(sgd, rows, start).toString();
      UUID name = UUID.nameUUIDFromBytes(description.getBytes(StandardCharsets.UTF_8));
      settings =
          settings.withCheckpoints(
              params.getCheckpointDir() + "/" + name, params.getCheckpointInterval());
    }
    Rounds.run(rows, validation, sgd, start, losses.length, settings).putInto(network);
    return new TrainedNetwork(network, losses, validationLosses);
  }
}
