package dev.lanewise.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.DivergenceException;
import dev.lanewise.Network;
import dev.lanewise.Trainer;
import dev.lanewise.data.RowShards;
import dev.lanewise.data.RowSource;
import dev.lanewise.data.Scaling;
import dev.lanewise.loop.LocalModel;
import dev.lanewise.loop.LocalSgd;
import dev.lanewise.loop.TrainingLoop;
import dev.lanewise.model.AdamW;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import dev.lanewise.model.TrainingOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    LocalModel model = Examples.trained(Examples.SGD, Examples.dataset(), Examples.ROUNDS);
    assertEquals(CRC, Examples.crc(model));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 8, false, 1000000",
    "3, 4, false, 0",
    "7, 2, false, 0",
    "7, 1, true, 0",
    "3, 0, true, 0"
  })
  void sparkGivesThemHoweverRowsAndTasksAndSumsAreCut(
      int partitions, int tasks, boolean sparse, long collectLimit) {
    RoundSettings settings = RoundSettings.standard().withCollectLimit(collectLimit);
    try (ShardedRows rows =
        Examples.deal(Examples.rows(spark, sparse, partitions), null, Examples.SHARDS, tasks)) {
      assertEquals(tasks == 0 ? 2 : tasks, rows.tasks());
      assertEquals(CRC, Examples.crc(run(rows, Examples.SGD, settings)));
    }
  }

  private static LocalModel run(ShardedRows rows, LocalSgd sgd, RoundSettings settings) {
    return Rounds.run(rows, null, sgd, Examples.start(sgd), Examples.ROUNDS, settings);
  }

  @Test
  void oneShardIsATrainingLoopToTheBitSparseRowsAndWeightsAmongIt() {
    TrainingOptions options = TrainingOptions.of(Loss.SOFTMAX_CROSS_ENTROPY, new AdamW(0.01f));
    Network looped = Examples.network();
    LocalSgd sgd = new LocalSgd(looped.layers(), options, 1, 32).withSeed(3);
    float[] weights = new float[Examples.ROWS];
    for (int r = 0; r < weights.length; r++) {
      weights[r] = Examples.weight(r);
    }
    RowSource data = Examples.dataset().withWeights(weights);
    try (Trainer trainer = new Trainer(looped, options, 1);
        ShardedRows rows = Examples.deal(Examples.rows(spark, true, 3), "weight", 1, 0)) {
      new TrainingLoop(trainer, RowShards.sorted(data, Examples.SEED))
          .epochs(Examples.ROUNDS)
          .batchSize(32)
          .seed(3)
          .run();
      LocalModel model = run(rows, sgd, RoundSettings.standard());
      assertArrayEquals(looped.parameters(), model.parameters());
    }
  }

  @Test
  void aShardsNumberThatIsNoPowerOfTwoIsCutIntoSubtreesToo() {
    LocalSgd sgd =
        new LocalSgd(Examples.network().layers(), Examples.SGD.options(), 6, 36).withSeed(2);
    try (ShardedRows rows = Examples.deal(Examples.rows(spark, false, 2), null, 6, 4)) {
      assertEquals(3, rows.tasks());
      LocalModel model = run(rows, sgd, RoundSettings.standard());
      LocalModel alone = Examples.trained(sgd, Examples.dataset(), Examples.ROUNDS);
      assertArrayEquals(alone.parameters(), model.parameters());
    }
  }

  @Test
  void momentsAreThoseOfAllRowsAndTheSameBitsForSparseOnes() {
    try (ShardedRows dense = Examples.deal(Examples.rows(spark, false, 3), null, 8, 8);
        ShardedRows sparse = Examples.deal(Examples.rows(spark, true, 2), null, 8, 2)) {
      Scaling inputs = dense.moments().inputs();
      Scaling expected = Scaling.standard(Examples.dataset());
      assertArrayEquals(expected.shift(), inputs.shift(), 1e-6f);
      assertArrayEquals(expected.factor(), inputs.factor(), 1e-6f);
      assertArrayEquals(inputs.shift(), sparse.moments().inputs().shift());
      assertArrayEquals(inputs.factor(), sparse.moments().inputs().factor());
      assertEquals(1f, dense.moments().label().shift()[0], 0.2f);
    }
  }

  @Test
  void aListenerIsToldOfEachRoundAndOfTheLossOfRowsThatAreNotLearnedFrom() {
    List<RoundListener.Round> told = new ArrayList<>();
    try (ShardedRows rows = Examples.deal(Examples.rows(spark, false, 2), null, 8, 2);
        ShardedRows other = Examples.deal(Examples.rows(spark, true, 2), "weight", 4, 2)) {
      LocalModel model =
          Rounds.run(
              rows,
              other,
              Examples.SGD,
              Examples.start(Examples.SGD),
              2,
              RoundSettings.standard().withListener(told::add));
      assertEquals(List.of(1L, 2L), told.stream().map(RoundListener.Round::number).toList());
      assertEquals(model.loss(), told.get(1).loss());
      assertEquals(Examples.ROWS, told.get(1).rows());
      Network network = Examples.network();
      model.putInto(network);
      float[] weights = new float[Examples.ROWS];
      for (int r = 0; r < weights.length; r++) {
        weights[r] = Examples.weight(r);
      }
      try (Trainer trainer = new Trainer(network, Examples.SGD.options(), 1)) {
        double expected = trainer.loss(Examples.dataset().withWeights(weights));
        assertEquals(expected, told.get(1).validationLoss(), 1e-6);
      }
    }
  }

  @Test
  void aDriverThatStopsGoesOnFromItsCheckpointToTheSameBits(@TempDir Path directory)
      throws IOException {
    RoundSettings settings = RoundSettings.standard().withCheckpoints(directory.toString(), 1);
    try (ShardedRows rows = Examples.deal(Examples.rows(spark, false, 2), null, 8, 4)) {
      RoundListener stop =
          round -> {
            if (round.number() == 4) {
              throw new CancellationException("enough");
            }
          };
      assertThrows(
          CancellationException.class, () -> run(rows, Examples.SGD, settings.withListener(stop)));
      assertEquals(List.of("round-000000003", "round-000000004"), visible(directory));
      // The last one is lost: the one before does as well.
      Files.write(directory.resolve("round-000000004"), new byte[100]);
      List<Long> told = new ArrayList<>();
      RoundSettings again = settings.withListener(round -> told.add(round.number()));
      assertEquals(CRC, Examples.crc(run(rows, Examples.SGD, again)));
      assertEquals(List.of(4L, 5L, 6L), told);
      assertEquals(List.of("round-000000005", "round-000000006"), visible(directory));
    }
  }

  @Test
  void anotherDriverGoesOnFromTheCheckpointsOfOneThatWasKilled(@TempDir Path directory)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(KilledDriver.class.getName(), directory.toString()));
    Process driver =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader out = driver.inputReader()) {
      assertEquals(CRC, out.readLine());
      assertEquals("kill me", out.readLine());
    } finally {
      driver.destroyForcibly().onExit().join();
    }
    List<Long> told = new ArrayList<>();
    RoundSettings settings =
        RoundSettings.standard()
            .withCheckpoints(directory.toString(), 1)
            .withListener(round -> told.add(round.number()));
    try (ShardedRows rows = Examples.deal(Examples.rows(spark, true, 2), null, 8, 4)) {
      assertEquals(CRC, Examples.crc(run(rows, Examples.SGD, settings)));
    }
    assertEquals(List.of(4L, 5L, 6L), told);
  }

  private static List<String> visible(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  @Test
  void aCheckpointOfOtherSettingsRowsOrRoundsIsRefusedAndSaysWhatDiffers(@TempDir Path directory) {
    RoundSettings settings = RoundSettings.standard().withCheckpoints(directory.toString(), 1);
    try (ShardedRows rows = Examples.deal(Examples.rows(spark, false, 2), null, 8, 4);
        ShardedRows weighted = Examples.deal(Examples.rows(spark, false, 2), "weight", 8, 4)) {
      LocalModel start = Examples.start(Examples.SGD);
      Rounds.run(rows, null, Examples.SGD, start, 2, settings);
      assertRefused(
          "with the seed 3, but here it is 4",
          () -> Rounds.run(rows, null, Examples.SGD.withSeed(4), start, 2, settings));
      assertRefused(
          "with the fingerprint of the rows ",
          () -> Rounds.run(weighted, null, Examples.SGD, start, 2, settings));
      assertRefused(
          "has made 2 rounds, but only 1 are asked for",
          () -> Rounds.run(rows, null, Examples.SGD, start, 1, settings));
    }
  }

  private static void assertRefused(String why, org.junit.jupiter.api.function.Executable run) {
    String message = assertThrows(IllegalArgumentException.class, run).getMessage();
    assertTrue(message.contains(why), message);
  }

  @Test
  void noRowAtAllIsRefused() {
    assertRefused(
        "there is no row to learn from; expected at least 1",
        () -> Examples.deal(Examples.rows(spark, false, 2).filter("label > 5"), null, 8, 4));
  }

  @Test
  void rowsThatMayBeOthersTheNextTimeAreWarnedOfUnlessTheyAreCached() {
    Dataset<Row> random = Examples.rows(spark, false, 2).filter(functions.rand(1).lt(0.5));
    assertEquals(1, warnings(random));
    assertEquals(0, warnings(random.cache()));
    Dataset<Row> rows = Examples.rows(spark, false, 2);
    assertEquals(1, warnings(rows.randomSplit(new double[] {1, 1}, 1)[0]));
    assertEquals(0, warnings(rows));
    Dataset<Row> indexed =
        new StringIndexer().setInputCol("label").setOutputCol("index").fit(rows).transform(rows);
    assertEquals(0, warnings(indexed.drop("label").withColumnRenamed("index", "label")));
  }

  private static int warnings(Dataset<Row> rows) {
    Logger logger = (Logger) LogManager.getLogger(ShardedRows.class);
    List<String> messages = new ArrayList<>();
    AbstractAppender appender =
        new AbstractAppender("list", null, null, true, Property.EMPTY_ARRAY) {
          @Override
          public void append(LogEvent event) {
            messages.add(event.getMessage().getFormattedMessage());
          }
        };
    appender.start();
    logger.addAppender(appender);
    try {
      Examples.deal(rows, null, 8, 2).close();
      messages.forEach(message -> assertTrue(message.contains("rand()"), message));
      return messages.size();
    } finally {
      logger.removeAppender(appender);
    }
  }

  @ParameterizedTest
  @CsvSource({"1000000", "0"})
  void divergenceReachesTheUserAsItself(long collectLimit) {
    LocalSgd sgd =
        new LocalSgd(
            Examples.network().layers(),
            TrainingOptions.of(Loss.SOFTMAX_CROSS_ENTROPY, new Sgd(1e30f)),
            8,
            32);
    try (ShardedRows rows = Examples.deal(Examples.rows(spark, false, 2), null, 8, 4)) {
      DivergenceException diverged =
          assertThrows(
              DivergenceException.class,
              () -> run(rows, sgd, RoundSettings.standard().withCollectLimit(collectLimit)));
      assertEquals(1e30f, diverged.learningRate());
    }
  }
}
