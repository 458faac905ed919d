package dev.lanewise.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.lanewise.Network;
import dev.lanewise.data.Dataset;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows for tests, each with an id, features and a label. */
final class TestRows {
  private static final StructType TYPE =
      new StructType()
          .add("id", DataTypes.IntegerType)
          .add("features", SQLDataTypes.VectorType())
          .add("label", DataTypes.DoubleType);

  private TestRows() {}

  /** Two spirals about each other: no straight line parts them. */
  static org.apache.spark.sql.Dataset<Row> spirals(int rows, long seed) {
    Dataset data = Dataset.spirals(rows, seed);
    List<Row> all = new ArrayList<>();
    for (int r = 0; r < data.rows(); r++) {
      double[] x = new double[data.inputs()];
      for (int i = 0; i < x.length; i++) {
        x[i] = data.x()[r * x.length + i];
      }
      double label = 0;
      for (int c = 0; c < data.outputs(); c++) {
        label = data.targets()[r * data.outputs() + c] == 1 ? c : label;
      }
      all.add(RowFactory.create(r, Vectors.dense(x), label));
    }
    return of(all);
  }

  /** Labels about 1,000 that follow a curve in two of three features. */
  static org.apache.spark.sql.Dataset<Row> curve(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Row> all = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      double a = random.nextDouble(-2, 2);
      double b = random.nextDouble(-2, 2);
      double label = 1_000 + 50 * Math.sin(2 * a) + 20 * b * b;
      all.add(RowFactory.create(r, Vectors.dense(a, b, random.nextDouble()), label));
    }
    return of(all);
  }

  static org.apache.spark.sql.Dataset<Row> of(List<Row> rows) {
    return EstimatorsTest.spark().createDataFrame(rows, TYPE).cache();
  }

  static org.apache.spark.sql.Dataset<Row> row(Vector features) {
    return of(List.of(RowFactory.create(0, features, 0.0)));
  }

  /** Returns which part of rows is predicted right. */
  static double accuracy(org.apache.spark.sql.Dataset<Row> predicted) {
    return (double) predicted.filter(col("prediction").equalTo(col("label"))).count()
        / predicted.count();
  }

  /** Returns all of some columns, row by row in the order of their ids, as text. */
  static List<String> values(org.apache.spark.sql.Dataset<Row> rows, String... columns) {
    return rows.orderBy("id").select("id", columns).collectAsList().stream()
        .map(Row::toString)
        .toList();
  }

  static org.apache.spark.sql.Dataset<Row> shuffled(
      org.apache.spark.sql.Dataset<Row> rows, int partitions) {
    return rows.orderBy(col("id").multiply(lit(7_919)).mod(lit(1_000))).repartition(partitions);
  }

  /** Returns the checksum of a network's parameters. */
  static String crc(Network network) {
    CRC32C crc = new CRC32C();
    for (float value : network.parameters()) {
      crc.update(ByteBuffer.allocate(Float.BYTES).putFloat(0, value));
    }
    return Long.toHexString(crc.getValue());
  }
}
