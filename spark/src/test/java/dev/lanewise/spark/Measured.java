package dev.lanewise.spark;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What is measured with: a session, and tables that it makes itself. */
final class Measured {
  static final StructType SCHEMA =
      new StructType()
          .add("features", new VectorUDT(), false)
          .add("label", DataTypes.DoubleType, false);

  private static final int PARTS = 10;

  private Measured() {}

  static SparkSession session(String master) {
    return SparkSession.builder()
        .master(master)
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate();
  }

  /** Returns points about a centre for each class, kept in memory. */
  static Dataset<Row> table(SparkSession session, int rows, int inputs, int classes) {
    List<Integer> parts = IntStream.range(0, PARTS).boxed().toList();
    int each = rows / PARTS;
    return cached(
        session.createDataFrame(
            session
                .createDataset(parts, Encoders.INT())
                .repartition(PARTS)
                .toJavaRDD()
                .flatMap(part -> part(part, each, inputs, classes)),
            SCHEMA));
  }

  static Dataset<Row> cached(Dataset<Row> rows) {
    Dataset<Row> cached = rows.cache();
    cached.count();
    return cached;
  }

  private static Iterator<Row> part(int part, int rows, int inputs, int classes) {
    Random random = new Random(part);
    List<Row> made = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      double[] x = new double[inputs];
      for (int i = 0; i < x.length; i++) {
        x[i] = random.nextGaussian() + (i % classes == r % classes ? 1 : 0);
      }
      made.add(RowFactory.create(Vectors.dense(x), (double) (r % classes)));
    }
    return made.iterator();
  }
}
