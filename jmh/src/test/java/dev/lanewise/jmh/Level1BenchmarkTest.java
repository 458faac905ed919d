package dev.lanewise.jmh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class Level1BenchmarkTest {
  private final Flops flops = new Flops();
  private final Bytes bytes = new Bytes();

  private static Level1Benchmark benchmark(String backend, int n) {
    Level1Benchmark benchmark = new Level1Benchmark();
    benchmark.backend = backend;
    benchmark.n = n;
    benchmark.setUp();
    return benchmark;
  }

  @Test
  void everyParamCountsEachElementOfItsVectors() throws ReflectiveOperationException {
    for (Level1Benchmark benchmark : ParamCases.of(Level1Benchmark.class)) {
      benchmark.setUp();
      Flops counted = new Flops();
      Bytes moved = new Bytes();
      benchmark.dot(counted, moved);
      assertEquals(2e-9 * benchmark.n, counted.gflop, 1e-15);
      assertEquals((benchmark.x.length + benchmark.y.length) * 4e-9, moved.gigabyte, 1e-15);
      assertEquals(benchmark.n, benchmark.axpy(counted, moved).length);
      assertEquals(4e-9 * benchmark.n, counted.gflop, 1e-15);
      assertEquals(5 * benchmark.n * 4e-9, moved.gigabyte, 1e-15);
      benchmark.tearDown();
    }
  }

  @Test
  void dotIsTheSumOfProducts() {
    for (String backend : new String[] {"scalar", "vector"}) {
      Level1Benchmark benchmark = benchmark(backend, 1024);
      double sum = 0;
      double absolute = 0;
      for (int i = 0; i < 1024; i++) {
        double product = (double) benchmark.x[i] * benchmark.y[i];
        sum += product;
        absolute += Math.abs(product);
      }
      assertEquals(sum, benchmark.dot(flops, bytes), 1028 * 0x1p-24 * absolute);
    }
  }

  @Test
  void axpyAddsHalfOfTheOtherVectorAndThenTakesItBack() {
    for (String backend : new String[] {"scalar", "vector"}) {
      Level1Benchmark benchmark = benchmark(backend, 1024);
      float[] before = benchmark.y.clone();
      float[] expected = new float[1024];
      for (int i = 0; i < 1024; i++) {
        expected[i] = Math.fma(0.5f, benchmark.x[i], before[i]);
      }
      assertArrayEquals(expected, benchmark.axpy(flops, bytes));
      assertArrayEquals(before, benchmark.axpy(flops, bytes), 0x1p-23f);
    }
  }

  @Test
  void anInfiniteElementFailsTheTrial() {
    Level1Benchmark benchmark = benchmark("vector", 1024);
    benchmark.y[7] = Float.POSITIVE_INFINITY;
    assertThrows(IllegalStateException.class, benchmark::tearDown);
  }
}
