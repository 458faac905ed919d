package dev.lanewise.jmh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ActivationBenchmarkTest {
  /** More than any of them states as its largest error. */
  private static final int ULPS = 4;

  private static void check(
      Function<ActivationBenchmark, float[]> body, DoubleUnaryOperator reference)
      throws ReflectiveOperationException {
    float[] other = null;
    for (ActivationBenchmark benchmark : ParamCases.of(ActivationBenchmark.class)) {
      benchmark.setUp();
      float[] y = body.apply(benchmark);
      assertEquals(ActivationBenchmark.ELEMENTS, y.length);
      for (int i = 0; i < y.length; i++) {
        double expected = reference.applyAsDouble(benchmark.x[i]);
        assertEquals(expected, y[i], ULPS * Math.ulp((float) expected), "of " + benchmark.x[i]);
      }
      if (other != null) {
        assertArrayEquals(other, y);
      }
      other = y;
    }
  }

  @Test
  void relu() throws ReflectiveOperationException {
    check(ActivationBenchmark::relu, x -> Math.max(0, x));
  }

  @Test
  void exp() throws ReflectiveOperationException {
    check(ActivationBenchmark::exp, Math::exp);
  }

  @Test
  void sigmoid() throws ReflectiveOperationException {
    check(ActivationBenchmark::sigmoid, x -> 1 / (1 + Math.exp(-x)));
  }

  @Test
  void tanh() throws ReflectiveOperationException {
    check(ActivationBenchmark::tanh, Math::tanh);
  }
}
