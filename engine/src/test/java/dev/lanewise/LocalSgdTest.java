package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.RowShards;
import dev.lanewise.data.RowSource;
import dev.lanewise.data.SparseDataset;
import dev.lanewise.loop.History;
import dev.lanewise.loop.LocalModel;
import dev.lanewise.loop.LocalSgd;
import dev.lanewise.loop.ShardModel;
import dev.lanewise.loop.TrainingLoop;
import dev.lanewise.metric.Classification;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Adam;
import dev.lanewise.model.AdamW;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Schedule;
import dev.lanewise.model.Sgd;
import dev.lanewise.model.TrainingOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shards learn by themselves and are averaged, to the same bits wherever that happens. */
class LocalSgdTest {
  private static final Dataset SPIRALS = Dataset.spirals(500, 5);
  private static final TrainingOptions SGD =
      TrainingOptions.of(Loss.SOFTMAX_CROSS_ENTROPY, new Sgd(0.1f));

  private static Network network(Backend backend) {
    return Network.builder(2)
        .dense(24, Activation.IDENTITY)
        .batchNorm(Activation.RELU)
        .dropout(0.1f)
        .dense(2, Activation.SOFTMAX)
        .initializer(Initializer.HE, 3)
        .backend(backend)
        .build();
  }

  private static LocalModel run(
      LocalSgd sgd, Network network, List<? extends RowSource> shards, int rounds, int threads) {
    LocalModel model = sgd.start(network);
    for (int r = 0; r < rounds; r++) {
      model = sgd.round(model, shards, threads, network.backend());
    }
    return model;
  }

  private static String crc(LocalModel model) {
    return Long.toHexString(Samples.checksum(model.parameters()))
        + " "
        + Long.toHexString(Samples.checksum(model.buffers()));
  }

  private static void assertOneShardIsATrainingLoop(
      TrainingOptions options, UnaryOperator<LocalSgd> settings, int rounds, int epochs) {
    Dataset data = SPIRALS.withWeights(weights());
    Network looped = network(Backend.SCALAR);
    LocalSgd sgd = settings.apply(new LocalSgd(looped.layers(), options, 1, 32).withSeed(7));
    LocalModel model = run(sgd, looped, List.of(data), rounds, 1);
    try (Trainer trainer = new Trainer(looped, options, 1)) {
      History history =
          new TrainingLoop(trainer, data)
              .epochs(epochs)
              .batchSize(32)
              .seed(7)
              .schedule(sgd.schedule(), sgd.unit())
              .run();
      assertArrayEquals(looped.parameters(), model.parameters());
      assertArrayEquals(looped.buffers(), model.buffers());
      if (sgd.roundSteps() == 0) {
        assertEquals(history.last().loss(), model.loss());
        assertEquals(500, model.rows());
      }
    }
  }

  private static float[] weights() {
    float[] weights = new float[SPIRALS.rows()];
    for (int r = 0; r < weights.length; r++) {
      weights[r] = r % 7;
    }
    return weights;
  }

  @Test
  void oneShardIsATrainingLoopToTheBit() {
    assertOneShardIsATrainingLoop(SGD, sgd -> sgd, 4, 4);
    for (TrainingOptions options :
        List.of(
            TrainingOptions.of(SGD.loss(), new Sgd(0.1f).withNesterovMomentum(0.9f)),
            TrainingOptions.of(SGD.loss(), new AdamW(0.01f)).clipNorm(1).seed(4),
            TrainingOptions.of(Loss.SQUARED_ERROR, new Adam(0.001f)).accumulate(3))) {
      assertOneShardIsATrainingLoop(options, sgd -> sgd, 4, 4);
    }
  }

  @Test
  void roundsAreCutAnywhereAndSchedulesGoOnOverThem() {
    // An epoch has 16 steps.
    TrainingOptions adam = TrainingOptions.of(SGD.loss(), new AdamW(0.01f));
    Schedule schedule = Schedule.warmUp(5).then(Schedule.cosine(40, 0));
    assertOneShardIsATrainingLoop(
        adam, sgd -> sgd.withRoundSteps(6).withSchedule(schedule, Schedule.Unit.STEP), 8, 3);
    assertOneShardIsATrainingLoop(
        adam,
        sgd -> sgd.withRoundSteps(24).withSchedule(Schedule.exponential(0.5), Schedule.Unit.EPOCH),
        2,
        3);
  }

  @ParameterizedTest
  @EnumSource
  void neitherThreadsNorBackendsChangeABit(Backend backend) {
    Network network = network(backend);
    List<RowSource> shards = RowShards.deal(SPIRALS, 8, 1);
    LocalSgd sgd = new LocalSgd(network.layers(), SGD, 8, 64).withSeed(9).withOuterMomentum(0.5f);
    for (int threads = 1; threads <= 3; threads++) {
      assertEquals(
          "b335c5c1 3492afc6", crc(run(sgd, network, shards, 5, threads)), threads + " threads");
    }
  }

  @Test
  void theOrderOfRowsDoesNotChangeABit() {
    Network network = network(Backend.SCALAR);
    LocalSgd sgd = new LocalSgd(network.layers(), SGD, 8, 64);
    String expected = crc(run(sgd, network, RowShards.deal(SPIRALS, 8, 1), 3, 1));
    List<Integer> order = new ArrayList<>();
    for (int r = 0; r < SPIRALS.rows(); r++) {
      order.add(r);
    }
    Collections.reverse(order);
    Collections.rotate(order, 123);
    Dataset shuffled = SPIRALS.select(order.stream().mapToInt(r -> r).toArray());
    assertEquals(expected, crc(run(sgd, network, RowShards.deal(shuffled, 8, 1), 3, 2)));
  }

  @Test
  void sparseRowsLearnAsDenseOnesDo() {
    SparseSamples rows = SparseSamples.of(300, 40, 0.2f, 3);
    float[] targets = Samples.numbers(300, 8);
    SparseDataset sparse = new SparseDataset(rows.sparse(), 1, targets);
    Dataset dense = new Dataset(40, rows.dense(), 1, targets);
    Network network =
        Network.builder(40).dense(9, Activation.TANH).dense(1, Activation.IDENTITY).build();
    TrainingOptions options = TrainingOptions.of(Loss.MEAN_SQUARED_ERROR, new Sgd(0.1f));
    LocalSgd sgd = new LocalSgd(network.layers(), options, 4, 32);
    assertEquals(
        crc(run(sgd, network, RowShards.deal(dense, 4, 1), 3, 1)),
        crc(run(sgd, network, RowShards.deal(sparse, 4, 1), 3, 1)));
  }

  @Test
  void aSingleRowLeftOverTeachesABatchNormNothing() {
    Network network = network(Backend.SCALAR);
    Dataset five = SPIRALS.select(1, 2, 3, 4, 5);
    LocalSgd sgd = new LocalSgd(network.layers(), SGD, 2, 4);
    LocalModel start = sgd.start(network);
    assertEquals(4, sgd.learn(start, 0, five, Backend.SCALAR).rows());
    Dataset one = SPIRALS.select(1);
    ShardModel nothing = sgd.learn(start, 0, one, Backend.SCALAR);
    assertEquals(0, nothing.weight());
    assertArrayEquals(start.parameters(), nothing.parameters());
    refused("nothing to learn from", () -> sgd.round(start, List.of(one, one), 1, Backend.SCALAR));
  }

  private static ShardModel made(int shard, double weight, float... parameters) {
    return new ShardModel(
        shard, shard + 1, (long) weight, weight, shard, parameters, new float[] {shard}, null);
  }

  private static LocalSgd shards(int count) {
    return new LocalSgd(network(Backend.SCALAR).layers(), SGD, count, 2 * count);
  }

  private static float[] mean(float[] a, float[] b, double part) {
    float[] mean = new float[a.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = a[i] + (b[i] - a[i]) * (float) part;
    }
    return mean;
  }

  @Test
  void theTreeIsCutAtTheHighestPowerOfTwo() {
    List<ShardModel> parts = new ArrayList<>();
    float[][] p = new float[6][];
    for (int s = 0; s < 6; s++) {
      p[s] = Samples.numbers(100, s);
      parts.add(made(s, 10, p[s]));
    }
    float[] firstFour = mean(mean(p[0], p[1], 0.5), mean(p[2], p[3], 0.5), 0.5);
    float[] expected = mean(firstFour, mean(p[4], p[5], 0.5), 1.0 / 3);
    Collections.reverse(parts);
    ShardModel average = shards(6).average(parts);
    assertArrayEquals(expected, average.parameters());
    assertEquals(0, average.first());
    assertEquals(6, average.end());
    assertEquals(60, average.rows());
    assertEquals(2.5, average.loss(), 1e-15);
    assertEquals(2.5, average.buffers()[0], 1e-6);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 11, 16})
  void alignedBlocksAreAveragedElsewhere(int count) {
    LocalSgd sgd = shards(count);
    List<ShardModel> parts = new ArrayList<>();
    for (int s = 0; s < count; s++) {
      if (s % 5 != 3) {
        parts.add(made(s, 100 + 7 * s, Samples.numbers(20, s)));
      }
    }
    float[] expected = sgd.average(parts).parameters();
    for (int block = 1; block <= count; block *= 2) {
      List<ShardModel> blocks = new ArrayList<>();
      for (int from = 0; from < count; from += block) {
        int first = from;
        int end = from + block;
        List<ShardModel> inside =
            parts.stream().filter(part -> part.first() >= first && part.end() <= end).toList();
        if (!inside.isEmpty()) {
          blocks.add(sgd.average(inside));
        }
      }
      assertArrayEquals(expected, sgd.average(blocks).parameters());
    }
  }

  private static void refused(String problem, Runnable what) {
    String message = assertThrows(IllegalArgumentException.class, what::run).getMessage();
    assertTrue(message.contains(problem), message);
  }

  @Test
  void whatIsNoSubtreeIsRefused() {
    LocalSgd sgd = shards(4);
    ShardModel zero = made(0, 1, 1);
    ShardModel three = made(3, 1, 1);
    ShardModel across = sgd.average(List.of(made(1, 1, 1), made(2, 1, 1)));
    refused("shards 1 to 2 is no subtree", () -> sgd.average(List.of(zero, across)));
    refused("shard 3 is there twice", () -> sgd.average(List.of(three, zero, three)));
    refused("there are 2 shards, but shard 3", () -> shards(2).average(List.of(three)));
    refused("at least 1 shard", () -> sgd.average(List.of()));
    refused("different networks", () -> sgd.average(List.of(zero, made(1, 1, 1, 2))));
  }

  @Test
  void anAverageIsWeightedByWhatWasLearnedFrom() {
    LocalSgd sgd = shards(4);
    ShardModel average = sgd.average(List.of(made(0, 30, 1), made(1, 10, 5), made(3, 0, 99)));
    assertEquals(2, average.parameters()[0]);
    assertEquals(0.25, average.loss());
    assertEquals(40, average.weight());
    ShardModel nothing = sgd.average(List.of(made(0, 0, 7), made(1, 0, 7)));
    assertEquals(7, nothing.parameters()[0]);
    assertEquals(7, sgd.average(List.of(nothing, made(2, 3, 7))).parameters()[0]);
  }

  @Test
  void emptyShardsAreAsIfTheyWereNotThere() {
    Network network = network(Backend.SCALAR);
    Dataset few = SPIRALS.select(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    List<RowSource> shards = RowShards.deal(few, 32, 1);
    assertTrue(shards.stream().anyMatch(shard -> shard.rows() == 0));
    LocalSgd sgd = new LocalSgd(network.layers(), SGD, 32, 64).withRoundSteps(1);
    LocalModel model = run(sgd, network, shards, 3, 2);
    List<ShardModel> parts = new ArrayList<>();
    LocalModel start = sgd.start(network);
    for (int s = 0; s < 32; s++) {
      if (shards.get(s).rows() > 0) {
        parts.add(sgd.learn(start, s, shards.get(s), Backend.SCALAR));
      }
    }
    LocalModel one = sgd.next(start, sgd.average(parts));
    assertEquals(crc(run(sgd, network, shards, 1, 1)), crc(one));
    assertEquals(3, model.round());
    List<RowSource> none = Collections.nCopies(32, shards.get(emptyOne(shards)));
    refused("all 32 shards are empty", () -> sgd.round(start, none, 1, Backend.SCALAR));
    refused("must have rows of 2 inputs", () -> sgd.learn(start, 0, none.get(0), Backend.SCALAR));
  }

  private static int emptyOne(List<RowSource> shards) {
    int s = 0;
    while (shards.get(s).rows() > 0) {
      s++;
    }
    return s;
  }

  @Test
  void frozenLayersKeepTheirBits() {
    Network network = network(Backend.SCALAR);
    LocalSgd sgd = new LocalSgd(network.layers(), SGD.freeze(0, 1), 3, 30).withOuterMomentum(0.5f);
    run(sgd, network, RowShards.deal(SPIRALS, 3, 1), 4, 1).putInto(network);
    Network fresh = network(Backend.SCALAR);
    assertArrayEquals(fresh.weights(0), network.weights(0));
    assertArrayEquals(fresh.weights(1), network.weights(1));
    assertArrayEquals(fresh.buffers(), network.buffers());
    assertFalse(Arrays.equals(fresh.weights(3), network.weights(3)));
  }

  @Test
  void learningChangesNothingThatItIsGivenAndMayBeRepeated() {
    Network network = network(Backend.SCALAR);
    LocalSgd sgd = new LocalSgd(network.layers(), SGD, 2, 32);
    RowSource rows = RowShards.deal(SPIRALS, 2, 1).get(1);
    LocalModel start = sgd.start(network);
    float[] before = start.parameters().clone();
    ShardModel first = sgd.learn(start, 1, rows, Backend.SCALAR);
    ShardModel again = sgd.learn(start, 1, rows, Backend.SCALAR);
    assertArrayEquals(first.parameters(), again.parameters());
    assertArrayEquals(before, start.parameters());
    assertArrayEquals(before, network.parameters());
    assertNull(first.trainer());
    ShardModel other = sgd.learn(start, 0, rows, Backend.SCALAR);
    assertFalse(Arrays.equals(first.parameters(), other.parameters()));
  }

  @Test
  void outerMomentumGoesOnWhereTheAverageWent() {
    LocalSgd sgd =
        new LocalSgd(network(Backend.SCALAR).layers(), SGD, 2, 8).withOuterMomentum(0.5f);
    float[] none = {};
    LocalModel model = new LocalModel(3, 0, 0, new float[] {1}, none, new float[] {4}, null);
    LocalModel next = sgd.next(model, made(0, 1, 2));
    assertEquals(3, next.velocity()[0]);
    assertEquals(3.5f, next.parameters()[0]);
    assertEquals(4, next.round());
    refused("a velocity", () -> sgd.next(model.withoutVelocity(), made(0, 1, 2)));
  }

  private static Object sent(Object value) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    return new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
  }

  @Test
  void allPartsMayBeMadeInOtherVirtualMachines() throws Exception {
    Network network = network(Backend.SCALAR);
    TrainingOptions adam = TrainingOptions.of(SGD.loss(), new Adam(0.01f));
    for (int count : new int[] {1, 4}) {
      LocalSgd sgd =
          new LocalSgd(network.layers(), adam, count, 32)
              .withSchedule(Schedule.cosine(3, 0), Schedule.Unit.EPOCH)
              .withOuterMomentum(0.25f);
      List<RowSource> shards = RowShards.deal(SPIRALS, count, 1);
      LocalSgd there = (LocalSgd) sent(sgd);
      assertEquals(sgd, there);
      LocalModel model = sgd.start(network);
      for (int r = 0; r < 3; r++) {
        LocalModel received = (LocalModel) sent(model.withoutVelocity());
        List<ShardModel> parts = new ArrayList<>();
        for (int s = 0; s < count; s++) {
          parts.add((ShardModel) sent(there.learn(received, s, shards.get(s), Backend.VECTOR)));
        }
        model = sgd.next(model, sgd.average(parts));
      }
      assertEquals(crc(run(sgd, network, shards, 3, 1)), crc(model));
    }
  }

  /** Points about ten centres, so wide that clouds overlap. */
  private static Dataset clouds(int rows, int seed) {
    float[] centres = Samples.numbers(10 * 16, 1);
    float[] x = Samples.numbers(rows * 16, seed);
    int[] labels = new int[rows];
    for (int i = 0; i < x.length; i++) {
      labels[i / 16] = i / 16 % 10;
      x[i] += centres[labels[i / 16] * 16 + i % 16];
    }
    return Dataset.ofClasses(16, x, labels, 10);
  }

  private static double accuracyAfterTenRounds(int shards, float outerMomentum) {
    Network network =
        Network.builder(16)
            .dense(32, Activation.RELU)
            .dense(10, Activation.SOFTMAX)
            .initializer(Initializer.HE, 2)
            .build();
    LocalSgd sgd = new LocalSgd(network.layers(), SGD, shards, 32).withOuterMomentum(outerMomentum);
    run(sgd, network, RowShards.deal(clouds(4_000, 2), shards, 1), 10, 2).putInto(network);
    return network
        .evaluate(clouds(2_000, 3), Classification.ACCURACY)
        .score(Classification.ACCURACY);
  }

  @Test
  void eightShardsLearnAsWellAsOne() {
    double one = accuracyAfterTenRounds(1, 0);
    double eight = accuracyAfterTenRounds(8, 0);
    double withMomentum = accuracyAfterTenRounds(8, 0.5f);
    String seen = one + ", " + eight + ", " + withMomentum;
    assertTrue(one > 0.9 && eight > one - 0.01 && withMomentum > one - 0.01, seen);
  }

  @Test
  void lossesThatAreSumsAreAddedUp() {
    Network network = network(Backend.SCALAR);
    TrainingOptions options = TrainingOptions.of(Loss.SQUARED_ERROR, new Sgd(0));
    List<RowSource> shards = RowShards.deal(SPIRALS, 4, 1);
    LocalSgd sgd = new LocalSgd(network.layers(), options, 4, 64);
    LocalModel start = sgd.start(network);
    double sum = 0;
    for (int s = 0; s < 4; s++) {
      sum += sgd.learn(start, s, shards.get(s), Backend.SCALAR).loss();
    }
    assertEquals(sum, sgd.round(start, shards, 1, Backend.SCALAR).loss(), 1e-9);
  }

  @Test
  void numbersThatAreNoneAreNamedWithTheirRow() {
    Network network = network(Backend.SCALAR);
    float[] x = SPIRALS.x().clone();
    x[2 * 77 + 1] = Float.NaN;
    Dataset broken = new Dataset(2, x, 2, SPIRALS.targets());
    LocalSgd sgd = new LocalSgd(network.layers(), SGD, 2, 32);
    LocalModel start = sgd.start(network);
    DivergenceException e =
        assertThrows(
            DivergenceException.class,
            () -> sgd.round(start, List.of(SPIRALS, broken), 2, Backend.SCALAR));
    assertTrue(e.getMessage().contains("input 1 of row 77 is NaN"), e::getMessage);
    float[] targets = SPIRALS.targets().clone();
    targets[2 * 33] = -1;
    Dataset negative = new Dataset(2, SPIRALS.x(), 2, targets);
    refused("33", () -> sgd.round(start, List.of(negative, SPIRALS), 1, Backend.SCALAR));
  }

  @Test
  void wrongSettingsAreRefused() {
    Network network = network(Backend.SCALAR);
    LocalSgd sgd = new LocalSgd(network.layers(), SGD, 8, 64);
    refused(
        "for 8 shards it must be a multiple of 8, but was 36",
        () -> new LocalSgd(network.layers(), SGD, 8, 36));
    refused("multiple of 8, but was 0", () -> new LocalSgd(network.layers(), SGD, 8, 0));
    refused("at least 1 shard, not 0", () -> new LocalSgd(network.layers(), SGD, 0, 32));
    refused("make batchSize 16 or more", () -> new LocalSgd(network.layers(), SGD, 8, 8));
    refused("at least 1 layer", () -> new LocalSgd(List.of(), SGD, 8, 8));
    refused("names layer 9", () -> new LocalSgd(network.layers(), SGD.freeze(9), 8, 64));
    refused("at least 0 steps, not -1", () -> sgd.withRoundSteps(-1));
    refused("below 1, but was 1.0", () -> sgd.withOuterMomentum(1));
    refused("must be a multiple of them, but was 0", () -> accumulated(0));
    refused("must be a multiple of them, but was 7", () -> accumulated(7));
    assertEquals(9, accumulated(9).roundSteps());
    Network other = Network.builder(2).dense(2, Activation.SOFTMAX).build();
    refused("the network must have the layers", () -> sgd.start(other));
    LocalModel start = sgd.start(network);
    refused("rows of 1", () -> sgd.round(start, List.of(SPIRALS), 1, Backend.SCALAR));
    refused("threads", () -> sgd.round(start, Collections.nCopies(8, SPIRALS), 0, Backend.SCALAR));
  }

  private static LocalSgd accumulated(int roundSteps) {
    return new LocalSgd(
        network(Backend.SCALAR).layers(),
        SGD.accumulate(3),
        2,
        32,
        roundSteps,
        0,
        Schedule.constant(),
        Schedule.Unit.STEP,
        0);
  }
}
