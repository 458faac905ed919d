package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.data.Dataset;
import dev.lanewise.loop.EarlyStopping;
import dev.lanewise.loop.History;
import dev.lanewise.loop.TrainingCallback;
import dev.lanewise.loop.TrainingLoop;
import dev.lanewise.metric.Classification;
import dev.lanewise.model.Activation;
import dev.lanewise.model.AdaGrad;
import dev.lanewise.model.Adam;
import dev.lanewise.model.AdamW;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Lion;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Optimizer;
import dev.lanewise.model.Plateau;
import dev.lanewise.model.RmsProp;
import dev.lanewise.model.Schedule;
import dev.lanewise.model.Sgd;
import dev.lanewise.model.TrainingOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Training that was interrupted and resumed gives the bits of training that was not. */
class ResumeTest {
  private static final Dataset DATA = Dataset.spirals(60, 5);
  private static final Plateau PLATEAU = new Plateau(Plateau.Mode.MIN, 0.5, 0, 1e-4, 0, 0);

  @TempDir private Path directory;

  static List<Optimizer> optimizers() {
    return List.of(
        new Sgd(0.1f),
        new Sgd(0.1f, 0.9f, true, 0.01f),
        new Adam(0.05f),
        new AdamW(0.05f),
        new RmsProp(0.01f, 0.9f, 1e-8f, 0.5f, true, 0),
        new AdaGrad(0.1f, 1e-10f, 0.25f, 0),
        new Lion(0.01f));
  }

  private static Trainer trainer(TrainingOptions options, Backend backend, int threads) {
    Network network =
        Network.builder(2)
            .normalization()
            .dense(9, Activation.IDENTITY)
            .batchNorm(Activation.TANH)
            .dropout(0.25f)
            .dense(2, Activation.SOFTMAX)
            .initializer(Initializer.XAVIER, 3)
            .backend(backend)
            .build();
    network.setBuffers(0, new float[] {0.1f, -0.1f, 2, 3});
    return new Trainer(network, options, threads);
  }

  private static TrainingOptions options(Optimizer optimizer) {
    return TrainingOptions.of(Loss.SOFTMAX_CROSS_ENTROPY, optimizer).seed(4).clipValue(1);
  }

  /** Everything that has a state, over batches of 16, 16 and 13 rows. */
  private static TrainingLoop loop(Trainer trainer) {
    return new TrainingLoop(trainer, DATA)
        .epochs(7)
        .batchSize(16)
        .seed(9)
        .validationFraction(0.25)
        .metrics(Classification.ACCURACY, Classification.LOG_LOSS)
        .schedule(Schedule.cosine(30, 1e-4), Schedule.Unit.STEP)
        .plateau(PLATEAU)
        .earlyStopping(new EarlyStopping(3, 0.01, null));
  }

  private static final class Interruption extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Notes each step's loss and, at a step, ends the run by an exception or by asking. */
  private static final class Interrupter implements TrainingCallback {
    private final long last;
    private final boolean thrown;
    private final Map<Long, Double> losses;

    Interrupter(long last, boolean thrown, Map<Long, Double> losses) {
      this.last = last;
      this.thrown = thrown;
      this.losses = losses;
    }

    @Override
    public boolean afterStep(long step, int rows, double loss) {
      losses.put(step, loss);
      if (step == last && thrown) {
        throw new Interruption();
      }
      return step != last;
    }
  }

  /** What a run left: losses of its steps, history without times, network, learning rate. */
  private record Outcome(
      Map<Long, Double> losses,
      List<History.Epoch> epochs,
      int best,
      History.End end,
      List<List<Integer>> network,
      float rate) {
    static Outcome of(Map<Long, Double> losses, History history, Trainer trainer) {
      List<History.Epoch> epochs = new ArrayList<>();
      for (History.Epoch e : history.epochs()) {
        assertTrue(e.seconds() > 0);
        epochs.add(
            new History.Epoch(
                e.number(),
                e.steps(),
                e.learningRate(),
                e.loss(),
                e.validationLoss(),
                e.metrics(),
                0));
      }
      List<List<Integer>> network = new ArrayList<>();
      network.add(bits(trainer.network().parameters()));
      for (int l = 0; l < trainer.network().layers().size(); l++) {
        network.add(bits(trainer.network().buffers(l)));
      }
      float rate = trainer.optimizer().learningRate();
      return new Outcome(losses, epochs, history.best(), history.end(), network, rate);
    }

    private static List<Integer> bits(float[] numbers) {
      List<Integer> bits = new ArrayList<>();
      for (float number : numbers) {
        bits.add(Float.floatToRawIntBits(number));
      }
      return bits;
    }
  }

  private static Outcome undisturbed(TrainingOptions options) {
    Map<Long, Double> losses = new TreeMap<>();
    Trainer trainer = trainer(options, Backend.SCALAR, 1);
    History history = loop(trainer).callback(new Interrupter(-1, false, losses)).run();
    return Outcome.of(losses, history, trainer);
  }

  /** An exception loses what came after the last checkpoint; asking writes one at that step. */
  private static void interruptedEverywhere(TrainingOptions options, Path directory)
      throws IOException {
    Outcome expected = undisturbed(options);
    long steps = expected.losses().size();
    assertTrue(steps >= 9, () -> "only " + steps + " steps");
    for (long step = 1; step <= steps; step++) {
      boolean thrown = step % 2 == 1;
      Path own = directory.resolve("until " + step);
      Map<Long, Double> losses = new TreeMap<>();
      Trainer first = trainer(options, Backend.SCALAR, 1);
      TrainingLoop interrupted =
          loop(first)
              .checkpoints(own, thrown ? 2 : step % 4 == 0 ? 0 : 100, 2)
              .callback(new Interrupter(step, thrown, losses));
      if (thrown) {
        assertThrows(Interruption.class, interrupted::run);
      } else {
        assertEquals(History.End.CALLBACK, interrupted.run().end());
      }
      try (Trainer second = trainer(options, Backend.VECTOR, 2)) {
        TrainingLoop resumed = loop(second).checkpoints(own, 100, 2);
        resumed.callback(new Interrupter(-1, false, losses));
        assertEquals(expected, Outcome.of(losses, resumed.resume(own), second), own::toString);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void atEveryStepWithEveryOptimizer(Optimizer optimizer) throws IOException {
    interruptedEverywhere(options(optimizer), directory);
  }

  @Test
  void atEveryStepWhileGradientsAreAccumulated() throws IOException {
    interruptedEverywhere(options(new Adam(0.05f)).accumulate(4).clipNorm(0.5f), directory);
  }

  /** Once it has ended, a run has nothing left to do but to tell how it ended. */
  @Test
  void afterItsEnd() throws IOException {
    TrainingOptions options = options(new Adam(0.05f));
    Outcome expected = undisturbed(options);
    assertEquals(History.End.EARLY_STOPPING, expected.end());
    loop(trainer(options, Backend.VECTOR, 1)).checkpoints(directory, 5, 1).run();
    Trainer second = trainer(options, Backend.VECTOR, 1);
    History history = loop(second).resume(directory);
    assertEquals(expected, Outcome.of(expected.losses(), history, second));
  }

  @Test
  void zeroStepsBetweenCheckpointsWriteOneOnlyIfACallbackEndsTheLoop() throws IOException {
    Path own = directory.resolve("own");
    TrainingOptions options = options(new Adam(0.05f));
    loop(trainer(options, Backend.VECTOR, 1)).checkpoints(own, 0, 1).run();
    assertFalse(Files.exists(own));

    TrainingLoop stopped =
        loop(trainer(options, Backend.VECTOR, 1))
            .checkpoints(own, 0, 1)
            .callback(new Interrupter(7, false, new TreeMap<>()));
    assertEquals(History.End.CALLBACK, stopped.run().end());
    try (Stream<Path> files = Files.list(own)) {
      assertEquals(List.of(own.resolve("step-000000007.lanewise")), files.toList());
    }
    assertThrows(IllegalArgumentException.class, () -> stopped.checkpoints(own, -1, 1));
  }

  @Test
  void withMoreEpochsThanBefore() throws IOException {
    Trainer straight = trainer(options(new Adam(0.01f)), Backend.VECTOR, 1);
    new TrainingLoop(straight, DATA).epochs(5).run();
    Trainer first = trainer(options(new Adam(0.01f)), Backend.VECTOR, 1);
    new TrainingLoop(first, DATA).epochs(2).checkpoints(directory, 1000, 1).run();
    // The rate that counts is the file's.
    Trainer second = trainer(options(new Adam(0.5f)), Backend.VECTOR, 1);
    History history = new TrainingLoop(second, DATA).epochs(5).resume(directory);
    assertEquals(5, history.epochs().size());
    assertArrayEquals(straight.network().parameters(), second.network().parameters());
  }

  @Test
  void fromTheBestEpoch() throws IOException {
    Trainer first = trainer(options(new Adam(0.05f)), Backend.VECTOR, 1);
    History whole = loop(first).checkpoints(directory, 1000, 1).run();
    float[] best = Network.load(directory.resolve("best.lanewise")).parameters();
    assertArrayEquals(first.network().parameters(), best);
    Trainer second = trainer(options(new Adam(0.05f)), Backend.VECTOR, 1);
    History history = loop(second).resume(directory.resolve("best.lanewise"));
    assertEquals(whole.best(), history.best());
    assertEquals(whole.epochs().size(), history.epochs().size());
    assertArrayEquals(first.network().parameters(), second.network().parameters());
  }

  @Test
  void whenItDivergesAfterwards() throws IOException {
    TrainingOptions options = TrainingOptions.of(Loss.MEAN_SQUARED_ERROR, new Sgd(30));
    Network network =
        Network.builder(2).dense(8, Activation.RELU).dense(2, Activation.IDENTITY).build();
    Trainer straight = new Trainer(network.copy(), options, 1);
    TrainingLoop whole = new TrainingLoop(straight, DATA).epochs(50).batchSize(16);
    long step = assertThrows(DivergenceException.class, whole::run).step();
    assertTrue(step > 1);
    TrainingLoop first =
        new TrainingLoop(new Trainer(network.copy(), options, 1), DATA)
            .epochs(50)
            .batchSize(16)
            .checkpoints(directory, 1, 1);
    assertThrows(DivergenceException.class, first::run);
    Network other = network.copy();
    other.setParameters(Samples.numbers(network.parameterCount(), 1));
    Trainer second = new Trainer(other, options, 1);
    TrainingLoop resumed = new TrainingLoop(second, DATA).epochs(50).batchSize(16);
    DivergenceException e =
        assertThrows(DivergenceException.class, () -> resumed.resume(directory));
    assertEquals(step, e.step());
    assertArrayEquals(straight.network().parameters(), second.network().parameters());
  }

  private void refused(String problem, Trainer trainer, UnaryOperator<TrainingLoop> change)
      throws IOException {
    float[] before = trainer.network().parameters();
    TrainingLoop loop = change.apply(loop(trainer));
    Exception e = assertThrows(IllegalArgumentException.class, () -> loop.resume(directory));
    Path file = directory.resolve("step-000000003.lanewise");
    assertEquals(
        file
            + " was written with the "
            + problem
            + ": prepare trainer and loop as they were, or start anew",
        e.getMessage());
    assertArrayEquals(before, trainer.network().parameters());
    assertEquals(0, trainer.state().steps());
  }

  @Test
  void whatTheProgramSaysOtherwiseIsRefusedWithBothValues() throws IOException {
    Optimizer adam = new Adam(0.05f);
    Trainer first = trainer(options(adam), Backend.VECTOR, 1);
    Interrupter third = new Interrupter(3, false, new TreeMap<>());
    loop(first).checkpoints(directory, 100, 1).callback(third).run();
    Trainer same = trainer(options(adam), Backend.VECTOR, 1);
    refused("batch size 16, but here it is 8", same, l -> l.batchSize(8));
    refused("seed 9, but here it is 1", same, l -> l.seed(1));
    refused("last batch KEPT, but here it is DROPPED", same, TrainingLoop::dropLastBatch);
    refused("number of rows 45, but here it is 36", same, l -> l.validationFraction(0.2));
    refused(
        "unit of the schedule STEP, but here it is EPOCH",
        same,
        l -> l.schedule(Schedule.cosine(30, 1e-4), Schedule.Unit.EPOCH));
    refused(
        "schedule Cosine[length=30, minimum=1.0E-4], but here it is Constant[]",
        same,
        l -> l.schedule(Schedule.constant(), Schedule.Unit.STEP));
    refused(
        "metrics [accuracy, logLoss], but here it is [logLoss]",
        same,
        l -> l.metrics(Classification.LOG_LOSS));
    refused(
        "early stopping EarlyStopping[patience=3, least=0.01, metric=null], but here it is"
            + " EarlyStopping[patience=4, least=0.0, metric=null]",
        same,
        l -> l.earlyStopping(new EarlyStopping(4)));
    refused(
        "plateau " + PLATEAU + ", but here it is " + new Plateau(Plateau.Mode.MIN),
        same,
        l -> l.plateau(new Plateau(Plateau.Mode.MIN)));
    refusedOptions(
        "optimizer (its learning rate aside) " + new Adam(0) + ", but here it is " + new AdamW(0),
        options(new AdamW(0.05f)));
    refusedOptions("seed of dropout 4, but here it is 5", options(adam).seed(5));
    refusedOptions(
        "factor on the learning rate of layer 1 1.0, but here it is 0.0", options(adam).freeze(1));
    refusedOptions(
        "loss softmax_cross_entropy, but here it is mean_squared_error",
        TrainingOptions.of(Loss.MEAN_SQUARED_ERROR, adam).seed(4).clipValue(1));
    Network other = Network.builder(2).normalization().dense(2, Activation.SOFTMAX).build();
    refused(
        "layer 1 Dense[in=2, out=9, activation=identity, bias=true], but here it is"
            + " Dense[in=2, out=2, activation=softmax, bias=true]",
        new Trainer(other, options(adam), 1),
        l -> l);
  }

  private void refusedOptions(String problem, TrainingOptions options) throws IOException {
    refused(problem, trainer(options, Backend.VECTOR, 1), l -> l);
  }

  /** Their names hold addresses, other ones in each virtual machine. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void lossesAndSchedulesOfYourOwnAreTakenForTheSame(boolean until) throws IOException {
    for (int i = 0; i < 2; i++) {
      boolean first = i == 0;
      Schedule own = first ? (base, t) -> base / (t + 1) : (base, t) -> base / (1 + t);
      Loss.Custom loss =
          first
              ? (rows, outputs, y, yAt, t, tAt, dy, dyAt) -> difference(y, yAt, t, tAt, dy, dyAt)
              : (r, o, y, yAt, t, tAt, dy, dyAt) -> difference(y, yAt, t, tAt, dy, dyAt);
      Network network = Network.builder(2).dense(2, Activation.TANH).build();
      Trainer trainer = new Trainer(network, loss, new Sgd(0.1f), 1);
      Interrupter interrupter = new Interrupter(first ? 2 : 5, false, new TreeMap<>());
      History history =
          new TrainingLoop(trainer, DATA)
              .batchSize(1)
              .schedule(until ? own.until(5) : own, Schedule.Unit.STEP)
              .checkpoints(directory, 100, 1)
              .callback(interrupter)
              .resume(directory);
      assertEquals(History.End.CALLBACK, history.end());
    }
  }

  private static double difference(float[] y, int yAt, float[] t, int tAt, float[] dy, int dyAt) {
    double sum = 0;
    for (int j = 0; j < 2; j++) {
      dy[dyAt + j] = y[yAt + j] - t[tAt + j];
      sum += 0.5 * dy[dyAt + j] * dy[dyAt + j];
    }
    return sum;
  }
}
