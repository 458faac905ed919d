package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.BackendInfo.Running;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Adam;
import dev.lanewise.model.Loss;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.VectorShape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a network of {@link Backend#AUTO} runs on, whatever other tests of this JVM had compiled.
 */
@Tag("every-width")
class AutoBackendTest {
  private static final int ROWS = 20;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);

  private static Network network(Backend backend) {
    return Samples.odd(Activation.RELU, Activation.SOFTMAX, backend);
  }

  private static Trainer trainer(Network network) {
    return new Trainer(network, Loss.SOFTMAX_CROSS_ENTROPY, new Adam(1e-4f), 1);
  }

  @Test
  void aNetworkGoesOverToVectorsInMidTrainingWithTheBitsOfPlainLoops() {
    Network network = network(Backend.AUTO);
    assumeTrue(
        network.backendInfo().vectorBits() <= VectorShape.preferredShape().vectorBitSize(),
        "vectors wider than the machine's are never faster than plain loops");
    Network scalar = network(Backend.SCALAR);
    float[] x = Samples.numbers(ROWS * network.inputs(), 3);
    float[] targets = new float[ROWS * network.outputs()];
    for (int r = 0; r < ROWS; r++) {
      targets[r * network.outputs()] = 1;
    }
    try (Trainer trainer = trainer(network);
        Trainer reference = trainer(scalar)) {
      assertEquals(Backend.AUTO, trainer.backendInfo().backend());
      int steps = 0;
      long start = System.nanoTime();
      do {
        trainer.step(x, targets);
        steps++;
      } while (trainer.backendInfo().running() != Running.VECTOR
          && System.nanoTime() - start < PATIENCE);
      BackendInfo info = trainer.backendInfo();
      assertEquals(Running.VECTOR, info.running());
      assertTrue(info.toString().startsWith("auto (vector now), " + info.vectorBits()));
      for (int step = 0; step < 10; step++) {
        trainer.step(x, targets);
      }
      for (int step = 0; step < steps + 10; step++) {
        reference.step(x, targets);
      }
    }
    assertArrayEquals(scalar.parameters(), network.parameters());
    assertArrayEquals(scalar.predict(x), network.predict(x));
  }

  @Test
  void whereMuchIsExpectedItRunsOnVectorsFromTheNextStepOn() {
    Network network = network(Backend.AUTO);
    float[] x = Samples.numbers(ROWS * network.inputs(), 3);
    float[] targets = new float[ROWS * network.outputs()];
    try (Trainer trainer = trainer(network)) {
      trainer.expect(Long.MAX_VALUE);
      trainer.step(x, targets);
      assertEquals(Running.VECTOR, trainer.backendInfo().running());
      assertEquals(network.backendInfo().lanes(), trainer.backendInfo().lanes());
    }
  }

  @Test
  void theNumberOfRowsToComeIsChecked() {
    try (Trainer trainer = trainer(network(Backend.SCALAR))) {
      trainer.expect(0);
      assertThrows(IllegalArgumentException.class, () -> trainer.expect(-1));
    }
  }

  @Test
  void aNetworkCanBeCopiedFromOneOnVectors() {
    Network vector = network(Backend.VECTOR);
    Network network = network(Backend.AUTO);
    network.setWeights(0, new float[network.weights(0).length]);
    network.copyFrom(vector);
    assertArrayEquals(vector.parameters(), network.parameters());
    assertThrows(IllegalArgumentException.class, () -> network.copyFrom(network(Backend.SCALAR)));
  }
}
