package dev.lanewise.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.Backend;
import dev.lanewise.data.RowShards;
import dev.lanewise.loop.LocalModel;
import dev.lanewise.loop.LocalSgd;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rounds in Spark give the bits of the engine's, whatever rows and tasks are cut into. */
class RoundsTest {
  /** After all rounds with 8 shards: on any machine, and for ever. */
  static final String CRC = "f5d96b0a";

  private static SparkSession spark;

  @BeforeAll
  static void open() {
    spark = Sessions.local(2);
  }

  @AfterAll
  static void close() {
    spark.stop();
  }

  @Test
  void theEngineAloneGivesTheBits() {
    LocalModel model = Examples.start(Examples.SGD);
    for (int round = 0; round < Examples.ROUNDS; round++) {
      model =
          Examples.SGD.round(
              model,
              RowShards.deal(Examples.dataset(), Examples.SHARDS, Examples.SEED),
              2,
              Backend.preferred());
    }
    assertEquals(CRC, Examples.crc(model));
  }

  @ParameterizedTest
  @CsvSource({"1, 8, false", "3, 4, false", "7, 2, false", "7, 1, true", "3, 0, true"})
  void sparkGivesThemHoweverRowsAndTasksAreCut(int partitions, int tasks, boolean sparse) {
    assertEquals(CRC, trained(Examples.SGD, partitions, tasks, sparse, RoundSettings.standard()));
  }

  private static String trained(
      LocalSgd sgd, int partitions, int tasks, boolean sparse, RoundSettings settings) {
    try (ShardedRows rows =
        Examples.deal(Examples.rows(spark, sparse, partitions), sgd.shards(), tasks)) {
      return Examples.crc(
          Rounds.run(rows, null, sgd, Examples.start(sgd), Examples.ROUNDS, settings));
    }
  }
}
