package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernel.SparseRows;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Adam;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import dev.lanewise.model.TrainingOptions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A step with rows of weight 0, whatever stands in them, gives the bits of one without them. */
@Tag("every-width")
class WeightZeroTest {
  private static final float[] WEIGHTS = {0, 0.5f, 0, 2, 1, 0};
  private static final int[] COUNTED = {1, 3, 4};
  private static final float[] NO_NUMBERS = {
    Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -3, 1e38f
  };

  private static final Loss.Custom MEAN_SQUARES =
      (rows, outputs, y, yOffset, t, tOffset, dy, dyOffset) -> {
        double sum = 0;
        for (int i = 0; i < rows * outputs; i++) {
          float d = y[yOffset + i] - t[tOffset + i];
          dy[dyOffset + i] = 2 * d / rows;
          sum += d * d;
        }
        return sum / rows;
      };

  static List<TrainingOptions> options() {
    TrainingOptions sgd = TrainingOptions.of(Loss.MEAN_SQUARED_ERROR, new Sgd(0.1f)).seed(9);
    return List.of(
        sgd,
        sgd.freeze(1, 2),
        TrainingOptions.of(Loss.SQUARED_ERROR, new Sgd(0.01f)).clipNorm(1),
        TrainingOptions.of(Loss.SOFTMAX_CROSS_ENTROPY, new Adam(0.01f)).accumulate(2),
        TrainingOptions.of(Loss.BINARY_CROSS_ENTROPY, new Adam(0.01f)).l1(0.01f),
        TrainingOptions.of(Loss.POISSON, new Sgd(0.01f)),
        TrainingOptions.of(MEAN_SQUARES, new Sgd(0.01f)));
  }

  private static float[] counted(float[] a, int columns) {
    float[] counted = new float[COUNTED.length * columns];
    for (int r = 0; r < COUNTED.length; r++) {
      System.arraycopy(a, COUNTED[r] * columns, counted, r * columns, columns);
    }
    return counted;
  }

  private static float[] with(float number, float[] a, int columns) {
    float[] with = a.clone();
    for (int r = 0; r < WEIGHTS.length; r++) {
      if (WEIGHTS[r] == 0) {
        Arrays.fill(with, r * columns, (r + 1) * columns, number);
      }
    }
    return with;
  }

  private static void same(Network expected, Network got) {
    assertArrayEquals(expected.parameters(), got.parameters());
    for (int l = 0; l < expected.layers().size(); l++) {
      assertArrayEquals(expected.buffers(l), got.buffers(l));
    }
    assertTrue(Float.isFinite(got.parameters()[0]));
  }

  @ParameterizedTest
  @MethodSource("options")
  void throughEveryLayer(TrainingOptions options) {
    float[] x = Samples.numbers(WEIGHTS.length * 33, 1);
    float[] t = Samples.probabilities(WEIGHTS.length, 5, 2);
    float[] countedWeights = counted(WEIGHTS, 1);
    for (Backend backend : Backend.values()) {
      for (float number : NO_NUMBERS) {
        Network alone = Samples.everyLayer(backend);
        Network among = alone.copy();
        Trainer without = new Trainer(alone, options, 1);
        Trainer with = new Trainer(among, options, 1);
        Batch rows = Batch.of(COUNTED.length, counted(x, 33), 0, counted(t, 5), 0);
        Batch all =
            Batch.of(WEIGHTS.length, with(number, x, 33), 0, with(number, t, 5), 0)
                .withWeights(WEIGHTS, 0);
        for (int step = 0; step < 3; step++) {
          double expected = without.step(rows.withWeights(countedWeights, 0));
          assertEquals(expected, with.step(all));
          same(alone, among);
          assertEquals(without.loss(rows.withWeights(countedWeights, 0)), with.loss(all));
        }
      }
    }
  }

  private static Network softmax(Backend backend) {
    return Samples.odd(Activation.RELU, Activation.SOFTMAX, backend);
  }

  @ParameterizedTest
  @EnumSource
  void ofAClassOfWeightZero(Backend backend) {
    Loss loss = Loss.SOFTMAX_CROSS_ENTROPY.withClassWeights(1, 0, 2, 1, 0.5f);
    int[] classes = {1, 0, 1, 2, 3, 1};
    float[] oneHot = new float[30];
    for (int r = 0; r < classes.length; r++) {
      oneHot[r * 5 + classes[r]] = 1;
    }
    float[] x = Samples.numbers(6 * 33, 1);
    float[] bad = with(Float.NaN, x, 33);
    Network alone = softmax(backend);
    Network among = alone.copy();
    Network plain = alone.copy();
    Trainer without = new Trainer(alone, loss, new Adam(0.01f), 1);
    Trainer with = new Trainer(among, loss, new Adam(0.01f), 1);
    Trainer targets = new Trainer(plain, loss, new Adam(0.01f), 1);
    for (int step = 0; step < 3; step++) {
      double expected = without.step(Batch.ofClasses(3, counted(x, 33), 0, new int[] {0, 2, 3}, 0));
      assertEquals(expected, with.step(Batch.ofClasses(6, bad, 0, classes, 0)));
      assertEquals(expected, targets.step(6, bad, 0, oneHot, 0));
    }
    same(alone, among);
    same(alone, plain);
  }

  /** The columns of such a row are not named, so a lazy update leaves them alone. */
  @ParameterizedTest
  @EnumSource
  void givenSparsely(Backend backend) {
    for (int width : new int[] {1, 77}) {
      SparseRows all =
          new SparseRows(
              9,
              new int[] {1, 3, 5, 7},
              new int[] {8, 0, 4, 1, 2, 3, 4},
              new float[] {7, Float.NaN, 2, 1, 2, Float.NaN, Float.POSITIVE_INFINITY});
      SparseRows counted =
          new SparseRows(9, new int[] {0, 2}, new int[] {1, 2}, new float[] {1, 2});
      Network alone =
          Network.builder(9)
              .dense(width, Activation.TANH)
              .dense(2, Activation.SOFTMAX)
              .initializer(Initializer.XAVIER, 3)
              .backend(backend)
              .build();
      Network among = alone.copy();
      Trainer without = new Trainer(alone, Loss.SOFTMAX_CROSS_ENTROPY, new Adam(0.01f), 1);
      Trainer with = new Trainer(among, Loss.SOFTMAX_CROSS_ENTROPY, new Adam(0.01f), 1);
      Batch rows =
          Batch.ofClasses(all, new int[] {77, 1, -1}, 0).withWeights(new float[] {0, 3, 0}, 0);
      Batch row = Batch.ofClasses(counted, new int[] {1}, 0).withWeights(new float[] {3}, 0);
      for (int step = 0; step < 3; step++) {
        assertEquals(without.step(row), with.step(rows));
        assertEquals(without.loss(row), with.loss(rows));
      }
      same(alone, among);
    }
  }

  @Test
  void onThreads() {
    int rows = 150;
    float[] weights = new float[rows];
    for (int r = 0; r < rows; r++) {
      weights[r] = r % 3;
    }
    float[] x = Samples.numbers(rows * 130, 1);
    for (int r = 0; r < rows; r += 3) {
      x[r * 130 + r % 130] = Float.NaN;
    }
    float[] t = Samples.numbers(rows * 17, 2);
    Network one = Samples.everyLayer(130, 251, 17, Backend.VECTOR);
    Network several = one.copy();
    Batch batch = Batch.of(rows, x, 0, t, 0).withWeights(weights, 0);
    try (Trainer alone = new Trainer(one, Loss.MEAN_SQUARED_ERROR, new Sgd(0.1f), 1);
        Trainer shared = new Trainer(several, Loss.MEAN_SQUARED_ERROR, new Sgd(0.1f), 3)) {
      assertEquals(alone.step(batch), shared.step(batch));
    }
    same(one, several);
  }

  @Test
  void aBatchNormCountsTheOtherRowsOnly() {
    Network network =
        Network.builder(1)
            .batchNorm(Activation.IDENTITY)
            .dense(1, Activation.IDENTITY)
            .initializer(Initializer.XAVIER, 1)
            .build();
    float[] x = {1, 1000, 3};
    Trainer trainer = new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Sgd(0), 1);
    Batch batch = Batch.of(3, x, 0, new float[3], 0);
    trainer.step(batch.withWeights(new float[] {1, 0, 5}, 0));
    assertEquals(0.1f * 2, network.buffers(0)[0], 1e-6);
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> trainer.step(batch.withWeights(new float[] {0, 0, 5}, 0)));
    assertTrue(e.getMessage().startsWith("a batch norm learns from at least 2 rows"));
  }

  @Test
  void aBatchOfNothingElseIsRefused() {
    Network network = softmax(Backend.VECTOR);
    float[] before = network.parameters();
    Trainer trainer = new Trainer(network, Loss.SOFTMAX_CROSS_ENTROPY, new Sgd(1), 1);
    Batch none = Batch.of(2, new float[66], 0, new float[10], 0).withWeights(new float[2], 0);
    for (Exception e :
        List.of(
            assertThrows(IllegalArgumentException.class, () -> trainer.step(none)),
            assertThrows(IllegalArgumentException.class, () -> trainer.loss(none)))) {
      assertEquals(
          "the weights of the batch's rows add up to 0 (of 2), so its loss is not defined; leave"
              + " such a batch out",
          e.getMessage());
    }
    assertArrayEquals(before, network.parameters());
  }
}
