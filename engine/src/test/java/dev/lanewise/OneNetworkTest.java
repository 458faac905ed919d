package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.internal.train.Parameters;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import dev.lanewise.model.TrainingOptions;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Several users of one network: what goes together, and what is told. */
class OneNetworkTest {
  private final float[] x = Samples.numbers(40, 1);
  private final float[] t = Samples.numbers(40, 2);
  private final Network network =
      Network.builder(4)
          .dense(16, Activation.TANH)
          .dense(4, Activation.IDENTITY)
          .initializer(Initializer.XAVIER, 1)
          .build();

  @Test
  void whatIsReadWhileATrainerUpdatesIsRefused() {
    Parameters parameters = network.sharedParameters();
    parameters.beginUpdate(parameters.changes());
    String message =
        assertThrows(ConcurrentModificationException.class, () -> network.predict(x)).getMessage();
    assertEquals(
        "a trainer updated this network while it predicted, so the result may be torn: let the"
            + " thread that trains publish a copy() between steps, and use that",
        message);
    assertThrows(ConcurrentModificationException.class, network::copy);
    parameters.endUpdate();
    network.copy().predict(x);
    network.predict(x);
  }

  @Test
  void noPredictionIsTorn() throws InterruptedException {
    AtomicReference<Network> published = new AtomicReference<>(network.copy());
    CountDownLatch started = new CountDownLatch(1);
    boolean[] done = {false};
    Thread training =
        new Thread(
            () -> {
              Trainer trainer = new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Sgd(0.1f), 1);
              started.countDown();
              for (int step = 0; step < 3_000; step++) {
                trainer.step(x, t);
                published.set(network.copy());
              }
              done[0] = true;
            });
    training.start();
    started.await();
    int seen = 0;
    while (training.isAlive()) {
      Network copy = published.get();
      assertArrayEquals(copy.predict(x), copy.predict(x));
      seen++;
    }
    assertTrue(done[0] && seen > 0);
  }

  @Test
  void aTrainerWhoseNetworkAnotherOneUpdatesThrowsAndChangesNothing() {
    Trainer inner = new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Sgd(0.1f), 1);
    float[][] between = new float[1][];
    Loss.Custom meddling =
        (rows, outputs, y, yOffset, targets, tOffset, dy, dyOffset) -> {
          inner.step(x, t);
          between[0] = network.parameters();
          Arrays.fill(dy, dyOffset, dyOffset + rows * outputs, 1);
          return 0;
        };
    Trainer outer = new Trainer(network, meddling, new Sgd(0.1f), 1);
    String message =
        assertThrows(ConcurrentModificationException.class, () -> outer.step(x, t)).getMessage();
    assertTrue(message.startsWith("another trainer updated this network"), message);
    assertArrayEquals(between[0], network.parameters());
    inner.step(x, t);
  }

  @Test
  void aLossBetweenForwardAndBackwardChangesNothing() {
    Network disturbed = Samples.everyLayer(Backend.preferred());
    Network undisturbed = disturbed.copy();
    float[] rows = Samples.numbers(6 * 33, 3);
    float[] more = Samples.numbers(60 * 33, 4);
    float[] dy = Samples.numbers(6 * 5, 5);
    TrainingOptions options = TrainingOptions.of(Loss.MEAN_SQUARED_ERROR, new Sgd(0.1f));
    Trainer one = new Trainer(disturbed, options, 1);
    Trainer other = new Trainer(undisturbed, options, 1);
    for (int step = 0; step < 3; step++) {
      one.forward(6, rows, 0, new float[30], 0);
      other.forward(6, rows, 0, new float[30], 0);
      double expected = new Trainer(disturbed, options, 1).loss(60, more, 0, new float[300], 0);
      assertEquals(expected, one.loss(60, more, 0, new float[300], 0));
      one.backward(dy, 0);
      other.backward(dy, 0);
      assertArrayEquals(undisturbed.parameters(), disturbed.parameters());
      assertArrayEquals(undisturbed.buffers(2), disturbed.buffers(2));
    }
  }

  @Test
  void accumulatedSumsAreTheSumOfTheLargeBatch() {
    float[] numbers = {1, 2, 3, 4};
    for (Loss loss : new Loss[] {Loss.SQUARED_ERROR, Loss.MEAN_SQUARED_ERROR}) {
      Network whole = Network.builder(1).dense(1, Activation.IDENTITY, false).build();
      whole.setWeights(0, new float[] {1});
      Network parts = whole.copy();
      TrainingOptions options = TrainingOptions.of(loss, new Sgd(0.0078125f));
      new Trainer(whole, options, 1).step(numbers, new float[4]);
      Trainer accumulating = new Trainer(parts, options.accumulate(2), 1);
      accumulating.step(2, numbers, 0, new float[4], 0);
      accumulating.step(2, numbers, 2, new float[4], 2);
      assertArrayEquals(whole.parameters(), parts.parameters());
    }
  }

  @Test
  void predictionsMayGoWhereTheInputsWere() {
    for (int inputs : new int[] {1, 3, 7}) {
      Network some =
          Network.builder(inputs)
              .dense(3, Activation.TANH)
              .initializer(Initializer.XAVIER, 2)
              .build();
      for (int rows : new int[] {1, 255, 256, 257, 700}) {
        float[] given = Samples.numbers(rows * inputs, 3);
        float[] expected = some.predict(given);
        for (int xAt : new int[] {0, 1, 50, 900}) {
          for (int yAt : new int[] {0, 1, 49, 1000}) {
            float[] both = new float[8_000];
            System.arraycopy(given, 0, both, xAt, given.length);
            some.predict(rows, both, xAt, both, yAt);
            assertArrayEquals(expected, Arrays.copyOfRange(both, yAt, yAt + 3 * rows));
          }
        }
      }
    }
  }
}
