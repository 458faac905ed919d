package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.data.Batches;
import dev.lanewise.data.Dataset;
import dev.lanewise.loop.EarlyStopping;
import dev.lanewise.loop.History;
import dev.lanewise.loop.TrainingCallback;
import dev.lanewise.loop.TrainingLoop;
import dev.lanewise.metric.Classification;
import dev.lanewise.metric.Metric;
import dev.lanewise.metric.Regression;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Adam;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Plateau;
import dev.lanewise.model.Schedule;
import dev.lanewise.model.Sgd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingLoopTest {
  private static final Dataset SPIRALS = Dataset.spirals(300, 5);

  private static Trainer trainer(float rate) {
    Network network =
        Network.builder(2)
            .dense(16, Activation.TANH)
            .dense(2, Activation.SOFTMAX)
            .initializer(Initializer.XAVIER, 3)
            .build();
    return new Trainer(network, Loss.SOFTMAX_CROSS_ENTROPY, new Adam(rate), 1);
  }

  private static final class Steps implements TrainingCallback {
    private final List<Integer> rows = new ArrayList<>();
    private final List<Double> losses = new ArrayList<>();
    private final int last;

    Steps(int last) {
      this.last = last;
    }

    @Override
    public boolean afterStep(long step, int stepRows, double loss) {
      rows.add(stepRows);
      losses.add(loss);
      assertEquals(rows.size(), step);
      return step != last;
    }
  }

  @Test
  void aLoopMakesTheStepsThatOneWouldMakeByHand() {
    Trainer byHand = trainer(0.01f);
    Batches batches = new Batches(SPIRALS, 32, 7);
    double sum = 0;
    for (int epoch = 0; epoch < 3; epoch++) {
      batches.shuffle(epoch);
      sum = 0;
      while (batches.next()) {
        sum += byHand.step(batches.rows(), batches.x(), 0, batches.targets(), 0) * batches.rows();
      }
    }
    Trainer looped = trainer(0.01f);
    Steps steps = new Steps(-1);
    History history =
        new TrainingLoop(looped, SPIRALS).epochs(3).batchSize(32).seed(7).callback(steps).run();
    assertArrayEquals(byHand.network().parameters(), looped.network().parameters());
    assertEquals(sum / 300, history.last().loss());
    assertEquals(30, history.last().steps());
    assertEquals(History.End.COMPLETED, history.end());
    assertEquals(3, history.best());
    assertEquals(List.of(32, 32, 32, 32, 32, 32, 32, 32, 32, 12), steps.rows.subList(0, 10));
  }

  @Test
  void theLastBatchIsDroppedWhereAskedFor() {
    Steps steps = new Steps(-1);
    new TrainingLoop(trainer(0.01f), SPIRALS).epochs(2).dropLastBatch().callback(steps).run();
    assertEquals(18, steps.rows.size());
    assertTrue(steps.rows.stream().allMatch(rows -> rows == 32));
  }

  @Test
  void weightsOfRowsReachTheLoss() {
    float[] weights = new float[300];
    Arrays.fill(weights, 0, 150, 1);
    Steps weighted = new Steps(1);
    Trainer trainer = trainer(0.01f);
    double expected =
        trainer.loss(Batch.of(300, SPIRALS.x(), 0, SPIRALS.targets(), 0).withWeights(weights, 0));
    new TrainingLoop(trainer, SPIRALS.withWeights(weights)).batchSize(300).callback(weighted).run();
    assertEquals(expected, weighted.losses.get(0), 1e-6);
  }

  @Test
  void schedulesFollowStepsOrEpochs() {
    List<Float> rates = new ArrayList<>();
    Trainer trainer = trainer(0.5f);
    TrainingCallback note =
        new TrainingCallback() {
          @Override
          public boolean afterStep(long step, int rows, double loss) {
            rates.add(trainer.optimizer().learningRate());
            return true;
          }
        };
    Schedule halving = Schedule.step(1, 0.5);
    new TrainingLoop(trainer, SPIRALS)
        .epochs(2)
        .batchSize(150)
        .schedule(halving, Schedule.Unit.STEP)
        .callback(note)
        .run();
    assertEquals(List.of(0.5f, 0.25f, 0.125f, 0.0625f), rates);
    rates.clear();
    trainer.setLearningRate(0.5f);
    new TrainingLoop(trainer, SPIRALS)
        .epochs(2)
        .batchSize(150)
        .schedule(halving, Schedule.Unit.EPOCH)
        .callback(note)
        .run();
    assertEquals(List.of(0.5f, 0.5f, 0.25f, 0.25f), rates);
  }

  @Test
  void aPlateauLowersTheRate() {
    Trainer trainer = trainer(0);
    trainer.setLearningRate(1e-30f);
    Plateau plateau = new Plateau(Plateau.Mode.MIN, 0.5, 1, 1e-4, 0, 0);
    History history = new TrainingLoop(trainer, SPIRALS).epochs(5).plateau(plateau).run();
    List<Float> rates = history.epochs().stream().map(History.Epoch::learningRate).toList();
    assertEquals(List.of(1e-30f, 1e-30f, 1e-30f, 5e-31f, 5e-31f), rates);
  }

  @Test
  void validationAndMetricsAreOfRowsThatAreNotTrainedOn() {
    Trainer trainer = trainer(0.02f);
    Steps steps = new Steps(-1);
    History history =
        new TrainingLoop(trainer, SPIRALS)
            .epochs(2)
            .validationFraction(0.2)
            .metrics(Classification.ACCURACY, Classification.LOG_LOSS)
            .callback(steps)
            .run();
    assertEquals(2 * 240, steps.rows.stream().mapToInt(r -> r).sum());
    Dataset kept = SPIRALS.split(0.2).test();
    assertEquals(
        trainer.loss(60, kept.x(), 0, kept.targets(), 0), history.last().validationLoss(), 1e-6);
    double accuracy =
        Classification.ACCURACY.of(60, 2, trainer.network().predict(kept.x()), kept.targets());
    assertEquals(accuracy, history.last().metrics().get(Classification.ACCURACY));
    assertEquals(
        List.<Metric>of(Classification.ACCURACY, Classification.LOG_LOSS),
        List.copyOf(history.last().metrics().keySet()));
  }

  @Test
  void earlyStoppingRestoresTheBestEpoch() {
    Trainer trainer = trainer(2);
    Dataset.Split split = SPIRALS.split(0.5);
    List<float[]> parameters = new ArrayList<>();
    TrainingCallback note =
        new TrainingCallback() {
          @Override
          public boolean afterEpoch(History history) {
            parameters.add(trainer.network().parameters());
            return true;
          }
        };
    History history =
        new TrainingLoop(trainer, split.train())
            .epochs(200)
            .validation(split.test())
            .earlyStopping(new EarlyStopping(4))
            .callback(note)
            .run();
    assertEquals(History.End.EARLY_STOPPING, history.end());
    assertEquals(history.best() + 4, history.epochs().size());
    double best = history.bestEpoch().validationLoss();
    assertTrue(history.epochs().stream().allMatch(e -> e.validationLoss() >= best));
    assertArrayEquals(parameters.get(history.best() - 1), trainer.network().parameters());
  }

  @Test
  void earlyStoppingMayWatchAMetricAmongTheLoops() {
    TrainingLoop loop =
        new TrainingLoop(trainer(0.01f), SPIRALS)
            .epochs(30)
            .earlyStopping(new EarlyStopping(2, 0.5, Classification.ACCURACY));
    Exception e = assertThrows(IllegalArgumentException.class, loop::run);
    assertEquals(
        "early stopping watches accuracy, which is not among the metrics: add it by metrics(...)",
        e.getMessage());
    History history = loop.metrics(Classification.ACCURACY).run();
    // No accuracy is better than another one of at least 0.5 by more than 0.5.
    assertEquals(3, history.epochs().size());
    assertEquals(1, history.best());
  }

  @Test
  void callbacksStopTheLoop() {
    Steps third = new Steps(3);
    History history = new TrainingLoop(trainer(0.01f), SPIRALS).callback(third).run();
    assertEquals(3, third.rows.size());
    assertEquals(History.End.CALLBACK, history.end());
    assertTrue(history.epochs().isEmpty());
    TrainingCallback second =
        new TrainingCallback() {
          @Override
          public boolean afterEpoch(History soFar) {
            assertEquals(History.End.RUNNING, soFar.end());
            return soFar.epochs().size() < 2;
          }
        };
    History stopped = new TrainingLoop(trainer(0.01f), SPIRALS).callback(second).run();
    assertEquals(2, stopped.epochs().size());
    assertEquals(History.End.CALLBACK, stopped.end());
  }

  @Test
  void divergenceLeavesParametersWithAFiniteLoss() {
    Network network =
        Network.builder(2).dense(8, Activation.RELU).dense(2, Activation.IDENTITY).build();
    Trainer trainer = new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Sgd(30), 1);
    TrainingLoop loop = new TrainingLoop(trainer, SPIRALS).epochs(50);
    DivergenceException e = assertThrows(DivergenceException.class, loop::run);
    assertTrue(e.step() > 0);
    assertTrue(e.getMessage().contains("the learning rate is 30.0"), e::getMessage);
    double loss = trainer.loss(300, SPIRALS.x(), 0, SPIRALS.targets(), 0);
    assertTrue(Double.isFinite(loss), () -> "loss " + loss);
  }

  @Test
  void squaredErrorsAreSummed() {
    Network network = Network.builder(2).dense(2, Activation.IDENTITY).build();
    Trainer trainer = new Trainer(network, Loss.SQUARED_ERROR, new Sgd(0), 1);
    double sum = trainer.loss(300, SPIRALS.x(), 0, SPIRALS.targets(), 0);
    History history =
        new TrainingLoop(trainer, SPIRALS)
            .epochs(1)
            .validation(SPIRALS)
            .metrics(Regression.RMSE)
            .run();
    assertEquals(sum, history.last().loss(), 1e-4);
    assertEquals(sum, history.last().validationLoss(), 1e-4);
    assertEquals(
        Regression.RMSE.of(300, 2, network.predict(SPIRALS.x()), SPIRALS.targets()),
        history.last().metrics().get(Regression.RMSE));
  }

  @Test
  void dataOfAnotherShapeIsRefused() {
    Dataset other = new Dataset(3, new float[6], 2, new float[4]);
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> new TrainingLoop(trainer(0.01f), other));
    assertEquals(
        "the data to train on must have 2 inputs and 2 targets, as many as the network has inputs"
            + " and outputs, but has 3 and 2",
        e.getMessage());
  }
}
