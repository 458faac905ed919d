package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.model.Activation;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import java.time.Duration;
import java.util.ConcurrentModificationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerTest {
  private static final float[] X = {1, 2};

  private static Network twoTwoOne(Backend backend) {
    Network network =
        Network.builder(2)
            .dense(2, Activation.RELU)
            .dense(1, Activation.IDENTITY)
            .backend(backend)
            .build();
    network.setParameters(new float[] {1, -1, 2, 0.5f, 0.5f, -3, 2, -1, 0.25f});
    return network;
  }

  /** Hidden sums 5.5 and -3, output 11.25, target 10.25: half of 1, and a delta of 1. */
  @ParameterizedTest
  @EnumSource
  void aStepIsWhatOneComputesByHand(Backend backend) {
    Network network = twoTwoOne(backend);
    Trainer trainer = new Trainer(network, Loss.SQUARED_ERROR, new Sgd(0.25f));
    assertEquals(0.5, trainer.step(X, new float[] {10.25f}));
    assertArrayEquals(new float[] {2 - 0.25f * 5.5f, -1}, network.weights(1));
    assertArrayEquals(new float[] {0}, network.bias(1));
    assertArrayEquals(new float[] {1 - 0.5f, -1, 2 - 1, 0.5f}, network.weights(0));
    assertArrayEquals(new float[] {0.5f - 0.5f, -3}, network.bias(0));
  }

  @Test
  void theMeanSquaredErrorIsDividedByRowsAndOutputs() {
    Network network = Network.builder(1).dense(2, Activation.IDENTITY).build();
    network.setParameters(new float[] {1, 2, 0, 0});
    Trainer trainer = new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Sgd(1));
    // Differences 1, 2, 3, 4 over 2 rows x 2 outputs.
    float[] x = {1, 2};
    float[] targets = {0, 0, -1, 0};
    assertEquals(30 / 4.0, trainer.step(x, targets));
    assertArrayEquals(new float[] {1 - 7 / 2f, 2 - 10 / 2f}, network.weights(0));
    assertArrayEquals(new float[] {-4 / 2f, -6 / 2f}, network.bias(0));
  }

  @Test
  void crossEntropyOfCertainlyWrongClassesStaysFinite() {
    Network network = Network.builder(1).dense(2, Activation.SOFTMAX, false).build();
    network.setWeights(0, new float[] {1000, -1000});
    Trainer trainer = new Trainer(network, Loss.SOFTMAX_CROSS_ENTROPY, new Sgd(1));
    assertEquals(2000, trainer.step(new float[] {1}, new float[] {0, 1}));
    assertArrayEquals(new float[] {999, -999}, network.weights(0));
  }

  @ParameterizedTest
  @CsvSource({"1", "4"})
  void aLossWithoutAStepChangesNothing(int rows) {
    Network network = Samples.odd(Activation.TANH, Activation.SOFTMAX, Backend.preferred());
    float[] before = network.parameters();
    Trainer trainer = new Trainer(network, Loss.SOFTMAX_CROSS_ENTROPY, new Sgd(0.5f));
    float[] x = Samples.numbers(rows * 33, 1);
    float[] targets = Samples.probabilities(rows, 5, 2);
    double loss = trainer.loss(rows, x, 0, targets, 0);
    assertEquals(loss, trainer.loss(x, targets));
    assertArrayEquals(before, network.parameters());
    assertEquals(loss, trainer.step(x, targets));
  }

  /** With half the sum of squares the gradient of the outputs is the difference. */
  @ParameterizedTest
  @CsvSource({"1, SIGMOID", "6, SIGMOID", "1, SOFTMAX", "6, SOFTMAX"})
  void aStepInTwoHalvesIsAStep(int rows, Activation.Kind last) {
    Network whole = Samples.odd(Activation.RELU, new Activation(last, 0), Backend.preferred());
    Network halves = whole.copy();
    float[] x = Samples.numbers(rows * 33 + 2, 1);
    float[] targets = Samples.probabilities(rows, 5, 2);
    new Trainer(whole, Loss.SQUARED_ERROR, new Sgd(0.5f)).step(rows, x, 2, targets, 0);

    Trainer trainer = new Trainer(halves, Loss.SQUARED_ERROR, new Sgd(0.5f));
    float[] y = new float[rows * 5 + 1];
    trainer.forward(rows, x, 2, y, 1);
    for (int i = 0; i < targets.length; i++) {
      y[i + 1] -= targets[i];
    }
    trainer.backward(y, 1);
    assertArrayEquals(whole.parameters(), halves.parameters());
  }

  /** What lies beside odd widths must stay zero, wherever rows begin. */
  @ParameterizedTest
  @EnumSource(names = {"SIGMOID", "RELU"})
  void batchesOfChangingSizeGiveTheSameBitsOnBothBackends(Activation.Kind kind) {
    Activation hidden = new Activation(kind, 0);
    float[] scalar = trainedOnChangingBatches(hidden, Backend.SCALAR);
    float[] vector = trainedOnChangingBatches(hidden, Backend.VECTOR);
    assertArrayEquals(scalar, vector);
  }

  private static float[] trainedOnChangingBatches(Activation hidden, Backend backend) {
    Network network = Samples.odd(hidden, Activation.SIGMOID, backend);
    Trainer trainer = new Trainer(network, Loss.SQUARED_ERROR, new Sgd(1), 1);
    for (int rows : new int[] {40, 1, 1, 1, 17, 1, 1, 1, 2, 33, 1, 1, 1, 5, 40}) {
      trainer.step(Samples.numbers(rows * 33, rows), Samples.numbers(rows * 5, rows));
    }
    return network.parameters();
  }

  /** 96 x 256 weights and 64 rows are more than enough work to be shared out. */
  @ParameterizedTest
  @EnumSource
  void anyNumberOfThreadsGivesTheSameBits(Backend backend) {
    Network start =
        Network.builder(96)
            .dense(251, Activation.RELU)
            .dense(130, Activation.TANH)
            .dense(1, Activation.SIGMOID)
            .backend(backend)
            .build();
    float[] x = Samples.numbers(64 * 96, 1);
    float[] targets = Samples.numbers(64, 2);
    float[] expected = null;
    for (int threads : new int[] {1, 2, 3, 16}) {
      Network network = start.copy();
      try (Trainer trainer = new Trainer(network, Loss.SQUARED_ERROR, new Sgd(0.01f), threads)) {
        assertEquals(threads, trainer.backendInfo().threads());
        for (int step = 0; step < 5; step++) {
          trainer.step(x, targets);
        }
      }
      expected = expected == null ? network.parameters() : expected;
      assertArrayEquals(expected, network.parameters(), threads + " threads");
    }
  }

  @Test
  void aSecondThreadThatEntersIsToldSo() throws Exception {
    Network network = Samples.odd(Activation.TANH, Activation.TANH, Backend.preferred());
    Trainer trainer = new Trainer(network, Loss.SQUARED_ERROR, new Sgd(0));
    float[] x = Samples.numbers(200 * 33, 1);
    float[] targets = Samples.numbers(200 * 5, 2);
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger refused = new AtomicInteger();
    Runnable steps =
        () -> {
          while (!stop.get()) {
            try {
              trainer.step(x, targets);
            } catch (ConcurrentModificationException e) {
              assertTrue(e.getMessage().contains(Thread.currentThread().getName()));
              refused.incrementAndGet();
              stop.set(true);
            }
          }
        };
    Thread a = new Thread(steps, "trainer-a");
    Thread b = new Thread(steps, "trainer-b");
    a.start();
    b.start();
    a.join(20_000);
    stop.set(true);
    a.join();
    b.join();
    assertTrue(refused.get() > 0, "nobody was refused");
    trainer.step(x, targets);
  }

  @ParameterizedTest
  @CsvSource({"1", "2"})
  void aClosedTrainerRefusesAndLeavesTheNetworkAsItIs(int threads) {
    Network network = twoTwoOne(Backend.preferred());
    float[] before = network.parameters();
    Trainer trainer = new Trainer(network, Loss.SQUARED_ERROR, new Sgd(0.25f), threads);
    trainer.close();
    trainer.close();
    float[] y = {0};
    for (Runnable use :
        new Runnable[] {
          () -> trainer.step(X, y),
          () -> trainer.loss(1, X, 0, y, 0),
          () -> trainer.forward(1, X, 0, y, 0)
        }) {
      Exception e = assertThrows(IllegalStateException.class, use::run);
      assertEquals("this trainer was closed", e.getMessage());
    }
    assertArrayEquals(before, network.parameters());
  }

  /** However close and step meet, neither waits for ever. */
  @Test
  void closingDuringAStepEndsInTime() {
    Network network = Network.builder(300).dense(300, Activation.TANH).build();
    float[] x = Samples.numbers(32 * 300, 1);
    float[] targets = Samples.numbers(32 * 300, 2);
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          for (int repetition = 0; repetition < 300; repetition++) {
            Trainer trainer = new Trainer(network, Loss.SQUARED_ERROR, new Sgd(0), 3);
            Thread closer =
                new Thread(
                    () -> {
                      try {
                        trainer.close();
                      } catch (ConcurrentModificationException e) {
                        // That is an answer, too.
                      }
                    });
            closer.start();
            try {
              trainer.step(x, targets);
            } catch (IllegalStateException | ConcurrentModificationException e) {
              // So is this.
            }
            closer.join();
            trainer.close();
          }
        });
  }

  @Test
  void aTrainerTellsInOneLineWhatItDoes() {
    Network network =
        Network.builder(3).dense(2, Activation.IDENTITY).backend(Backend.SCALAR).build();
    Trainer trainer = new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Sgd(0.25f), 1);
    trainer.step(new float[3], new float[2]);
    trainer.setLearningRate(0.125f);

    String start = "trainer of 3 -> 2: mean_squared_error, Sgd[learningRate=0.25, ";
    String end = "], next learning rate 0.125, 1 steps made, on " + trainer.backendInfo();
    String line = trainer.toString();
    assertTrue(line.startsWith(start) && line.endsWith(end), line);
  }
}
