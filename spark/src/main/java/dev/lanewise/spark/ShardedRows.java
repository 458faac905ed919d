package dev.lanewise.spark;

import dev.lanewise.data.Scaling;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Nondeterministic;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Sample;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Rows of a training set, dealt to shards and kept on executors until closed: in memory, or on disk
 * where that is short. Which rows a shard has, and in which order, follows from the rows and a seed
 * alone, see {@link dev.lanewise.data.RowShards}: a shard that is lost with its executor is made
 * again to the bit.
 */
final class ShardedRows implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ShardedRows.class);

  private final JavaSparkContext spark;
  private final RowSchema schema;
  private final int shards;
  private final JavaPairRDD<Integer, RowBlock> blocks;
  private final long rows;
  private final long fingerprint;

  private ShardedRows(
      JavaSparkContext spark,
      RowSchema schema,
      int shards,
      JavaPairRDD<Integer, RowBlock> blocks,
      long rows,
      long fingerprint) {
    this.spark = spark;
    this.schema = schema;
    this.shards = shards;
    this.blocks = blocks;
    this.rows = rows;
    this.fingerprint = fingerprint;
  }

  /**
   * Deals rows, and checks each of them.
   *
   * @param rows them
   * @param features the column of vectors, dense or sparse
   * @param label the column of labels, of any numeric type
   * @param weight the column of weights, of any numeric type; null where rows count alike
   * @param outputs how many classes there are, or 1
   * @param classes whether labels are classes, from 0
   * @param shards how many shards there are, at least 1; decides bits
   * @param tasks how many tasks a round has at most, each of shards that follow each other; 0 for
   *     as many as the cluster runs at the same time; changes no bit
   * @param seed of the hashes that deal
   * @return the shards
   * @throws IllegalArgumentException if there is no row, or one that cannot be learned from; the
   *     message shows its numbers
   */
  static ShardedRows deal(
      Dataset<Row> rows,
      String features,
      String label,
      String weight,
      int outputs,
      boolean classes,
      int shards,
      int tasks,
      long seed) {
    List<Column> columns = new ArrayList<>();
    columns.add(rows.col(features));
    columns.add(rows.col(label).cast("double"));
    if (weight != null) {
      columns.add(rows.col(weight).cast("double"));
    }
    Dataset<Row> read = rows.select(columns.toArray(Column[]::new));
    warnOfChanges(read);
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
    SparkJob job = new SparkJob(spark);
    int inputs = job.run("length of the features", () -> inputs(read, features));
    RowSchema schema = new RowSchema(features, label, weight, inputs, outputs, classes);
    int most = tasks == 0 ? slots(spark) : tasks;
    JavaPairRDD<Integer, RowBlock> blocks =
        read.toJavaRDD()
            .mapPartitionsToPair(new RowDealing(schema, shards, seed))
            .repartitionAndSortWithinPartitions(ShardPartitioner.atMost(most, shards))
            .mapPartitionsToPair(new ShardSorting(schema, seed), true)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      List<Tuple2<Integer, Long>> sizes =
          job.run(
              "rows to " + shards + " shards",
              () ->
                  blocks
                      .map(shard -> new Tuple2<>(shard._2().rows(), shard._2().fingerprint()))
                      .collect());
      long count = sizes.stream().mapToLong(Tuple2::_1).sum();
      if (count == 0) {
        throw noRow();
      }
      long sum = sizes.stream().mapToLong(Tuple2::_2).sum();
      return new ShardedRows(spark, schema, shards, blocks, count, sum);
    } catch (RuntimeException e) {
      blocks.unpersist(false);
      throw e;
    }
  }

  /**
   * Says so where rows may be others when a part of them is made again. What Spark calls not
   * deterministic is not asked: its own stages mark their functions so.
   */
  private static void warnOfChanges(Dataset<Row> rows) {
    if (rows.queryExecution().withCachedData().exists(ShardedRows::draws)) {
      LOG.warn(
          "The rows to train on are drawn at random, by rand(), sample, randomSplit or the like. If"
              + " Spark loses a part of them it makes it again, and training may go on with other"
              + " rows. Cache or checkpoint them before, or write them to a file.");
    }
  }

  private static boolean draws(LogicalPlan plan) {
    return plan instanceof Sample
        || plan.expressions().exists(e -> e.exists(part -> part instanceof Nondeterministic));
  }

  private static int inputs(Dataset<Row> read, String features) {
    int size = AttributeGroup.fromStructField(read.schema().fields()[0]).size();
    if (size > 0) {
      return size;
    }
    List<Row> first = read.select(read.columns()[0]).takeAsList(1);
    if (first.isEmpty()) {
      throw noRow();
    }
    Vector vector = first.getFirst().getAs(0);
    if (vector == null || vector.size() == 0) {
      throw new IllegalArgumentException(
          "the column "
              + features
              + " of the first row is "
              + (vector == null ? "null" : "a vector of no number")
              + "; expected a vector of at least 1 number: fill such rows or leave them out before"
              + " training");
    }
    return vector.size();
  }

  private static IllegalArgumentException noRow() {
    return new IllegalArgumentException(
        "there is no row to learn from; expected at least 1: look at the filters and joins before"
            + " training");
  }

  private static int slots(JavaSparkContext spark) {
    return Math.max(1, spark.defaultParallelism() / spark.getConf().getInt("spark.task.cpus", 1));
  }

  JavaSparkContext spark() {
    return spark;
  }

  /** Returns each shard that has rows, by its number; a partition's shards ascend. */
  JavaPairRDD<Integer, RowBlock> blocks() {
    return blocks;
  }

  int inputs() {
    return schema.inputs();
  }

  int outputs() {
    return schema.outputs();
  }

  int shards() {
    return shards;
  }

  /** Returns how many tasks go through all shards. */
  int tasks() {
    return blocks.getNumPartitions();
  }

  /** Returns how many rows there are, at least 1. */
  long rows() {
    return rows;
  }

  /** Returns a number that follows from all rows and their weights. */
  long fingerprint() {
    return fingerprint;
  }

  /** Computes means and deviations, the same bits on any cluster. */
  ColumnMoments moments() {
    return together(
        "means and deviations of " + inputs() + " features", ColumnMoments::of, ColumnMoments::and);
  }

  /**
   * Returns the same rows with labels that are scaled, one column: for targets of a regression.
   *
   * @param scaling for instance of {@link ColumnMoments#label}
   * @return rows that are kept as long as these are
   */
  ShardedRows withLabels(Scaling scaling) {
    float[] shift = scaling.shift();
    float[] factor = scaling.factor();
    JavaPairRDD<Integer, RowBlock> scaled =
        blocks.mapValues(block -> block.withLabels(new Scaling(shift, factor)));
    return new ShardedRows(spark, schema, shards, scaled, rows, fingerprint);
  }

  /** A function that is sent to executors. */
  interface OfShard<T> extends Function<RowBlock, T>, Serializable {}

  /** A function that is sent to executors. */
  interface OfBoth<T> extends BinaryOperator<T>, Serializable {}

  /** Computes something of each shard with rows, and puts it together in the fixed tree. */
  <T> T together(String description, OfShard<T> each, OfBoth<T> both) {
    ShardPartitioner parts = (ShardPartitioner) blocks.partitioner().get();
    return new SparkJob(spark)
        .run(
            description,
            () ->
                FixedTree.of(
                    blocks.mapPartitions(shards -> parts.together(shards, each, both)).collect(),
                    both));
  }

  /** Gives up what executors keep. */
  @Override
  public void close() {
    blocks.unpersist(false);
  }
}
