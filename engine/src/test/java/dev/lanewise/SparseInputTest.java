package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernel.SparseRows;
import dev.lanewise.model.Activation;
import dev.lanewise.model.AdaGrad;
import dev.lanewise.model.Adam;
import dev.lanewise.model.AdamW;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Lion;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Optimizer;
import dev.lanewise.model.RmsProp;
import dev.lanewise.model.Sgd;
import dev.lanewise.model.TrainingOptions;
import dev.lanewise.model.TrainingOptions.Penalty;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows given sparsely do what the same rows do densely, and touch only what they name. */
@Tag("every-width")
class SparseInputTest {
  private static final int COLUMNS = 45;
  private static final float SHARE = 0.15f;
  private static final Loss LOSS = Loss.SOFTMAX_CROSS_ENTROPY;

  /** A first layer of some width, weights and biases of -0 among others, and a layer after it. */
  private static Network network(Backend backend, int width) {
    Network network =
        Network.builder(COLUMNS)
            .dense(width, Activation.TANH)
            .dense(3, Activation.SOFTMAX)
            .initializer(Initializer.XAVIER, 5)
            .backend(backend)
            .build();
    float[] parameters = network.parameters();
    for (int i = 0; i < parameters.length; i += 11) {
      parameters[i] = -0f;
    }
    network.setParameters(parameters);
    return network;
  }

  private static Network oneLayer(Backend backend, int width, boolean bias) {
    Network network =
        Network.builder(COLUMNS)
            .dense(width, Activation.IDENTITY, bias)
            .initializer(Initializer.XAVIER, 5)
            .backend(backend)
            .build();
    if (bias) {
      float[] values = Samples.numbers(width, 8);
      values[0] = -0f;
      network.setBias(0, values);
    }
    return network;
  }

  /** One output and more, below and above every vector's lanes; one row and more. */
  static Stream<Arguments> shapes() {
    return Stream.of(Backend.values())
        .flatMap(
            backend ->
                Stream.of(1, 2, 5, 16, 77, 512)
                    .flatMap(
                        width ->
                            Stream.of(1, 2, 9, 300)
                                .map(rows -> Arguments.of(backend, width, rows))));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void predictionsHaveTheBitsOfDenseRows(Backend backend, int width, int rows) {
    SparseSamples x = SparseSamples.of(rows, COLUMNS, SHARE, rows);
    for (Network network :
        List.of(
            network(backend, width),
            oneLayer(backend, width, true),
            oneLayer(backend, width, false))) {
      float[] expected = network.predict(x.dense());
      assertArrayEquals(expected, network.predict(x.sparse()));
      float[] y = new float[expected.length + 2];
      y[0] = 7;
      y[y.length - 1] = 8;
      network.predict(x.sparse(), y, 1);
      assertArrayEquals(expected, Arrays.copyOfRange(y, 1, y.length - 1));
      assertEquals(7, y[0]);
      assertEquals(8, y[y.length - 1]);
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void stepsOfSgdHaveTheBitsOfDenseRows(Backend backend, int width, int rows) {
    trainsAlike(network(backend, width), TrainingOptions.of(LOSS, new Sgd(0.5f)), rows, SHARE, 4);
  }

  /** Widths of one output at the end too: the whole network is one dot product. */
  @ParameterizedTest
  @EnumSource
  void stepsOfOneOutputHaveTheBitsOfDenseRows(Backend backend) {
    TrainingOptions options = TrainingOptions.of(Loss.SQUARED_ERROR, new Sgd(0.1f));
    for (int rows : new int[] {1, 6}) {
      trainsAlike(oneLayer(backend, 1, true), options, rows, SHARE, 4);
      trainsAlike(oneLayer(backend, 1, false), options, rows, SHARE, 4);
    }
  }

  private static void trainsAlike(
      Network dense, TrainingOptions options, int rows, float share, int steps) {
    Network sparse = dense.copy();
    try (Trainer denseTrainer = new Trainer(dense, options, 2);
        Trainer sparseTrainer = new Trainer(sparse, options, 2)) {
      float[] counts = Samples.probabilities(1, rows + 1, 9);
      for (int step = 0; step < steps; step++) {
        SparseSamples x = SparseSamples.of(rows, COLUMNS, share, 100 + step);
        float[] targets = Samples.probabilities(rows + 1, dense.outputs(), step);
        float[] weights = step == 1 ? counts : null;
        double expected =
            denseTrainer.step(Batch.of(rows, x.dense(), 0, targets, 1).withWeights(weights, 1));
        assertEquals(
            expected, sparseTrainer.loss(Batch.of(x.sparse(), targets, 1).withWeights(weights, 1)));
        assertEquals(
            expected, sparseTrainer.step(Batch.of(x.sparse(), targets, 1).withWeights(weights, 1)));
        assertArrayEquals(dense.parameters(), sparse.parameters(), "parameters, step " + step);
      }
    }
  }

  static Stream<Arguments> optimizers() {
    return Stream.of(
            new Sgd(0.1f, 0.9f),
            new Sgd(0.1f, 0.9f, true, 0),
            new Adam(0.01f),
            new AdamW(0.01f, 0.9f, 0.99f, 1e-6f, 0),
            new RmsProp(0.01f),
            new RmsProp(0.01f, 0.9f, 1e-6f, 0.8f, true, 0),
            new AdaGrad(0.1f),
            new Lion(0.01f))
        .flatMap(o -> Stream.of(Backend.values()).map(b -> Arguments.of(b, o)));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void theFirstStepOfAnyOptimizerHasTheBitsOfDenseRows(Backend backend, Optimizer optimizer) {
    TrainingOptions options = TrainingOptions.of(LOSS, optimizer);
    for (int rows : new int[] {1, 9}) {
      trainsAlike(network(backend, 77), options, rows, SHARE, 1);
      trainsAlike(network(backend, 1), options, rows, SHARE, 1);
    }
  }

  /** Where every column is named nothing stands still, so penalties and state do not differ. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void stepsThatNameAllColumnsHaveTheBitsOfDenseRows(Backend backend, Optimizer optimizer) {
    TrainingOptions options =
        TrainingOptions.of(LOSS, optimizer)
            .penalty(0, new Penalty(0.01f, 0.02f, 0.03f))
            .clipValue(0.05f);
    for (int rows : new int[] {1, 3}) {
      trainsAlike(network(backend, 77), options, rows, 1, 3);
      trainsAlike(network(backend, 1), options, rows, 1, 3);
    }
  }

  /** These wait for the whole gradient, so that nothing is lazy. */
  @ParameterizedTest
  @EnumSource
  void stepsThatKeepTheGradientHaveTheBitsOfDenseRows(Backend backend) {
    TrainingOptions adam = TrainingOptions.of(LOSS, new Adam(0.01f, 0.9f, 0.999f, 1e-8f, 0.1f));
    for (TrainingOptions options :
        List.of(adam.clipNorm(0.1f), adam.accumulate(2), adam.accumulate(2).clipNorm(0.1f))) {
      for (int rows : new int[] {1, 9}) {
        trainsAlike(network(backend, 77), options, rows, SHARE, 5);
        trainsAlike(network(backend, 1), options, rows, SHARE, 5);
      }
    }
  }

  @Test
  void aFrozenFirstLayerStaysAsItIs() {
    Network network = network(Backend.preferred(), 16);
    float[] before = network.weights(0);
    TrainingOptions options = TrainingOptions.of(LOSS, new Sgd(0.5f)).freeze(0);
    trainsAlike(network, options, 9, SHARE, 3);
    assertArrayEquals(before, network.weights(0));
  }

  @ParameterizedTest
  @EnumSource
  void classesAreTargets(Backend backend) {
    Network oneHot = network(backend, 16);
    Network classes = oneHot.copy();
    SparseSamples x = SparseSamples.of(3, COLUMNS, SHARE, 1);
    float[] weights = {0, 1, 2, 0.5f};
    double expected =
        new Trainer(oneHot, LOSS, new Sgd(0.5f))
            .step(
                Batch.of(x.sparse(), new float[] {0, 0, 1, 1, 0, 0, 0, 1, 0}, 0)
                    .withWeights(weights, 1));
    Trainer trainer = new Trainer(classes, LOSS, new Sgd(0.5f));
    assertEquals(
        expected,
        trainer.step(
            Batch.ofClasses(x.sparse(), new int[] {9, 2, 0, 1}, 1).withWeights(weights, 1)));
    assertArrayEquals(oneHot.parameters(), classes.parameters());
  }

  static Stream<TrainingOptions> lazy() {
    TrainingOptions momentum = TrainingOptions.of(LOSS, new Sgd(0.1f, 0.9f));
    return Stream.of(
        momentum,
        momentum.penalty(0, new Penalty(0.1f, 0.1f, 0.1f)),
        TrainingOptions.of(LOSS, new Sgd(0.1f)).penalty(0, new Penalty(0, 0, 0.5f)),
        TrainingOptions.of(LOSS, new AdamW(0.1f)),
        TrainingOptions.of(LOSS, new Lion(0.1f)));
  }

  /** The second step names other columns than the first: those have momentum that stands still. */
  @ParameterizedTest
  @MethodSource("lazy")
  void onlyWeightsOfNamedColumnsChange(TrainingOptions options) {
    for (int width : new int[] {1, 16}) {
      Network network = network(Backend.preferred(), width);
      Trainer trainer = new Trainer(network, options);
      for (int step = 0; step < 2; step++) {
        SparseSamples x = SparseSamples.of(3, COLUMNS, 0.1f, step);
        float[] before = network.weights(0);
        trainer.step(Batch.of(x.sparse(), Samples.probabilities(3, 3, step), 0));
        float[] after = network.weights(0);
        int named = 0;
        for (int i = 0; i < COLUMNS; i++) {
          float[] old = Arrays.copyOfRange(before, i * width, (i + 1) * width);
          float[] now = Arrays.copyOfRange(after, i * width, (i + 1) * width);
          if (!x.names(i)) {
            assertArrayEquals(old, now, "weights of column " + i);
          } else if (!Arrays.equals(old, now)) {
            named++;
          }
        }
        assertTrue(named > 2, "columns whose weights changed: " + named);
      }
    }
  }

  @Test
  void aStepThatDivergesChangesNothingAndTheNextOneIsAsEver() {
    Network network = network(Backend.preferred(), 16);
    Network other = network.copy();
    float[] before = network.parameters();
    Trainer trainer = new Trainer(network, LOSS, new Sgd(0.5f));
    float[] targets = Samples.probabilities(3, 3, 1);
    float[] values = {Float.NaN, 1, 1};
    SparseRows bad = new SparseRows(COLUMNS, new int[] {0, 1, 2, 3}, new int[] {4, 4, 5}, values);
    assertThrows(DivergenceException.class, () -> trainer.step(Batch.of(bad, targets, 0)));
    assertArrayEquals(before, network.parameters());

    SparseSamples x = SparseSamples.of(3, COLUMNS, SHARE, 1);
    trainer.step(Batch.of(x.sparse(), targets, 0));
    new Trainer(other, LOSS, new Sgd(0.5f)).step(x.dense(), targets);
    assertArrayEquals(other.parameters(), network.parameters());
  }

  @Test
  void denseAndSparseStepsMayTakeTurns() {
    Network turns = network(Backend.preferred(), 16);
    Network dense = turns.copy();
    Trainer turnsTrainer = new Trainer(turns, LOSS, new Sgd(0.5f));
    Trainer denseTrainer = new Trainer(dense, LOSS, new Sgd(0.5f));
    float[] targets = Samples.probabilities(3, 3, 1);
    for (int step = 0; step < 4; step++) {
      SparseSamples x = SparseSamples.of(3, COLUMNS, SHARE, step);
      denseTrainer.step(x.dense(), targets);
      if (step % 2 == 0) {
        turnsTrainer.step(Batch.of(x.sparse(), targets, 0));
      } else {
        turnsTrainer.step(x.dense(), targets);
      }
      assertArrayEquals(dense.parameters(), turns.parameters());
    }
    assertNotEquals(
        Samples.checksum(network(Backend.preferred(), 16).parameters()),
        Samples.checksum(turns.parameters()));
  }
}
