package dev.lanewise.jmh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class Level2BenchmarkTest {
  private final Flops flops = new Flops();
  private final Bytes bytes = new Bytes();

  private static Level2Benchmark benchmark(String backend, int n) {
    Level2Benchmark benchmark = new Level2Benchmark();
    benchmark.backend = backend;
    benchmark.n = n;
    benchmark.setUp();
    return benchmark;
  }

  @Test
  void everyParamCountsEachElementOfItsMatrix() throws ReflectiveOperationException {
    for (Level2Benchmark benchmark : ParamCases.of(Level2Benchmark.class)) {
      benchmark.setUp();
      double elements = benchmark.w.length;
      Flops counted = new Flops();
      Bytes moved = new Bytes();
      assertEquals(benchmark.n, benchmark.gemv(counted, moved).length);
      assertEquals(2e-9 * elements, counted.gflop, 1e-15);
      assertEquals((elements + 3 * benchmark.n) * 4e-9, moved.gigabyte, 1e-15);
      assertEquals(elements, benchmark.ger(counted, moved).length);
      assertEquals(4e-9 * elements, counted.gflop, 1e-15);
      assertEquals((3 * elements + 5 * benchmark.n) * 4e-9, moved.gigabyte, 1e-15);
      for (float x : benchmark.x) {
        assertNotEquals(0, x);
      }
      benchmark.tearDown();
    }
  }

  @Test
  void gemvIsTheProductOfTheVectorAndTheMatrix() {
    for (String backend : new String[] {"scalar", "vector"}) {
      Level2Benchmark benchmark = benchmark(backend, 64);
      float[] sums = benchmark.gemv(flops, bytes);
      for (int j = 0; j < 64; j++) {
        double sum = 0;
        double absolute = 0;
        for (int i = 0; i < 64; i++) {
          double product = (double) benchmark.x[i] * benchmark.w[i * 64 + j];
          sum += product;
          absolute += Math.abs(product);
        }
        assertEquals(sum, sums[j], 68 * 0x1p-24 * absolute, backend + " " + j);
      }
    }
  }

  @Test
  void gerAddsHalfOfTheOuterProductAndThenTakesItBack() {
    for (String backend : new String[] {"scalar", "vector"}) {
      Level2Benchmark benchmark = benchmark(backend, 64);
      float[] before = benchmark.w.clone();
      float[] expected = new float[64 * 64];
      for (int at = 0; at < expected.length; at++) {
        float scaled = 0.5f * benchmark.x[at / 64];
        expected[at] = Math.fma(scaled, benchmark.y[at % 64], before[at]);
      }
      assertArrayEquals(expected, benchmark.ger(flops, bytes));
      assertArrayEquals(before, benchmark.ger(flops, bytes), 0x1p-23f);
    }
  }

  @Test
  void anInfiniteElementFailsTheTrial() {
    Level2Benchmark benchmark = benchmark("vector", 16);
    benchmark.w[7] = Float.POSITIVE_INFINITY;
    assertThrows(IllegalStateException.class, benchmark::tearDown);
  }
}
