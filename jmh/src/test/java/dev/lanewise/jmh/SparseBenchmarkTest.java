package dev.lanewise.jmh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernel.SparseRows;
import org.junit.jupiter.api.Test;

class SparseBenchmarkTest {
  private static SparseBenchmark benchmark(String backend, int batch) {
    SparseBenchmark benchmark = new SparseBenchmark();
    benchmark.backend = backend;
    benchmark.columns = 3_000;
    benchmark.named = 30;
    benchmark.batch = batch;
    benchmark.setUp();
    return benchmark;
  }

  @Test
  void everyBackendAndBatchNamesInputsFromOneEndToTheOtherAndCountsItsSamples()
      throws ReflectiveOperationException {
    for (SparseBenchmark benchmark : ParamCases.of(SparseBenchmark.class)) {
      assertEquals(1_000_000, benchmark.columns);
      benchmark.columns = 3_000;
      benchmark.setUp();
      SparseRows x = benchmark.firstBatch();
      assertEquals(benchmark.batch, x.rows());
      assertEquals(30 * benchmark.batch, x.nnz());
      assertTrue(x.indices()[0] < 100 && x.indices()[29] >= 2_900);
      SampleCount samples = new SampleCount();
      benchmark.step(samples);
      benchmark.step(samples);
      assertEquals(2L * benchmark.batch, samples.samples);
      benchmark.tearDown();
    }
  }

  @Test
  void bothBackendsTrainToTheSameBits() {
    for (int batch : new int[] {1, 32}) {
      SparseBenchmark scalar = benchmark("scalar", batch);
      SparseBenchmark vector = benchmark("vector", batch);
      SampleCount samples = new SampleCount();
      for (int step = 0; step < 100; step++) {
        assertEquals(scalar.step(samples), vector.step(samples), "loss of step " + step);
      }
      assertArrayEquals(scalar.network.parameters(), vector.network.parameters());
    }
  }

  @Test
  void trainingLowersTheLoss() {
    SparseBenchmark benchmark = benchmark("vector", 32);
    double first = benchmark.loss();
    for (int step = 0; step < 2_000; step++) {
      benchmark.step(new SampleCount());
    }
    assertTrue(benchmark.loss() < first / 2, "loss " + benchmark.loss() + " after " + first);
  }

  @Test
  void divergedTrainingFailsTheTrial() {
    SparseBenchmark benchmark = benchmark("vector", 1);
    float[] parameters = benchmark.network.parameters();
    parameters[parameters.length - 1] = Float.NaN;
    benchmark.network.setParameters(parameters);
    assertThrows(IllegalStateException.class, benchmark::tearDown);
  }
}
