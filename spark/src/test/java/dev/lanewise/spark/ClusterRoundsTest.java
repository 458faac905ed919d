package dev.lanewise.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two executors, each a process: they give the same bits, also where one is lost. */
class ClusterRoundsTest {
  private static SparkSession spark;

  @BeforeAll
  static void open() {
    spark = Sessions.cluster(2);
  }

  @AfterAll
  static void close() {
    spark.stop();
  }

  @Test
  void executorsGiveTheBitsByCollectAndBySlicesAlsoWhereOneIsKilled() {
    RoundSettings slices = RoundSettings.standard().withCollectLimit(0);
    assertEquals(RoundsTest.CRC, trained(4, RoundSettings.standard()));
    assertEquals(RoundsTest.CRC, trained(2, slices.withListener(round -> killOneAfter(2, round))));
  }

  private static String trained(int tasks, RoundSettings settings) {
    try (ShardedRows rows = Examples.deal(Examples.rows(spark, false, 3), null, 8, tasks)) {
      return Examples.crc(
          Rounds.run(
              rows, null, Examples.SGD, Examples.start(Examples.SGD), Examples.ROUNDS, settings));
    }
  }

  /** The tasks of the next round are on their way to it. */
  private static void killOneAfter(long number, RoundListener.Round round) {
    if (round.number() == number) {
      List<Long> processes =
          JavaSparkContext.fromSparkContext(spark.sparkContext())
              .parallelize(List.of(1, 2, 3, 4), 4)
              .map(i -> ProcessHandle.current().pid())
              .collect();
      assertTrue(ProcessHandle.of(processes.getFirst()).get().destroyForcibly());
    }
  }

  @Test
  void aRefusedRowIsTheExceptionThatTheUserSees() {
    Dataset<Row> rows =
        Examples.rows(spark, false, 2)
            .union(
                Examples.frame(
                    spark, List.of(Examples.row(Vectors.dense(new double[12]), 3.0, 1.0))));
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Examples.deal(rows, null, 8, 2));
    assertEquals(
        "the label of a row is 3.0; expected a class, a whole number from 0 to 2: StringIndexer"
            + " makes classes of any values; for numbers take a regressor. The row: label 3.0,"
            + " features [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, ..]",
        refused.getMessage());
  }
}
