package dev.lanewise;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.kernel.SparseRows;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Adam;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import jdk.incubator.vector.VectorShape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Once warm, training and prediction with rows given sparsely allocate nothing. */
@Tag("every-width")
class SparseAllocationTest {
  /** A width that the machine lacks is emulated, with vectors that are objects. */
  @BeforeEach
  void theMachineHasVectorsOfThisWidth() {
    int widest = VectorShape.preferredShape().vectorBitSize();
    assumeTrue(
        network(Backend.VECTOR).backendInfo().vectorBits() <= widest,
        "vectors wider than the machine's are objects here, which allocate");
  }

  /** One layer, the one that takes rows given sparsely, with vectors left over. */
  private static Network network(Backend backend) {
    return Network.builder(130)
        .dense(37, Activation.SOFTMAX)
        .initializer(Initializer.XAVIER, 1)
        .backend(backend)
        .build();
  }

  /** Batches of different pairs take turns, none with more of them than were seen. */
  @ParameterizedTest
  @CsvSource({"SCALAR, 1", "SCALAR, 32", "VECTOR, 1", "VECTOR, 32"})
  void aTrainingStepOfSparseRows(Backend backend, int rows) {
    float[] targets = Samples.probabilities(rows, 37, 3);
    Batch batch = Batch.of(SparseSamples.of(rows, 130, 0.2f, 2).sparse(), targets, 0);
    Batch other = Batch.of(SparseSamples.of(rows, 130, 0.1f, 3).sparse(), targets, 0);
    Loss loss = Loss.SOFTMAX_CROSS_ENTROPY;
    Trainer sgd = new Trainer(network(backend), loss, new Sgd(0.01f), 1);
    Trainer adam = new Trainer(network(backend), loss, new Adam(0.001f), 1);
    WithoutAllocation.runs(
        () -> {
          sgd.step(batch);
          sgd.step(other);
          adam.step(batch);
        });
  }

  @ParameterizedTest
  @CsvSource({"SCALAR", "VECTOR"})
  void aTrainingStepOfSparseRowsWithOneOutput(Backend backend) {
    Network one = Network.builder(130).dense(1, Activation.IDENTITY).backend(backend).build();
    float[] targets = Samples.numbers(4, 3);
    Batch batch = Batch.of(SparseSamples.of(4, 130, 0.2f, 2).sparse(), targets, 0);
    Trainer trainer = new Trainer(one, Loss.SQUARED_ERROR, new Sgd(0.001f), 1);
    WithoutAllocation.runs(() -> trainer.step(batch));
  }

  @ParameterizedTest
  @CsvSource({"SCALAR, 1", "SCALAR, 300", "VECTOR, 1", "VECTOR, 300"})
  void aPredictionOfSparseRows(Backend backend, int rows) {
    Network network = network(backend);
    SparseRows x = SparseSamples.of(rows, 130, 0.1f, 2).sparse();
    float[] y = new float[rows * 37];
    WithoutAllocation.runs(() -> network.predict(x, y, 0));
  }
}
