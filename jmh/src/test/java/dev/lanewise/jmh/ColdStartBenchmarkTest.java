package dev.lanewise.jmh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ColdStartBenchmarkTest {
  @Test
  void everyParamPredictsAndTrainsANetworkOfItsOwn() throws ReflectiveOperationException {
    for (ColdStartBenchmark benchmark : ParamCases.of(ColdStartBenchmark.class)) {
      benchmark.setUp();
      float[] expected =
          ThreeLayers.network(benchmark.backend, benchmark.width).predict(benchmark.x);
      assertArrayEquals(expected, benchmark.prediction());
      double squares = 0;
      for (float y : expected) {
        squares += (double) y * y;
      }
      double loss = squares / expected.length;
      assertEquals(loss, benchmark.step(), 1e-6 * loss);
      assertEquals(loss, benchmark.step(), 1e-6 * loss);
      benchmark.tearDown();
    }
  }

  @Test
  void aBackendThatDoesNotExistIsRefused() {
    ColdStartBenchmark benchmark = new ColdStartBenchmark();
    benchmark.backend = "gpu";
    benchmark.width = 16;
    benchmark.batch = 1;
    benchmark.setUp();
    assertThrows(IllegalArgumentException.class, benchmark::prediction);
  }
}
