package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lanewise.model.Activation;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import dev.lanewise.model.TrainingOptions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What dropout drops, and what that depends on. */
class DropoutTest {
  private static final int WIDTH = 77;
  private static final float RATE = 0.3f;
  private static final TrainingOptions OPTIONS =
      TrainingOptions.of(Loss.SQUARED_ERROR, new Sgd(0.1f)).seed(3);

  private static Network network(Backend backend) {
    return Network.builder(WIDTH).dropout(RATE).backend(backend).build();
  }

  private static Trainer trainer(TrainingOptions options) {
    return new Trainer(network(Backend.preferred()), options);
  }

  /** What becomes of rows of ones. */
  private static float[] mask(Trainer trainer, int rows) {
    float[] x = new float[rows * WIDTH];
    Arrays.fill(x, 1);
    float[] y = new float[x.length];
    trainer.forward(rows, x, 0, y, 0);
    return y;
  }

  private static boolean same(float[] a, float[] b) {
    return Arrays.equals(a, b);
  }

  @ParameterizedTest
  @CsvSource({"0.1", "0.3", "0.5", "0.9"})
  void theMeanStays(float rate) {
    int n = 200_000;
    Network network = Network.builder(n).dropout(rate).build();
    float[] x = new float[n];
    Arrays.fill(x, 1);
    float[] y = new float[n];
    new Trainer(network, OPTIONS).forward(1, x, 0, y, 0);
    double sum = 0;
    int dropped = 0;
    for (float number : y) {
      sum += number;
      if (number == 0) {
        dropped++;
      } else {
        assertEquals(1 / (1 - rate), number);
      }
    }
    double deviation = Math.sqrt(rate * (1 - rate) / n);
    assertEquals(rate, dropped / (double) n, 4 * deviation);
    assertEquals(1, sum / n, 4 * deviation / (1 - rate));
  }

  @Test
  void theMaskDependsOnTheSeed() {
    float[] mask = mask(trainer(OPTIONS), 4);
    assertArrayEquals(mask, mask(trainer(OPTIONS), 4));
    assertFalse(same(mask, mask(trainer(OPTIONS.seed(4)), 4)));
  }

  @Test
  void theMaskDependsOnTheStep() {
    Trainer trainer = trainer(OPTIONS);
    float[] first = mask(trainer, 4);
    assertArrayEquals(first, mask(trainer, 4), "a forward alone is no step");
    trainer.backward(first, 0);
    assertFalse(same(first, mask(trainer, 4)));
  }

  @Test
  void theMaskDependsOnTheLayer() {
    Network later = Network.builder(WIDTH).normalization().dropout(RATE).build();
    assertFalse(same(mask(trainer(OPTIONS), 4), mask(new Trainer(later, OPTIONS), 4)));
  }

  @Test
  void everyRowHasAMaskOfItsOwn() {
    float[] mask = mask(trainer(OPTIONS), 2);
    assertFalse(same(Arrays.copyOf(mask, WIDTH), Arrays.copyOfRange(mask, WIDTH, 2 * WIDTH)));
  }

  @Test
  void theMaskDependsOnNeitherRowsAfterThreadsNorBackend() {
    float[] mask = mask(trainer(OPTIONS), 4);
    assertArrayEquals(mask, Arrays.copyOf(mask(trainer(OPTIONS), 9), 4 * WIDTH));
    for (Backend backend : Backend.values()) {
      try (Trainer threads = new Trainer(network(backend), OPTIONS, 3)) {
        assertArrayEquals(mask, mask(threads, 4));
      }
    }
  }

  @Test
  void theWayBackDropsTheSameNumbers() {
    Network network =
        Network.builder(WIDTH).dense(WIDTH, Activation.IDENTITY).dropout(RATE).build();
    network.setWeights(0, new float[WIDTH * WIDTH]);
    float[] ones = new float[WIDTH];
    Arrays.fill(ones, 1);
    network.setBias(0, ones);
    Trainer trainer = new Trainer(network, TrainingOptions.of(Loss.SQUARED_ERROR, new Sgd(1)));
    float[] mask = new float[WIDTH];
    trainer.forward(1, new float[WIDTH], 0, mask, 0);
    trainer.backward(ones, 0);
    float[] bias = network.bias(0);
    for (int j = 0; j < WIDTH; j++) {
      assertEquals(1 - mask[j], bias[j]);
    }
  }

  @Test
  void predictionsDropNothing() {
    float[] x = Samples.numbers(4 * WIDTH, 1);
    for (Backend backend : Backend.values()) {
      assertArrayEquals(x, network(backend).predict(x));
    }
    Trainer trainer = trainer(OPTIONS);
    assertEquals(0, trainer.loss(4, x, 0, x, 0));
  }

  @Test
  void aFrozenOneDropsNothing() {
    float[] ones = new float[4 * WIDTH];
    Arrays.fill(ones, 1);
    assertArrayEquals(ones, mask(trainer(OPTIONS.freeze(0)), 4));
  }

  @Test
  void aRateOf0DropsNothing() {
    Network network = Network.builder(WIDTH).dropout(0).build();
    float[] ones = new float[4 * WIDTH];
    Arrays.fill(ones, 1);
    assertArrayEquals(ones, mask(new Trainer(network, OPTIONS), 4));
  }
}
