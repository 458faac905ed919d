package dev.lanewise.jmh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class BackwardBenchmarkTest {
  private static final double RATE = 1e-3f;

  private static BackwardBenchmark benchmark(String backend, int width, int batch) {
    BackwardBenchmark benchmark = new BackwardBenchmark();
    benchmark.backend = backend;
    benchmark.width = width;
    benchmark.batch = batch;
    benchmark.setUp();
    return benchmark;
  }

  @Test
  void everyParamGoesBackAsFarAsCounted() throws ReflectiveOperationException {
    for (BackwardBenchmark benchmark : ParamCases.of(BackwardBenchmark.class)) {
      double multiplyAdds = (double) benchmark.width * benchmark.width * benchmark.batch;
      if (multiplyAdds > 1 << 22) {
        continue;
      }
      benchmark.setUp();
      Flops flops = new Flops();
      Bytes bytes = new Bytes();
      assertEquals(benchmark.batch * benchmark.width, benchmark.layer(flops, bytes).length);
      assertEquals(2 * (2 * multiplyAdds) * 1e-9, flops.gflop, 1e-12);
      int moved = benchmark.x.length + benchmark.dy.length + benchmark.dx.length;
      assertEquals((moved + 2 * benchmark.w.length) * 4e-9, bytes.gigabyte, 1e-12);
      benchmark.tearDown();
    }
  }

  @Test
  void givesTheGradientsOfALayerInDoublePrecision() {
    for (int batch : List.of(1, 32)) {
      BackwardBenchmark benchmark = benchmark("vector", 64, batch);
      float[] before = benchmark.w.clone();
      float[] dx = benchmark.layer(new Flops(), new Bytes());
      checkInputGradient(benchmark, before, dx);
      checkWeights(benchmark, before);
    }
  }

  private static void checkInputGradient(BackwardBenchmark benchmark, float[] w, float[] dx) {
    int width = benchmark.width;
    for (int at = 0; at < dx.length; at++) {
      int row = at / width;
      int i = at % width;
      double sum = 0;
      double absolute = 0;
      for (int j = 0; j < width; j++) {
        double product = (double) benchmark.dy[row * width + j] * w[i * width + j];
        sum += product;
        absolute += Math.abs(product);
      }
      boolean skipped = benchmark.batch == 1 && benchmark.x[at] == 0;
      assertEquals(skipped ? 0 : sum, dx[at], (width + 4) * 0x1p-24 * absolute, "dx " + at);
    }
  }

  private static void checkWeights(BackwardBenchmark benchmark, float[] before) {
    int width = benchmark.width;
    for (int at = 0; at < before.length; at++) {
      double sum = 0;
      double absolute = 0;
      for (int row = 0; row < benchmark.batch; row++) {
        double x = benchmark.x[row * width + at / width];
        double product = x * benchmark.dy[row * width + at % width];
        sum += product;
        absolute += Math.abs(product);
      }
      double bound = (benchmark.batch + 4) * 0x1p-24 * (Math.abs(before[at]) + RATE * absolute);
      assertEquals(before[at] - RATE * sum, benchmark.w[at], bound, "w " + at);
    }
  }

  @Test
  void theSecondCallTakesTheFirstBack() {
    for (int batch : List.of(1, 32)) {
      BackwardBenchmark benchmark = benchmark("vector", 64, batch);
      float[] before = benchmark.w.clone();
      benchmark.layer(new Flops(), new Bytes());
      float[] between = benchmark.w.clone();
      benchmark.layer(new Flops(), new Bytes());
      int moved = 0;
      for (int at = 0; at < before.length; at++) {
        float largest = Math.max(Math.abs(before[at]), Math.abs(between[at]));
        assertEquals(before[at], benchmark.w[at], Math.ulp(largest), "w " + at);
        moved += before[at] == between[at] ? 0 : 1;
      }
      assertTrue(moved > before.length / 3, moved + " weights moved");
    }
  }

  @Test
  void bothBackendsGiveTheSameBits() {
    for (int batch : List.of(1, 32)) {
      BackwardBenchmark scalar = benchmark("scalar", 64, batch);
      BackwardBenchmark vector = benchmark("vector", 64, batch);
      assertArrayEquals(
          scalar.layer(new Flops(), new Bytes()), vector.layer(new Flops(), new Bytes()));
      assertArrayEquals(scalar.w, vector.w);
    }
  }

  @Test
  void anInfiniteWeightFailsTheTrial() {
    BackwardBenchmark benchmark = benchmark("vector", 16, 1);
    benchmark.w[3] = Float.NEGATIVE_INFINITY;
    assertThrows(IllegalStateException.class, benchmark::tearDown);
  }
}
