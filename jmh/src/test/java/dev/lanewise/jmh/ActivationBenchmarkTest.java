package dev.lanewise.jmh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ActivationBenchmarkTest {
  /** More than any of them states as its largest error. */
  private static final int ULPS = 4;

  private static void check(
      BiFunction<ActivationBenchmark, Bytes, float[]> body, DoubleUnaryOperator reference)
      throws ReflectiveOperationException {
    check(body, reference, 0);
  }

  /** The allowance is for references that lose digits themselves. */
  private static void check(
      BiFunction<ActivationBenchmark, Bytes, float[]> body,
      DoubleUnaryOperator reference,
      double allowance)
      throws ReflectiveOperationException {
    float[] other = null;
    Bytes bytes = new Bytes();
    for (ActivationBenchmark benchmark : ParamCases.of(ActivationBenchmark.class)) {
      benchmark.setUp();
      float[] y = body.apply(benchmark, bytes);
      assertEquals(ActivationBenchmark.ELEMENTS, y.length);
      for (int i = 0; i < y.length; i++) {
        double expected = reference.applyAsDouble(benchmark.x[i]);
        assertEquals(
            expected, y[i], allowance + ULPS * Math.ulp((float) expected), "of " + benchmark.x[i]);
      }
      if (other != null) {
        assertArrayEquals(other, y);
      }
      other = y;
    }
  }

  /** A gradient starts with a copy, and changes what was copied. */
  @Test
  void countsWhatIsReadAndWritten() {
    ActivationBenchmark benchmark = new ActivationBenchmark();
    benchmark.backend = "vector";
    benchmark.setUp();
    Bytes bytes = new Bytes();
    benchmark.relu(bytes);
    assertEquals(2 * 4096 * 4e-9, bytes.gigabyte, 1e-15);
    benchmark.geluGradient(bytes);
    assertEquals((2 + 2 + 3) * 4096 * 4e-9, bytes.gigabyte, 1e-15);
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

  @Test
  void log() throws ReflectiveOperationException {
    check(ActivationBenchmark::log, x -> Math.log(Math.abs(x)));
  }

  @Test
  void softplus() throws ReflectiveOperationException {
    check(ActivationBenchmark::softplus, x -> Math.log1p(Math.exp(x)));
  }

  @Test
  void erf() throws ReflectiveOperationException {
    check(ActivationBenchmark::erf, ActivationBenchmarkTest::erfOf);
  }

  @Test
  void leakyRelu() throws ReflectiveOperationException {
    check(ActivationBenchmark::leakyRelu, x -> x > 0 ? x : 0.01f * x);
  }

  @Test
  void elu() throws ReflectiveOperationException {
    check(ActivationBenchmark::elu, x -> x > 0 ? x : Math.expm1(x));
  }

  @Test
  void selu() throws ReflectiveOperationException {
    check(
        ActivationBenchmark::selu,
        x -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)));
  }

  @Test
  void gelu() throws ReflectiveOperationException {
    check(ActivationBenchmark::gelu, x -> x * normal(x), 1e-6);
  }

  @Test
  void geluTanh() throws ReflectiveOperationException {
    check(ActivationBenchmark::geluTanh, ActivationBenchmarkTest::geluTanhOf, 1e-6);
  }

  @Test
  void silu() throws ReflectiveOperationException {
    check(ActivationBenchmark::silu, x -> x / (1 + Math.exp(-x)));
  }

  @Test
  void geluGradient() throws ReflectiveOperationException {
    check(ActivationBenchmark::geluGradient, slope(x -> x * normal(x)), 1e-6);
  }

  @Test
  void geluTanhGradient() throws ReflectiveOperationException {
    check(ActivationBenchmark::geluTanhGradient, slope(ActivationBenchmarkTest::geluTanhOf), 1e-6);
  }

  @Test
  void siluGradient() throws ReflectiveOperationException {
    check(ActivationBenchmark::siluGradient, slope(x -> x / (1 + Math.exp(-x))), 1e-6);
  }

  private static double normal(double x) {
    return (1 + erfOf(x / Math.sqrt(2))) / 2;
  }

  /** The integral of the normal density, whose series has no term that is negative. */
  private static double erfOf(double x) {
    double sum = x;
    double term = x;
    for (int k = 1; k < 300; k++) {
      term *= 2 * x * x / (2 * k + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  private static double geluTanhOf(double x) {
    return x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
  }

  private static DoubleUnaryOperator slope(DoubleUnaryOperator f) {
    double h = 1e-5;
    return x -> (f.applyAsDouble(x + h) - f.applyAsDouble(x - h)) / (2 * h);
  }
}
