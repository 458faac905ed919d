package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.model.Activation;
import dev.lanewise.model.Adam;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Loss;
import dev.lanewise.model.RmsProp;
import dev.lanewise.model.Sgd;
import dev.lanewise.model.TrainingOptions;
import dev.lanewise.model.TrainingOptions.Penalty;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type of layer and every option gives the same bits, whatever computes. */
@Tag("every-width")
class SameBitsTest {
  private static final int[] CHANGING_ROWS = {17, 2, 1, 40, 1, 3};

  static List<TrainingOptions> options() {
    TrainingOptions plain = TrainingOptions.of(Loss.SOFTMAX_CROSS_ENTROPY, new Sgd(0.1f)).seed(9);
    TrainingOptions adam =
        TrainingOptions.of(Loss.MEAN_SQUARED_ERROR, new Adam(0.01f, 0.9f, 0.999f, 1e-8f, 0.01f));
    return List.of(
        plain,
        plain.clipValue(0.01f).l1(0.001f).rateFactor(3, 0.3f),
        adam.withoutPenaltyOnBiases().penalty(6, new Penalty(0.001f, 0.02f, 0.3f)),
        adam.clipNorm(0.1f).freeze(1, 7),
        TrainingOptions.of(Loss.huber(0.5f), new RmsProp(0.01f, 0.9f, 1e-8f, 0.8f, true, 0))
            .accumulate(3)
            .clipNorm(1));
  }

  /** A single row is for networks whose batch norm is frozen. */
  private static void train(Network network, TrainingOptions options, int threads) {
    try (Trainer trainer = new Trainer(network, options, threads)) {
      for (int rows : CHANGING_ROWS) {
        if (rows > 1 || options.rateFactor(2) == 0) {
          float[] x = Samples.numbers(rows * network.inputs(), rows);
          trainer.step(x, Samples.probabilities(rows, network.outputs(), rows));
        }
      }
    }
  }

  private static void same(Network expected, Network got) {
    assertArrayEquals(expected.parameters(), got.parameters());
    for (int l = 0; l < expected.layers().size(); l++) {
      assertArrayEquals(expected.buffers(l), got.buffers(l));
    }
    float[] x = Samples.numbers(3 * expected.inputs(), 77);
    assertArrayEquals(expected.predict(x), got.predict(x));
  }

  @ParameterizedTest
  @MethodSource("options")
  void onBothBackendsAtOddWidths(TrainingOptions options) {
    for (TrainingOptions one : List.of(options, options.freeze(2))) {
      for (int width : new int[] {2, 15, 77}) {
        Network scalar = Samples.everyLayer(33, width, 5, Backend.SCALAR);
        Network vector = Samples.everyLayer(33, width, 5, Backend.VECTOR);
        train(scalar, one, 1);
        train(vector, one, 1);
        same(scalar, vector);
      }
    }
  }

  /** The vector backend keeps such rows further apart than they are wide. */
  @ParameterizedTest
  @MethodSource("options")
  void onBothBackendsWhereRowsLieApart(TrainingOptions options) {
    Network scalar = Samples.everyLayer(9, 512, 5, Backend.SCALAR);
    Network vector = Samples.everyLayer(9, 512, 5, Backend.VECTOR);
    train(scalar, options, 1);
    train(vector, options, 2);
    same(scalar, vector);
  }

  /** Rows of the last layer's outputs lie beside each other, those before it do not. */
  @ParameterizedTest
  @EnumSource(Layers.class)
  void onBothBackendsWhereRowsOfTheLastLayerDoNot(Layers last) {
    TrainingOptions options = TrainingOptions.of(Loss.MEAN_SQUARED_ERROR, new Sgd(0.1f));
    Network scalar = last.network(Backend.SCALAR);
    Network vector = last.network(Backend.VECTOR);
    train(scalar, options, 1);
    train(vector, options, 2);
    same(scalar, vector);
  }

  enum Layers {
    DENSE,
    RESIDUAL,
    DROPOUT,
    LAYER_NORM;

    Network network(Backend backend) {
      NetworkBuilder start =
          Network.builder(512).dense(512, Activation.RELU).dense(512, Activation.TANH);
      NetworkBuilder all =
          switch (this) {
            case DENSE -> start;
            case RESIDUAL -> start.residual(1, Activation.IDENTITY);
            case DROPOUT -> start.dropout(0.5f);
            case LAYER_NORM -> start.layerNorm(Activation.SIGMOID);
          };
      return all.initializer(Initializer.XAVIER, 11).backend(backend).build();
    }
  }

  /** Wide enough to be shared out. */
  @ParameterizedTest
  @MethodSource("options")
  void onAnyNumberOfThreads(TrainingOptions options) {
    for (Backend backend : Backend.values()) {
      Network start = Samples.everyLayer(130, 251, 17, backend);
      Network one = start.copy();
      train(one, options, 1);
      for (int threads : new int[] {3, 7, 16}) {
        Network several = start.copy();
        train(several, options, threads);
        same(one, several);
      }
    }
  }

  /**
   * Many rows and few, which threads share in another way: bands of rows, blocks of columns, or
   * both; 7 threads only one of these. Fewer rows come after more, so room for those must do.
   */
  @ParameterizedTest
  @EnumSource
  void howeverRowsAndWeightsAreSharedOut(Backend backend) {
    Network start =
        Network.builder(77)
            .dense(260, Activation.GELU)
            .dense(130, Activation.RELU)
            .dense(1, Activation.TANH)
            .initializer(Initializer.XAVIER, 5)
            .backend(backend)
            .build();
    TrainingOptions fused = TrainingOptions.of(Loss.MEAN_SQUARED_ERROR, new Sgd(0.1f));
    TrainingOptions adam = TrainingOptions.of(Loss.MEAN_SQUARED_ERROR, new Adam(0.01f));
    for (TrainingOptions options : List.of(fused, adam, adam.clipNorm(0.1f))) {
      Network one = start.copy();
      trainRows(one, options, 1);
      for (int threads : new int[] {2, 4, 7, 12, 16, 64}) {
        Network several = start.copy();
        trainRows(several, options, threads);
        same(one, several);
      }
    }
  }

  private static void trainRows(Network network, TrainingOptions options, int threads) {
    try (Trainer trainer = new Trainer(network, options, threads)) {
      for (int rows : new int[] {2_001, 13, 430, 57, 202}) {
        float[] x = Samples.numbers(rows * network.inputs(), rows);
        trainer.step(x, Samples.numbers(rows, 7));
      }
    }
  }

  /** So many errors that their squares are summed by several threads. */
  @ParameterizedTest
  @EnumSource
  void theLossOfManyErrorsOnAnyNumberOfThreads(Backend backend) {
    int rows = 41;
    int outputs = 251;
    float[] x = Samples.numbers(rows * 3, 5);
    float[] t = Samples.numbers(rows * outputs, 6);
    Network start = Network.builder(3).dense(outputs, Activation.TANH).backend(backend).build();
    for (Loss loss : List.of(Loss.MEAN_SQUARED_ERROR, Loss.SQUARED_ERROR)) {
      Network one = start.copy();
      try (Trainer alone = new Trainer(one, loss, new Sgd(0.1f), 1)) {
        double expected = alone.step(x, t);
        for (int threads : new int[] {2, 3, 16}) {
          Network several = start.copy();
          try (Trainer trainer = new Trainer(several, loss, new Sgd(0.1f), threads)) {
            assertEquals(expected, trainer.step(x, t));
            same(one, several);
          }
        }
      }
    }
  }
}
