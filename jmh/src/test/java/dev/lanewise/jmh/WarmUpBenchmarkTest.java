package dev.lanewise.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WarmUpBenchmarkTest {
  private static WarmUpBenchmark benchmark(String backend) {
    WarmUpBenchmark benchmark = new WarmUpBenchmark();
    benchmark.backend = backend;
    benchmark.width = 64;
    benchmark.batch = 32;
    benchmark.setUp();
    return benchmark;
  }

  @Test
  void everyStepLearnsAndBothBackendsLearnTheSame() {
    WarmUpBenchmark scalar = benchmark("scalar");
    WarmUpBenchmark vector = benchmark("vector");
    double before = Double.MAX_VALUE;
    for (int step = 0; step < 20; step++) {
      double loss = vector.step();
      assertEquals(scalar.step(), loss, "loss of step " + step);
      assertTrue(loss < before, loss + " after " + before);
      before = loss;
    }
    scalar.tearDown();
    vector.tearDown();
  }

  @Test
  void divergedTrainingFailsTheTrial() {
    WarmUpBenchmark benchmark = benchmark("vector");
    benchmark.step();
    benchmark.targets[0] = 1e6f;
    benchmark.step();
    assertThrows(IllegalStateException.class, benchmark::tearDown);
  }
}
