package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.data.Batches;
import dev.lanewise.data.Dataset;
import dev.lanewise.loop.TrainingLoop;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets that a loss has no meaning for are named, and the network is left as it was. */
class TargetRangeTest {
  private static final String BINARY =
      " must be from 0 (no) to 1 (yes) for binary cross-entropy, but is ";
  private static final String SOFTMAX =
      " must be a finite probability of at least 0 for softmax cross-entropy, but is ";
  private static final String POISSON =
      " must be a finite count of at least 0 for the Poisson loss, but is ";

  private static Network network() {
    return Network.builder(1).dense(2, Activation.IDENTITY).build();
  }

  private static void refused(Loss loss, float target, String expectation) {
    Network network = network();
    network.setWeights(0, new float[] {0.5f, -1});
    float[] before = network.parameters();
    Trainer trainer = new Trainer(network, loss, new Sgd(1), 1);
    float[] x = {1, 2, 3};
    float[] t = {0, 1, 1, 0, 1, target};
    String message = "target 1 of row 2" + expectation + target;
    Batch batch = Batch.of(3, x, 0, t, 0);
    for (Batch one : new Batch[] {batch, batch.withWeights(new float[] {0, 1, 2}, 0)}) {
      assertEquals(
          message,
          assertThrows(IllegalArgumentException.class, () -> trainer.step(one)).getMessage());
      assertEquals(
          message,
          assertThrows(IllegalArgumentException.class, () -> trainer.loss(one)).getMessage());
    }
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> trainer.step(x, t)).getMessage());
    assertArrayEquals(before, network.parameters());
    trainer.step(batch.withWeights(new float[] {1, 1, 0}, 0));
  }

  @ParameterizedTest
  @ValueSource(floats = {-1, -1e-30f, 1.0000001f, 2, Float.NaN, Float.POSITIVE_INFINITY})
  void ofBinaryCrossEntropy(float target) {
    refused(Loss.BINARY_CROSS_ENTROPY, target, BINARY);
    refused(Loss.binaryCrossEntropy(3), target, BINARY);
  }

  @ParameterizedTest
  @ValueSource(floats = {-1, -1e-30f, Float.NaN, Float.POSITIVE_INFINITY})
  void ofSoftmaxCrossEntropyAndCounts(float target) {
    refused(Loss.SOFTMAX_CROSS_ENTROPY, target, SOFTMAX);
    refused(Loss.softmaxCrossEntropy(0.1f), target, SOFTMAX);
    refused(Loss.SOFTMAX_CROSS_ENTROPY.withClassWeights(1, 2), target, SOFTMAX);
    refused(Loss.POISSON, target, POISSON);
  }

  @ParameterizedTest
  @CsvSource({"-0.0", "0", "1", "0.5"})
  void whatLiesWithinIsTaken(float target) {
    for (Loss loss : new Loss[] {Loss.BINARY_CROSS_ENTROPY, Loss.SOFTMAX_CROSS_ENTROPY}) {
      Trainer trainer = new Trainer(network(), loss, new Sgd(1), 1);
      trainer.step(new float[] {1}, new float[] {target, 1});
    }
    new Trainer(network(), Loss.POISSON, new Sgd(0), 1)
        .step(new float[] {1}, new float[] {target, 1e6f});
    new Trainer(network(), Loss.MEAN_SQUARED_ERROR, new Sgd(0), 1)
        .step(new float[] {1}, new float[] {target, -1e6f});
  }

  @Test
  void aLoopNamesTheRowOfItsData() {
    float[] x = new float[100];
    float[] t = new float[200];
    t[2 * 77 + 1] = -1;
    Dataset data = new Dataset(1, x, 2, t);
    Trainer trainer = new Trainer(network(), Loss.BINARY_CROSS_ENTROPY, new Sgd(0.1f), 1);
    TrainingLoop loop = new TrainingLoop(trainer, data).batchSize(16);
    String message = "target 1 of row 77" + BINARY + "-1.0";
    assertEquals(message, assertThrows(IllegalArgumentException.class, loop::run).getMessage());
    float[] ones = new float[100];
    java.util.Arrays.fill(ones, 1);
    TrainingLoop weighted = new TrainingLoop(trainer, data.withWeights(ones)).batchSize(16);
    assertEquals(message, assertThrows(IllegalArgumentException.class, weighted::run).getMessage());
    Dataset good = new Dataset(1, x, 2, new float[200]);
    TrainingLoop validated = new TrainingLoop(trainer, good).validation(data);
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, validated::run).getMessage());
  }

  @Test
  void aBatchKnowsTheRowsOfItsData() {
    Dataset data = new Dataset(1, Samples.numbers(10, 1), 1, new float[10]);
    Batches batches = new Batches(data, 4, 5);
    batches.shuffle(0);
    while (batches.next()) {
      for (int r = 0; r < batches.rows(); r++) {
        assertTrue(data.x()[batches.row(r)] == batches.x()[r]);
      }
      assertThrows(IndexOutOfBoundsException.class, () -> batches.row(batches.rows()));
    }
  }
}
