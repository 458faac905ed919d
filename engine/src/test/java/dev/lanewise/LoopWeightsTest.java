package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.data.Batches;
import dev.lanewise.data.Dataset;
import dev.lanewise.loop.History;
import dev.lanewise.loop.TrainingCallback;
import dev.lanewise.loop.TrainingLoop;
import dev.lanewise.metric.Classification;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Adam;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A loop trains on whatever weights its rows have. */
class LoopWeightsTest {
  private static final int ROWS = 40;

  private static Dataset halfOfWeightZero() {
    float[] x = new float[ROWS];
    float[] t = new float[ROWS];
    float[] weights = new float[ROWS];
    for (int r = 0; r < ROWS; r++) {
      x[r] = r < 20 ? r / 40f : Float.NaN;
      t[r] = r < 20 ? r % 2 : Float.POSITIVE_INFINITY;
      weights[r] = r < 20 ? 1 + r % 3 : 0;
    }
    return new Dataset(1, x, 1, t).withWeights(weights);
  }

  private static Network network() {
    return Network.builder(1)
        .dense(4, Activation.TANH)
        .dense(1, Activation.IDENTITY)
        .initializer(Initializer.XAVIER, 1)
        .build();
  }

  @Test
  void aBatchOfWeightsOfZeroIsNoUpdate() {
    Dataset data = halfOfWeightZero();
    int skipped = 0;
    for (int seed = 0; seed < 30; seed++) {
      Trainer byHand = new Trainer(network(), Loss.MEAN_SQUARED_ERROR, new Adam(0.01f), 1);
      Batches batches = new Batches(data, 4, seed);
      List<Long> expected = new ArrayList<>();
      double sum = 0;
      double total = 0;
      for (int epoch = 0; epoch < 3; epoch++) {
        batches.shuffle(epoch);
        sum = 0;
        total = 0;
        for (long step = 1; batches.next(); step++) {
          double weight = 0;
          for (float one : batches.weights()) {
            weight += one;
          }
          if (weight > 0) {
            Batch batch = Batch.of(4, batches.x(), 0, batches.targets(), 0);
            sum += weight * byHand.step(batch.withWeights(batches.weights(), 0));
            total += weight;
            expected.add(10L * epoch + step);
          } else {
            skipped++;
          }
        }
      }
      List<Long> steps = new ArrayList<>();
      TrainingCallback note =
          new TrainingCallback() {
            @Override
            public boolean afterStep(long step, int rows, double loss) {
              steps.add(step);
              return Double.isFinite(loss);
            }
          };
      Trainer trainer = new Trainer(network(), Loss.MEAN_SQUARED_ERROR, new Adam(0.01f), 1);
      History history =
          new TrainingLoop(trainer, data)
              .epochs(3)
              .batchSize(4)
              .seed(seed)
              .validation(data)
              .callback(note)
              .run();
      assertEquals(expected, steps);
      assertEquals(30, history.last().steps());
      assertEquals(sum / total, history.last().loss());
      assertTrue(Double.isFinite(history.last().validationLoss()));
      assertArrayEquals(byHand.network().parameters(), trainer.network().parameters());
    }
    assertTrue(skipped > 30, "only " + skipped + " batches");
  }

  @Test
  void theLossOfTrainingIsTheWeightedMeanThatValidationHas() {
    for (Loss loss :
        List.of(
            Loss.MEAN_SQUARED_ERROR,
            Loss.SQUARED_ERROR,
            Loss.MEAN_ABSOLUTE_ERROR.withClassWeights(1, 5))) {
      Trainer trainer = new Trainer(network(), loss, new Sgd(0), 1);
      Dataset data = halfOfWeightZero();
      History.Epoch epoch =
          new TrainingLoop(trainer, data).epochs(1).batchSize(4).validation(data).run().last();
      assertEquals(epoch.validationLoss(), epoch.loss(), 1e-6 * epoch.loss());
    }
  }

  @Test
  void theValidationLossCountsClassWeightsAcrossManyRows() {
    int rows = 600;
    float[] x = Samples.numbers(rows, 1);
    int[] classes = new int[rows];
    Arrays.fill(classes, 300, rows, 1);
    Dataset data = Dataset.ofClasses(1, x, classes, 2);
    for (float first : new float[] {0, 4}) {
      Loss loss = Loss.SOFTMAX_CROSS_ENTROPY.withClassWeights(first, 1);
      Network network =
          Network.builder(1)
              .dense(2, Activation.SOFTMAX)
              .initializer(Initializer.XAVIER, 1)
              .build();
      Trainer trainer = new Trainer(network, loss, new Sgd(0), 1);
      History.Epoch epoch =
          new TrainingLoop(trainer, data).epochs(1).batchSize(4).validation(data).run().last();
      double whole = trainer.loss(rows, x, 0, data.targets(), 0);
      assertEquals(whole, epoch.validationLoss(), 1e-6);
      assertEquals(whole, epoch.loss(), 1e-6);
    }
  }

  @Test
  void metricsLeaveOutRowsOfWeightZero() {
    float[] x = {1, 2, Float.NaN, 3};
    float[] t = {0, 0, 1, 0};
    Dataset data = new Dataset(1, x, 1, t).withWeights(new float[] {1, 2, 0, 3});
    Network network = Network.builder(1).dense(1, Activation.SIGMOID).build();
    network.setBias(0, new float[] {-1});
    network.setWeights(0, new float[] {0});
    Trainer trainer = new Trainer(network, Loss.BINARY_CROSS_ENTROPY, new Sgd(0), 1);
    TrainingLoop loop = new TrainingLoop(trainer, data).epochs(1).metrics(Classification.ACCURACY);
    assertEquals(1, loop.run().last().metrics().get(Classification.ACCURACY));
  }

  @Test
  void aBatchNormPassesOverABatchInWhichOneRowCounts() {
    Network network =
        Network.builder(1)
            .dense(4, Activation.TANH)
            .batchNorm(Activation.IDENTITY)
            .dense(1, Activation.IDENTITY)
            .initializer(Initializer.XAVIER, 1)
            .build();
    Trainer trainer = new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Sgd(0.01f), 1);
    for (int seed = 0; seed < 20; seed++) {
      new TrainingLoop(trainer, halfOfWeightZero()).epochs(3).batchSize(4).seed(seed).run();
    }
    assertTrue(Float.isFinite(network.parameters()[0]));
  }

  @Test
  void dataWithNothingToLearnFromIsRefused() {
    Dataset data = Dataset.ofClasses(1, new float[8], new int[8], 2);
    Loss loss = Loss.SOFTMAX_CROSS_ENTROPY.withClassWeights(0, 1);
    Network network = Network.builder(1).dense(2, Activation.SOFTMAX).build();
    TrainingLoop loop = new TrainingLoop(new Trainer(network, loss, new Sgd(1), 1), data);
    String message = assertThrows(IllegalArgumentException.class, loop::run).getMessage();
    assertTrue(message.startsWith("there is nothing to learn from: weights of 0"), message);
  }
}
