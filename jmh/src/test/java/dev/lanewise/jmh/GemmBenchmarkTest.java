package dev.lanewise.jmh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GemmBenchmarkTest {
  private interface Body {
    float[] run(GemmBenchmark benchmark, Flops flops, Bytes bytes);
  }

  private static final Map<String, Body> BODIES =
      Map.of(
          "gemm", GemmBenchmark::gemm,
          "gemmNT", GemmBenchmark::gemmNT,
          "gemmTN", GemmBenchmark::gemmTN);

  private static GemmBenchmark benchmark(String backend) {
    GemmBenchmark benchmark = new GemmBenchmark();
    benchmark.backend = backend;
    benchmark.n = 64;
    benchmark.setUp();
    return benchmark;
  }

  @Test
  void everyParamMultipliesTheCountedSize() throws ReflectiveOperationException {
    for (GemmBenchmark benchmark : ParamCases.of(GemmBenchmark.class)) {
      benchmark.setUp();
      if (benchmark.n > 256) {
        continue;
      }
      Flops flops = new Flops();
      Bytes bytes = new Bytes();
      for (Body body : BODIES.values()) {
        assertEquals(benchmark.n * benchmark.n, body.run(benchmark, flops, bytes).length);
      }
      assertEquals(3 * (2e-9 * benchmark.n * benchmark.n * benchmark.n), flops.gflop, 1e-12);
      // Two factors and a result for each of the three; two results are read as well.
      assertEquals(11 * 4e-9 * benchmark.n * benchmark.n, bytes.gigabyte, 1e-12);
      benchmark.tearDown();
    }
  }

  @Test
  void eachIsTheProductThatItsNameSays() {
    BODIES.forEach(
        (name, body) -> check(name, body.run(benchmark("vector"), new Flops(), new Bytes())));
  }

  private static void check(String name, float[] c) {
    GemmBenchmark operands = benchmark("scalar");
    int n = operands.n;
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < n; column++) {
        double sum = 0;
        double absolute = 0;
        for (int k = 0; k < n; k++) {
          double a = operands.a[name.equals("gemmTN") ? k * n + row : row * n + k];
          double b = operands.b[name.equals("gemmNT") ? column * n + k : k * n + column];
          sum += a * b;
          absolute += Math.abs(a * b);
        }
        double bound = (n + 4) * 0x1p-24 * absolute;
        assertEquals(sum, c[row * n + column], bound, name + " " + row + ", " + column);
      }
    }
  }

  @Test
  void bothBackendsGiveTheSameBits() {
    BODIES.forEach(
        (name, body) ->
            assertArrayEquals(
                body.run(benchmark("scalar"), new Flops(), new Bytes()),
                body.run(benchmark("vector"), new Flops(), new Bytes()),
                name));
  }
}
