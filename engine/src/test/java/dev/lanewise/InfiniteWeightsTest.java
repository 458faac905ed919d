package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.model.Activation;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With infinite weights too, neither threads nor where a row stands change a bit. */
@Tag("every-width")
class InfiniteWeightsTest {
  private static final int INPUTS = 200;
  private static final int WIDTH = 32;

  private static Network network(Backend backend) {
    Network network =
        Network.builder(INPUTS)
            .dense(WIDTH, Activation.TANH)
            .dense(2, Activation.IDENTITY)
            .initializer(Initializer.XAVIER, 1)
            .backend(backend)
            .build();
    float[] weights = network.weights(0);
    Arrays.fill(weights, 0, WIDTH, Float.POSITIVE_INFINITY);
    network.setWeights(0, weights);
    return network;
  }

  /** Ones, but for a zero before the infinite weights in some rows. */
  private static float[] rows(int rows, int... zeros) {
    float[] x = new float[rows * INPUTS];
    Arrays.fill(x, 1);
    for (int r : zeros) {
      x[r * INPUTS] = 0;
    }
    return x;
  }

  @ParameterizedTest
  @EnumSource
  void onAnyNumberOfThreads(Backend backend) {
    for (int rows : new int[] {65, 129, 131}) {
      for (int zero : new int[] {0, rows / 2, rows - 1}) {
        float[] x = rows(rows, zero);
        float[] t = new float[rows * 2];
        for (int threads : new int[] {1, 2, 3, 16, 64}) {
          try (Trainer trainer =
              new Trainer(network(backend), Loss.MEAN_SQUARED_ERROR, new Sgd(0.1f), threads)) {
            assertEquals(Double.NaN, trainer.loss(rows, x, 0, t, 0), threads + " threads");
            float[] y = new float[rows * 2];
            trainer.forward(rows, x, 0, y, 0);
            assertEquals(Float.NaN, y[2 * zero]);
            assertEquals(1, Math.signum(Math.abs(y[2 * (zero == 0 ? 1 : 0)])));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whereverARowStands(Backend backend) {
    for (int rows : new int[] {2, 255, 256, 257, 258, 512, 513, 514}) {
      float[] zeros = network(backend).predict(rows(rows, 0, rows - 1));
      assertArrayEquals(new float[] {Float.NaN, Float.NaN}, Arrays.copyOf(zeros, 2));
      assertArrayEquals(
          Arrays.copyOf(zeros, 2), Arrays.copyOfRange(zeros, zeros.length - 2, zeros.length));
    }
  }
}
