package dev.lanewise;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.model.Activation;
import dev.lanewise.model.Adam;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import dev.lanewise.model.TrainingOptions;
import java.util.stream.Stream;
import jdk.incubator.vector.VectorShape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Once warm, training and prediction allocate nothing. */
@Tag("every-width")
class AllocationTest {
  /** A width that the machine lacks is emulated, with vectors that are objects. */
  @BeforeEach
  void theMachineHasVectorsOfThisWidth() {
    int widest = VectorShape.preferredShape().vectorBitSize();
    assumeTrue(
        network(Backend.VECTOR).backendInfo().vectorBits() <= widest,
        "vectors wider than the machine's are objects here, which allocate");
  }

  /** Widths where every kernel has vectors left over, and 32 rows are shared out among threads. */
  private static Network network(Backend backend) {
    return network(backend, Activation.SOFTMAX);
  }

  private static Network network(Backend backend, Activation last) {
    return Network.builder(130)
        .dense(251, Activation.RELU)
        .dense(37, Activation.TANH)
        .dense(10, last)
        .initializer(Initializer.XAVIER, 1)
        .backend(backend)
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "SCALAR, 1, 1",
    "SCALAR, 32, 1",
    "SCALAR, 32, 2",
    "VECTOR, 1, 1",
    "VECTOR, 32, 1",
    "VECTOR, 32, 2",
    "VECTOR, 300, 2",
    "VECTOR, 300, 7"
  })
  void aTrainingStep(Backend backend, int rows, int threads) {
    float[] x = Samples.numbers(rows * 130, 2);
    float[] targets = Samples.probabilities(rows, 10, 3);
    Loss loss = Loss.SOFTMAX_CROSS_ENTROPY;
    try (Trainer trainer = new Trainer(network(backend), loss, new Sgd(0.01f), threads)) {
      WithoutAllocation.runs(() -> trainer.step(rows, x, 0, targets, 0));
    }
  }

  @Test
  void aPredictionOfClasses() {
    Network network = network(Backend.VECTOR);
    float[] x = Samples.numbers(300 * 130, 2);
    int[] classes = new int[300];
    WithoutAllocation.runs(() -> network.predictClasses(300, x, 0, classes, 0));
  }

  static Stream<Arguments> losses() {
    return Samples.losses().stream()
        .flatMap(loss -> Stream.of(Backend.values()).map(backend -> Arguments.of(backend, loss)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void aTrainingStepOfOtherLosses(Backend backend, Loss loss) {
    float[] x = Samples.numbers(4 * 130, 2);
    float[] targets = Samples.probabilities(4, 10, 3);
    Network network = network(backend, Activation.IDENTITY);
    Trainer trainer = new Trainer(network, loss, new Sgd(0.01f), 1);
    WithoutAllocation.runs(() -> trainer.step(4, x, 0, targets, 0));
  }

  @Test
  void aTrainingStepWithAnotherLearningRate() {
    float[] x = Samples.numbers(4 * 130, 2);
    float[] targets = Samples.probabilities(4, 10, 3);
    Loss loss = Loss.SOFTMAX_CROSS_ENTROPY;
    Trainer trainer = new Trainer(network(Backend.VECTOR), loss, new Adam(0.01f), 1);
    float[] rate = {1};
    WithoutAllocation.runs(
        () -> {
          rate[0] = rate[0] < 1e-20f ? 0.01f : rate[0] * 0.99f;
          trainer.setLearningRate(rate[0]);
          trainer.step(4, x, 0, targets, 0);
        });
  }

  @Test
  void aTrainingStepWithRowsOfWeightZero() {
    float[] x = Samples.numbers(4 * 130, 2);
    float[] targets = Samples.probabilities(4, 10, 3);
    float[] weights = {0, 1, 0, 2};
    Loss loss = Loss.SOFTMAX_CROSS_ENTROPY.withClassWeights(0, 1, 1, 1, 1, 1, 1, 1, 1, 2);
    Trainer trainer = new Trainer(network(Backend.VECTOR), loss, new Sgd(0.01f), 1);
    Batch rows = Batch.of(4, x, 0, targets, 0).withWeights(weights, 0);
    Batch classes = Batch.ofClasses(4, x, 0, new int[] {0, 1, 0, 2}, 0);
    Batch without =
        Batch.ofClasses(SparseSamples.of(4, 130, 0.1f, 7).sparse(), new int[] {1, 0, 2, 3}, 0);
    WithoutAllocation.runs(
        () -> {
          trainer.step(rows);
          trainer.step(classes);
          trainer.step(without);
          trainer.loss(rows);
        });
  }

  static Stream<Arguments> options() {
    TrainingOptions adam = TrainingOptions.of(Loss.SOFTMAX_CROSS_ENTROPY, new Adam(0.001f));
    return Stream.of(Backend.values())
        .flatMap(
            backend ->
                Stream.of(
                    Arguments.of(backend, adam, 1),
                    Arguments.of(backend, adam.l1(0.001f).clipValue(1).freeze(3), 1),
                    Arguments.of(backend, adam.clipNorm(0.1f).accumulate(2), 2)));
  }

  @ParameterizedTest
  @MethodSource("options")
  void aTrainingStepThroughEveryLayer(Backend backend, TrainingOptions options, int threads) {
    float[] x = Samples.numbers(32 * 130, 2);
    float[] targets = Samples.probabilities(32, 10, 3);
    Network network = Samples.everyLayer(130, 67, 10, backend);
    try (Trainer trainer = new Trainer(network, options, threads)) {
      WithoutAllocation.runs(() -> trainer.step(32, x, 0, targets, 0));
    }
    float[] y = new float[32 * 10];
    WithoutAllocation.runs(() -> network.predict(32, x, 0, y, 0));
  }

  @ParameterizedTest
  @CsvSource({"SCALAR, 1", "SCALAR, 100", "VECTOR, 1", "VECTOR, 100"})
  void aPrediction(Backend backend, int rows) {
    Network network = network(backend);
    float[] x = Samples.numbers(rows * 130, 2);
    float[] y = new float[rows * 10];
    WithoutAllocation.runs(() -> network.predict(rows, x, 0, y, 0));
  }
}
