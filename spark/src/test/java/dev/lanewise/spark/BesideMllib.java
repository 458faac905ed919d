package dev.lanewise.spark;

import dev.lanewise.data.Idx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Times Lanewise beside the perceptron of Spark's own library, in turn, in one session: how long
 * they take to 95 % of the digits, for an epoch of a table, and for predictions. The arguments are
 * the master and, for the digits, the files of the first 10,000 MNIST images and labels.
 */
final class BesideMllib {
  private static final int TURNS = 3;
  private static final int INPUTS = 50;
  private static final int CLASSES = 5;

  private final SparkSession session;

  private BesideMllib(SparkSession session) {
    this.session = session;
  }

  public static void main(String[] args) throws Exception {
    try (SparkSession session = Measured.session(args[0])) {
      BesideMllib beside = new BesideMllib(session);
      if (args.length > 2) {
        beside.digits(Path.of(args[1]), Path.of(args[2]));
      }
      beside.epoch(1_000_000);
      beside.predictions(1_000_000, 64);
      beside.predictions(100_000, 512, 512);
    }
  }

  private void digits(Path images, Path labels) throws Exception {
    List<Row> rows = rows(Idx.images(images), Idx.labels(labels));
    var training = cached(rows.subList(0, 8_000));
    var test = cached(rows.subList(8_000, rows.size()));
    var theirs =
        new MultilayerPerceptronClassifier()
            .setLayers(new int[] {784, 128, 10})
            .setMaxIter(45)
            .setBlockSize(512)
            .setSeed(1);
    var ours =
        new LanewiseClassifier()
            .setHiddenLayers("128")
            .setOptimizer("sgd")
            .setLearningRate(0.1)
            .setStandardize(false)
            .setSchedule("constant")
            .setBatchSize(32)
            .setRounds(7)
            .setSeed(1);
    var accuracy = new MulticlassClassificationEvaluator().setMetricName("accuracy");
    for (int turn = 0; turn <= TURNS; turn++) {
      for (Estimator<?> estimator : List.of(theirs, ours)) {
        Model<?>[] model = new Model<?>[1];
        double seconds = seconds(() -> model[0] = (Model<?>) estimator.fit(training));
        say(
            turn,
            "digits 784-128-10",
            estimator,
            "%6.2f s, accuracy %.4f",
            seconds,
            accuracy.evaluate(model[0].transform(test)));
      }
    }
    training.unpersist();
    test.unpersist();
  }

  private Dataset<Row> cached(List<Row> rows) {
    return Measured.cached(session.createDataFrame(rows, Measured.SCHEMA).repartition(2));
  }

  private void epoch(int rows) {
    var training = Measured.table(session, rows, INPUTS, CLASSES);
    for (int turn = 0; turn <= TURNS; turn++) {
      for (Estimator<?> estimator : List.of(perceptron(1, 64), lanewise(1, 64))) {
        double seconds = seconds(() -> estimator.fit(training));
        say(turn, rows + " rows, 50-64-5, an epoch", estimator, "%6.2f s", seconds);
      }
    }
    training.unpersist();
  }

  private void predictions(int rows, int... hidden) {
    var table = Measured.table(session, rows, INPUTS, CLASSES);
    var sample = table.limit(1_000);
    List<Transformer> models =
        List.of(
            (Transformer) perceptron(1, hidden).fit(sample),
            (Transformer) lanewise(1, hidden).fit(sample));
    String what = rows + " rows through " + Arrays.toString(hidden);
    for (int turn = 0; turn <= TURNS; turn++) {
      for (Transformer model : models) {
        double seconds =
            seconds(() -> model.transform(table).write().format("noop").mode("overwrite").save());
        say(turn, what, model, "%,10.0f rows/s", rows / seconds);
      }
    }
    table.unpersist();
  }

  /** An iteration of L-BFGS is an epoch, or a few where its line search looks again. */
  private static MultilayerPerceptronClassifier perceptron(int iterations, int... hidden) {
    int[] layers = new int[hidden.length + 2];
    System.arraycopy(hidden, 0, layers, 1, hidden.length);
    layers[0] = INPUTS;
    layers[layers.length - 1] = CLASSES;
    return new MultilayerPerceptronClassifier()
        .setLayers(layers)
        .setMaxIter(iterations)
        .setBlockSize(512)
        .setSeed(1);
  }

  private static LanewiseClassifier lanewise(int rounds, int... hidden) {
    return new LanewiseClassifier()
        .setHiddenLayers(hidden)
        .setOptimizer("sgd")
        .setStandardize(false)
        .setBatchSize(256)
        .setRounds(rounds)
        .setSeed(1);
  }

  private static List<Row> rows(Idx.Images images, int[] labels) {
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < labels.length; r++) {
      double[] x = new double[images.height() * images.width()];
      int at = r * x.length;
      Arrays.setAll(x, i -> images.pixels()[at + i]);
      rows.add(RowFactory.create(Vectors.dense(x), (double) labels[r]));
    }
    return rows;
  }

  private static double seconds(Runnable work) {
    long began = System.nanoTime();
    work.run();
    return (System.nanoTime() - began) * 1e-9;
  }

  private static void say(int turn, String what, Object who, String format, Object... values) {
    String when = turn == 0 ? "warm-up" : "turn " + turn;
    String name = who.getClass().getSimpleName();
    System.out.printf(
        Locale.ROOT, "%-34s %-8s %-38s " + format + "%n", prepend(what, when, name, values));
  }

  private static Object[] prepend(String what, String when, String name, Object[] values) {
    List<Object> all = new ArrayList<>(List.of(what, when, name));
    all.addAll(Arrays.asList(values));
    return all.toArray();
  }
}
