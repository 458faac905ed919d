package dev.lanewise.jmh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class UpdateBenchmarkTest {
  /** The first change of each weight, as a function of its gradient, is what the formula says. */
  private static void check(
      BiFunction<UpdateBenchmark, Bytes, float[]> body, DoubleUnaryOperator step)
      throws ReflectiveOperationException {
    float[] other = null;
    Bytes bytes = new Bytes();
    for (UpdateBenchmark benchmark : ParamCases.of(UpdateBenchmark.class)) {
      benchmark.setUp();
      float[] before = benchmark.w.clone();
      float[] w = body.apply(benchmark, bytes);
      assertEquals(UpdateBenchmark.ELEMENTS, w.length);
      for (int i = 0; i < w.length; i++) {
        double change = UpdateBenchmark.RATE * step.applyAsDouble(benchmark.dw[i]);
        assertEquals(
            before[i] - change, w[i], 1e-7 + 1e-4 * Math.abs(change), "of " + benchmark.dw[i]);
      }
      for (int i = 0; i < 100; i++) {
        w = body.apply(benchmark, bytes);
      }
      benchmark.tearDown();
      if (other != null) {
        assertArrayEquals(other, w);
      }
      other = w;
    }
  }

  @Test
  void sgd() throws ReflectiveOperationException {
    check(UpdateBenchmark::sgd, g -> g);
  }

  @Test
  void momentum() throws ReflectiveOperationException {
    check(UpdateBenchmark::momentum, g -> g);
  }

  @Test
  void nesterov() throws ReflectiveOperationException {
    check(UpdateBenchmark::nesterov, g -> 1.9 * g);
  }

  @Test
  void adam() throws ReflectiveOperationException {
    check(UpdateBenchmark::adam, g -> 0.1 * g / (Math.sqrt(0.001) * Math.abs(g) + 1e-8));
  }

  @Test
  void rmsProp() throws ReflectiveOperationException {
    check(UpdateBenchmark::rmsProp, g -> g / (Math.sqrt(0.01) * Math.abs(g) + 1e-8));
  }

  @Test
  void rmsPropCenteredWithMomentum() throws ReflectiveOperationException {
    check(
        UpdateBenchmark::rmsPropCenteredWithMomentum,
        g -> g / (Math.sqrt(0.01 - 0.0001) * Math.abs(g) + 1e-4));
  }

  @Test
  void adaGrad() throws ReflectiveOperationException {
    check(UpdateBenchmark::adaGrad, g -> Math.signum(g));
  }

  @Test
  void lion() throws ReflectiveOperationException {
    check(UpdateBenchmark::lion, g -> Math.signum(g));
  }

  private static void moves(int arrays, BiFunction<UpdateBenchmark, Bytes, float[]> body) {
    UpdateBenchmark benchmark = new UpdateBenchmark();
    benchmark.backend = "vector";
    benchmark.setUp();
    Bytes bytes = new Bytes();
    assertEquals(4096, body.apply(benchmark, bytes).length);
    assertEquals(arrays * 4096 * 4e-9, bytes.gigabyte, 1e-15);
  }

  /** The gradient is read, weights and the optimizer's state are read and written. */
  @Test
  void countsTheGradientOnceAndWeightsAndStateTwice() {
    moves(1 + 2, UpdateBenchmark::sgd);
    moves(1 + 2 * 2, UpdateBenchmark::momentum);
    moves(1 + 2 * 2, UpdateBenchmark::nesterov);
    moves(1 + 2 * 3, UpdateBenchmark::adam);
    moves(1 + 2 * 2, UpdateBenchmark::rmsProp);
    moves(1 + 2 * 4, UpdateBenchmark::rmsPropCenteredWithMomentum);
    moves(1 + 2 * 2, UpdateBenchmark::adaGrad);
    moves(1 + 2 * 2, UpdateBenchmark::lion);
  }
}
