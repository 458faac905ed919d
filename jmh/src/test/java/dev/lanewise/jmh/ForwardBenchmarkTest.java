package dev.lanewise.jmh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.model.Layer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForwardBenchmarkTest {
  private static ForwardBenchmark benchmark(String backend, int width, int batch) {
    ForwardBenchmark benchmark = new ForwardBenchmark();
    benchmark.backend = backend;
    benchmark.width = width;
    benchmark.batch = batch;
    benchmark.setUp();
    return benchmark;
  }

  @Test
  void everyParamPredictsTheCountedSize() throws ReflectiveOperationException {
    for (ForwardBenchmark benchmark : ParamCases.of(ForwardBenchmark.class)) {
      if ((long) benchmark.width * benchmark.width * benchmark.batch > 1 << 22) {
        continue;
      }
      benchmark.setUp();
      Flops flops = new Flops();
      Bytes bytes = new Bytes();
      assertEquals(benchmark.batch * benchmark.width, benchmark.predict(flops, bytes).length);
      double flop = 0;
      for (Layer layer : benchmark.network.layers()) {
        flop += 2.0 * layer.in() * layer.out() * benchmark.batch;
      }
      assertEquals(flop * 1e-9, flops.gflop, 1e-12);
      int moved = benchmark.network.parameters().length + benchmark.x.length * 2;
      assertEquals(moved * 4e-9, bytes.gigabyte, 1e-12);
    }
  }

  @Test
  void predictsWhatThreeLayersGiveInDoublePrecision() {
    for (int batch : List.of(1, 32)) {
      ForwardBenchmark benchmark = benchmark("vector", 64, batch);
      float[] y = benchmark.predict(new Flops(), new Bytes());
      for (int row = 0; row < batch; row++) {
        checkRow(benchmark, row, y);
      }
    }
  }

  /** Takes the bound on the rounding errors through the layers, beside the numbers. */
  private static void checkRow(ForwardBenchmark benchmark, int row, float[] y) {
    int width = benchmark.width;
    double[] x = new double[width];
    double[] bound = new double[width];
    for (int i = 0; i < width; i++) {
      x[i] = benchmark.x[row * width + i];
    }
    for (int l = 0; l < 3; l++) {
      float[] w = benchmark.network.weights(l);
      double[] sums = new double[width];
      double[] bounds = new double[width];
      for (int j = 0; j < width; j++) {
        double absolute = 0;
        for (int i = 0; i < width; i++) {
          sums[j] += x[i] * w[i * width + j];
          absolute += (Math.abs(x[i]) + bound[i]) * Math.abs(w[i * width + j]);
          bounds[j] += bound[i] * Math.abs(w[i * width + j]);
        }
        bounds[j] += (width + 4) * 0x1p-24 * absolute;
        if (l < 2) {
          sums[j] = Math.max(0, sums[j]);
        }
      }
      x = sums;
      bound = bounds;
    }
    for (int j = 0; j < width; j++) {
      assertEquals(x[j], y[row * width + j], bound[j], "row " + row + ", output " + j);
    }
  }

  @Test
  void bothBackendsPredictTheSameBits() {
    for (int batch : List.of(1, 32)) {
      assertArrayEquals(
          benchmark("scalar", 64, batch).predict(new Flops(), new Bytes()),
          benchmark("vector", 64, batch).predict(new Flops(), new Bytes()));
    }
  }
}
