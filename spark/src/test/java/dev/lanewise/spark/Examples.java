package dev.lanewise.spark;

import dev.lanewise.Backend;
import dev.lanewise.Network;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.RowShards;
import dev.lanewise.data.RowSource;
import dev.lanewise.loop.LocalModel;
import dev.lanewise.loop.LocalSgd;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import dev.lanewise.model.TrainingOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows of 3 classes and 12 inputs, half of them 0, the same ones everywhere; and how to train. */
final class Examples {
  static final int ROWS = 600;
  static final int INPUTS = 12;
  static final int CLASSES = 3;
  static final int SHARDS = 8;
  static final long SEED = 7;
  static final int ROUNDS = 6;

  static final LocalSgd SGD = sgd(SHARDS);

  private Examples() {}

  static LocalSgd sgd(int shards) {
    Network network = network();
    TrainingOptions options = TrainingOptions.of(Loss.SOFTMAX_CROSS_ENTROPY, new Sgd(0.1f));
    return new LocalSgd(network.layers(), options, shards, 32)
        .withSeed(3)
        .withOuterMomentum(shards > 1 ? 0.25f : 0);
  }

  static Network network() {
    return Network.builder(INPUTS)
        .dense(16, Activation.RELU)
        .dense(CLASSES, Activation.SOFTMAX)
        .build();
  }

  static LocalModel start(LocalSgd sgd) {
    return sgd.start(network());
  }

  /** Returns the model after some rounds in this virtual machine. */
  static LocalModel trained(LocalSgd sgd, RowSource rows, int rounds) {
    List<RowSource> shards = RowShards.deal(rows, sgd.shards(), SEED);
    LocalModel model = start(sgd);
    for (int round = 0; round < rounds; round++) {
      model = sgd.round(model, shards, 2, Backend.preferred());
    }
    return model;
  }

  static float[] x() {
    SplittableRandom random = new SplittableRandom(5);
    float[] x = new float[ROWS * INPUTS];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextInt(4) < 3 ? 0 : random.nextInt(-64, 65) / 32f;
    }
    return x;
  }

  static int[] labels() {
    float[] x = x();
    int[] labels = new int[ROWS];
    for (int r = 0; r < ROWS; r++) {
      float sum = 0;
      for (int c = 0; c < INPUTS; c++) {
        sum += (c % 2 == 0 ? 1 : -1) * x[r * INPUTS + c];
      }
      labels[r] = sum < -0.5f ? 0 : sum < 0.5f ? 1 : 2;
    }
    return labels;
  }

  static Dataset dataset() {
    return Dataset.ofClasses(INPUTS, x(), labels(), CLASSES);
  }

  /** Returns the rows, shuffled, in some partitions. */
  static org.apache.spark.sql.Dataset<Row> rows(
      SparkSession spark, boolean sparse, int partitions) {
    float[] x = x();
    int[] labels = labels();
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < ROWS; r++) {
      double[] features = new double[INPUTS];
      for (int c = 0; c < INPUTS; c++) {
        features[c] = x[r * INPUTS + c];
      }
      Vector vector = Vectors.dense(features);
      rows.add(row(sparse ? vector.toSparse() : vector, (double) labels[r], (double) weight(r)));
    }
    Collections.shuffle(rows, new Random(partitions));
    return frame(spark, rows).repartition(partitions);
  }

  static float weight(int row) {
    return row % 5 / 2f;
  }

  static Row row(Vector features, Double label, Double weight) {
    return RowFactory.create(features, label, weight);
  }

  /** Returns rows in a table of their own. */
  static org.apache.spark.sql.Dataset<Row> frame(SparkSession spark, List<Row> rows) {
    StructType columns =
        new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("label", DataTypes.DoubleType)
            .add("weight", DataTypes.DoubleType);
    return spark.createDataFrame(rows, columns);
  }

  static ShardedRows deal(
      org.apache.spark.sql.Dataset<Row> rows, String weight, int shards, int tasks) {
    return ShardedRows.deal(rows, "features", "label", weight, CLASSES, true, shards, tasks, SEED);
  }

  /** Returns a checksum of a model's parameters. */
  static String crc(LocalModel model) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * model.parameters().length);
    bytes.asFloatBuffer().put(model.parameters());
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return String.format("%08x", crc.getValue());
  }
}
