package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.model.Activation;
import dev.lanewise.model.Layer.BatchNorm;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import dev.lanewise.model.TrainingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Running statistics: how they are learned, used and kept. */
class BatchNormTest {
  private static final int WIDTH = 5;
  private static final float MOMENTUM = 0.3f;
  private static final TrainingOptions OPTIONS =
      TrainingOptions.of(Loss.MEAN_SQUARED_ERROR, new Sgd(0.1f));

  private static Network network(Backend backend) {
    Network network =
        Network.builder(WIDTH)
            .layer(new BatchNorm(WIDTH, Activation.TANH, 0.01f, MOMENTUM))
            .dense(3, Activation.IDENTITY)
            .backend(backend)
            .build();
    network.setWeights(0, new float[] {1, 2, -1, 0.5f, 3});
    network.setBias(0, new float[] {0, 1, -1, 0.25f, -2});
    return network;
  }

  private static void step(Trainer trainer, int rows, long seed) {
    trainer.step(Samples.numbers(rows * WIDTH, seed), Samples.numbers(rows * 3, seed + 1));
  }

  @Test
  void runningStatisticsStartAtMean0AndVariance1() {
    float[] statistics = network(Backend.preferred()).buffers(0);
    assertArrayEquals(new float[] {0, 0, 0, 0, 0, 1, 1, 1, 1, 1}, statistics);
  }

  /** {@code torch.nn.BatchNorm1d}: the variance that is kept is divided by {@code rows - 1}. */
  @ParameterizedTest
  @EnumSource
  void runningStatisticsFollowThePyTorchFormula(Backend backend) {
    Network network = network(backend);
    Trainer trainer = new Trainer(network, OPTIONS);
    double[] mean = new double[WIDTH];
    double[] variance = {1, 1, 1, 1, 1};
    for (int rows : new int[] {2, 7, 33}) {
      step(trainer, rows, rows);
      float[] x = Samples.numbers(rows * WIDTH, rows);
      for (int j = 0; j < WIDTH; j++) {
        double batchMean = 0;
        for (int r = 0; r < rows; r++) {
          batchMean += x[r * WIDTH + j] / (double) rows;
        }
        double squares = 0;
        for (int r = 0; r < rows; r++) {
          squares += Math.pow(x[r * WIDTH + j] - batchMean, 2);
        }
        mean[j] = (1 - MOMENTUM) * mean[j] + MOMENTUM * batchMean;
        variance[j] = (1 - MOMENTUM) * variance[j] + MOMENTUM * squares / (rows - 1);
        float[] statistics = network.buffers(0);
        assertEquals(mean[j], statistics[j], 1e-6, rows + " rows, mean " + j);
        assertEquals(variance[j], statistics[WIDTH + j], 1e-6, rows + " rows, variance " + j);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void predictionsUseTheRunningStatisticsAndKeepThem(Backend backend) {
    Network network = network(backend);
    float[] statistics = {1, -2, 0.5f, 0, 4, 0.25f, 2, 1, 9, 0.01f};
    network.setBuffers(0, statistics);
    float[] x = Samples.numbers(4 * WIDTH, 1);
    ReferenceNetwork reference =
        new ReferenceNetwork(network, ReferenceNetwork.doubles(network.parameters()), null, 0);
    double[] expected = reference.outputs(4, x);
    float[] got = network.predict(x);
    for (int i = 0; i < got.length; i++) {
      assertEquals(expected[i], got[i], 1e-5);
    }
    float[] targets = new float[4 * 3];
    double squares = 0;
    for (double y : expected) {
      squares += y * y / expected.length;
    }
    Trainer trainer = new Trainer(network, OPTIONS);
    assertEquals(squares, trainer.loss(4, x, 0, targets, 0), 1e-5 * squares);
    assertArrayEquals(statistics, network.buffers(0));
  }

  @Test
  void aFrozenOneUsesItsRunningStatisticsAndKeepsThem() {
    Network network = network(Backend.preferred());
    float[] statistics = {1, -2, 0.5f, 0, 4, 0.25f, 2, 1, 9, 0.01f};
    network.setBuffers(0, statistics);
    Trainer trainer = new Trainer(network, OPTIONS.freeze(0));
    float[] x = Samples.numbers(4 * WIDTH, 1);
    float[] targets = Samples.numbers(4 * 3, 2);
    double loss = trainer.loss(4, x, 0, targets, 0);
    assertEquals(loss, trainer.step(x, targets));
    step(trainer, 1, 7);
    assertArrayEquals(statistics, network.buffers(0));
    assertArrayEquals(new float[] {1, 2, -1, 0.5f, 3}, network.weights(0));
    assertArrayEquals(new float[] {0, 1, -1, 0.25f, -2}, network.bias(0));
  }

  @Test
  void forwardAloneLearnsNoStatistics() {
    Network network = network(Backend.preferred());
    Trainer trainer = new Trainer(network, OPTIONS);
    float[] before = network.buffers(0);
    float[] y = new float[2 * 3];
    trainer.forward(2, Samples.numbers(2 * WIDTH, 1), 0, y, 0);
    assertArrayEquals(before, network.buffers(0));
    trainer.backward(y, 0);
    assertNotEquals(before[0], network.buffers(0)[0]);
  }

  @Test
  void aCopyHasStatisticsOfItsOwn() {
    Network network = network(Backend.preferred());
    Network copy = network.copy();
    step(new Trainer(network, OPTIONS), 4, 1);
    assertArrayEquals(new float[] {0, 0, 0, 0, 0, 1, 1, 1, 1, 1}, copy.buffers(0));
    assertNotEquals(0, network.buffers(0)[0]);
  }

  @Test
  void oneRowIsRefusedBeforeAnythingChanges() {
    Network network = network(Backend.preferred());
    Network undisturbed = network.copy();
    Trainer trainer = new Trainer(network, OPTIONS);
    Trainer other = new Trainer(undisturbed, OPTIONS);
    step(trainer, 3, 1);
    step(other, 3, 1);
    Exception e = assertThrows(IllegalArgumentException.class, () -> step(trainer, 1, 5));
    assertTrue(
        e.getMessage().startsWith("a batch norm learns from at least 2 rows, but the batch has 1"),
        e.getMessage());
    float[] y = new float[3];
    assertThrows(
        IllegalArgumentException.class, () -> trainer.forward(1, new float[WIDTH], 0, y, 0));
    assertArrayEquals(undisturbed.parameters(), network.parameters());
    assertArrayEquals(undisturbed.buffers(0), network.buffers(0));
    step(trainer, 3, 2);
    step(other, 3, 2);
    assertArrayEquals(undisturbed.parameters(), network.parameters());
    assertArrayEquals(undisturbed.buffers(0), network.buffers(0));
  }
}
