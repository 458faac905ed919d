package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.data.Dataset;
import dev.lanewise.loop.EarlyStopping;
import dev.lanewise.loop.TrainingCallback;
import dev.lanewise.loop.TrainingLoop;
import dev.lanewise.metric.Classification;
import dev.lanewise.metric.Regression;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Schedule;
import dev.lanewise.model.Sgd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The last step of an epoch or a run diverges like any other one. */
class LoopDivergenceTest {
  private static final Dataset TWO =
      new Dataset(1, new float[] {1e10f, 2e10f}, 1, new float[] {1, 2});
  private static final Dataset SPIRALS = Dataset.spirals(64, 1);

  @TempDir private Path directory;

  enum Asked {
    NOTHING(loop -> loop),
    VALIDATION(loop -> loop.validation(TWO)),
    METRIC(loop -> loop.metrics(Regression.MAE)),
    VALIDATION_AND_METRIC(loop -> loop.validation(TWO).metrics(Regression.MAE)),
    EARLY_STOPPING(loop -> loop.earlyStopping(new EarlyStopping(3))),
    A_STOP_AFTER_THE_STEP(
        loop ->
            loop.callback(
                new TrainingCallback() {
                  @Override
                  public boolean afterStep(long step, int rows, double loss) {
                    return false;
                  }
                }));

    @SuppressWarnings("ImmutableEnumChecker") // None of the lambdas holds on to anything.
    private final UnaryOperator<TrainingLoop> change;

    Asked(UnaryOperator<TrainingLoop> change) {
      this.change = change;
    }
  }

  @ParameterizedTest
  @EnumSource
  void theLastOfARun(Asked asked) {
    for (int epochs : new int[] {1, 2}) {
      Network network =
          Network.builder(1)
              .dense(8, Activation.RELU)
              .dense(1, Activation.IDENTITY)
              .initializer(Initializer.HE, 3)
              .build();
      float[] before = network.parameters();
      Trainer trainer = new Trainer(network, Loss.MEAN_ABSOLUTE_ERROR, new Sgd(1e30f), 1);
      TrainingLoop loop = new TrainingLoop(trainer, TWO).epochs(epochs).batchSize(2);
      DivergenceException e =
          assertThrows(DivergenceException.class, asked.change.apply(loop)::run);
      assertEquals(1, e.step());
      assertTrue(e.layer() >= 0);
      assertEquals(1e30f, e.learningRate());
      assertTrue(e.getMessage().contains("the learning rate is 1.0E30 (lower it"), e::getMessage);
      assertArrayEquals(before, network.parameters());
    }
  }

  /** Numbers that are finite, but of which no finite prediction follows. */
  @Test
  void whereParametersAreFiniteStill() {
    Network network =
        Network.builder(1)
            .dense(2, Activation.IDENTITY, false)
            .dense(1, Activation.IDENTITY, false)
            .build();
    network.setParameters(new float[] {1, 1, 1, 1});
    Trainer trainer = new Trainer(network, Loss.SQUARED_ERROR, new Sgd(1e30f), 1);
    Dataset one = new Dataset(1, new float[] {1}, 1, new float[] {1});
    TrainingLoop loop = new TrainingLoop(trainer, one).epochs(1);
    DivergenceException e = assertThrows(DivergenceException.class, loop::run);
    assertEquals(
        "the loss of step 1 is Infinity: layer 1 is the first whose outputs are not finite; the"
            + " learning rate is 1.0E30 (lower it, clip gradients, or scale the inputs)",
        e.getMessage());
    assertArrayEquals(new float[] {1, 1, 1, 1}, network.parameters());
  }

  @Test
  void theBestParametersAreRestoredWithEarlyStopping() {
    for (int variant = 0; variant < 4; variant++) {
      Network network =
          Network.builder(2)
              .dense(8, Activation.RELU)
              .dense(2, Activation.SOFTMAX)
              .initializer(Initializer.HE, 3)
              .build();
      Network good = network.copy();
      new TrainingLoop(new Trainer(good, Loss.SOFTMAX_CROSS_ENTROPY, new Sgd(0.1f), 1), SPIRALS)
          .epochs(5)
          .batchSize(64)
          .run();
      Trainer trainer = new Trainer(network, Loss.SOFTMAX_CROSS_ENTROPY, new Sgd(0.1f), 1);
      Schedule explodes = (base, t) -> t == 5 ? 3e38 : base;
      TrainingLoop loop =
          new TrainingLoop(trainer, SPIRALS)
              .epochs(variant == 3 ? 9 : 6)
              .batchSize(64)
              .schedule(explodes, Schedule.Unit.EPOCH)
              .earlyStopping(new EarlyStopping(10));
      if (variant > 0) {
        loop.validation(SPIRALS);
      }
      if (variant > 1) {
        loop.metrics(Classification.ACCURACY);
      }
      DivergenceException e = assertThrows(DivergenceException.class, loop::run);
      assertEquals(6, e.step());
      assertArrayEquals(good.parameters(), network.parameters());
    }
  }

  @Test
  void noCheckpointHoldsWhatDiverged() throws Exception {
    Network network =
        Network.builder(2)
            .dense(8, Activation.RELU)
            .dense(2, Activation.SOFTMAX)
            .initializer(Initializer.HE, 3)
            .build();
    Trainer trainer = new Trainer(network, Loss.SOFTMAX_CROSS_ENTROPY, new Sgd(0.1f), 1);
    Schedule explodes = (base, t) -> t == 2 ? 3e38 : base;
    TrainingLoop loop =
        new TrainingLoop(trainer, SPIRALS)
            .epochs(9)
            .batchSize(64)
            .schedule(explodes, Schedule.Unit.STEP)
            .checkpoints(directory, 1, 9);
    assertEquals(3, assertThrows(DivergenceException.class, loop::run).step());
    try (var files = Files.list(directory)) {
      assertTrue(files.noneMatch(f -> f.toString().contains("000003")));
    }
  }

  @Test
  void anotherRunStartsFromTheSameRate() {
    Network network = Network.builder(2).dense(2, Activation.SOFTMAX).build();
    Trainer trainer = new Trainer(network, Loss.SOFTMAX_CROSS_ENTROPY, new Sgd(0.5f), 1);
    TrainingLoop loop =
        new TrainingLoop(trainer, SPIRALS)
            .epochs(4)
            .schedule(Schedule.cosine(4, 0), Schedule.Unit.EPOCH);
    for (int run = 0; run < 2; run++) {
      assertEquals(0.5f, loop.run().epochs().get(0).learningRate());
      assertEquals(0.5f, trainer.optimizer().learningRate());
    }
  }

  private static Trainer plain() {
    Network network =
        Network.builder(2).dense(4, Activation.TANH).dense(1, Activation.IDENTITY).build();
    return new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Sgd(0.01f), 1);
  }

  @Test
  void aNumberThatCameWithTheDataIsNamed() {
    float[] x = Samples.numbers(200, 1);
    float[] t = Samples.numbers(100, 2);
    Dataset good = new Dataset(2, x.clone(), 1, t.clone());
    for (float number : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] badX = x.clone();
      float[] badT = t.clone();
      badX[2 * 77 + 1] = number;
      badT[33] = number;
      Dataset inputs = new Dataset(2, badX, 1, t);
      Dataset targets = new Dataset(2, x, 1, badT);
      String input = "input 1 of row 77 is " + number;
      String target = "target 0 of row 33 is " + number;
      named(DivergenceException.class, input, new TrainingLoop(plain(), inputs));
      named(DivergenceException.class, target, new TrainingLoop(plain(), targets));
      String shown = " of the rows to validate with, as it was given: mend it or leave the row out";
      named(
          IllegalArgumentException.class,
          target + shown,
          new TrainingLoop(plain(), good).validation(targets));
      named(
          IllegalArgumentException.class,
          target + shown,
          new TrainingLoop(plain(), good).validation(targets).metrics(Regression.RMSE));
    }
    float[] weights = new float[100];
    Arrays.fill(weights, 1);
    weights[77] = 0;
    float[] badX = x.clone();
    badX[2 * 77] = Float.NaN;
    Dataset left = new Dataset(2, badX, 1, t).withWeights(weights);
    new TrainingLoop(plain(), left).validation(left).metrics(Regression.RMSE).epochs(2).run();
  }

  private static void named(Class<? extends Exception> type, String number, TrainingLoop loop) {
    String message = assertThrows(type, loop::run).getMessage();
    assertTrue(message.contains(number), message);
    assertTrue(!message.contains("learning rate"), message);
  }
}
