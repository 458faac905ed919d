package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.Backend;
import dev.lanewise.internal.simd.Lanes;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("every-width")
class VectorKernelsTest extends KernelsContract {
  private final Kernels vector = Backend.VECTOR.kernels();
  private final Kernels scalar = Backend.SCALAR.kernels();

  @Override
  Kernels kernels() {
    return vector;
  }

  @Override
  int lanes() {
    return Lanes.LANES;
  }

  @Test
  void runsAtTheWidthThatThisRunIsAbout() {
    Integer expected = Integer.getInteger("test.bits");
    assumeTrue(expected != null, "this run is about no width in particular");
    assertEquals(expected, Lanes.BITS);
  }

  @ParameterizedTest
  @EnumSource
  void everyBitIsThatOfTheScalarKernels(Kernel kernel) {
    for (Numbers numbers : Numbers.values()) {
      for (Call call : Calls.all(kernel, lanes(), numbers)) {
        KernelChecks.hasSameBits(scalar, vector, call);
      }
    }
  }

  /**
   * Sizes that blocks of large products do not divide: of depth, then of rows, then of all sets of
   * panels that a weight gradient sums together.
   */
  @ParameterizedTest
  @CsvSource({"1001, 50, 131", "1101, 331, 643", "331, 1101, 1301"})
  void largeProductsHaveTheBitsOfTheScalarKernels(int rows, int in, int out) {
    float[] x = random(rows * in);
    float[] w = random(in * out);
    float[] dy = random(rows * out);
    assertArrayEquals(
        after(dy, y -> product(scalar, rows, in, out, x, w, y)),
        after(dy, y -> product(vector, rows, in, out, x, w, y)));
    assertArrayEquals(
        after(x, dx -> inputGradient(scalar, rows, in, out, dy, w, dx)),
        after(x, dx -> inputGradient(vector, rows, in, out, dy, w, dx)));
    assertArrayEquals(
        after(w, dw -> weightGradient(scalar, rows, in, out, 0.1f, x, dy, dw)),
        after(w, dw -> weightGradient(vector, rows, in, out, 0.1f, x, dy, dw)));
  }

  /** Numbers that large products are padded with must not make 0 of -0. */
  @Test
  void aLongSumThatUnderflowsToNegativeZeroStaysSo() {
    int rows = 1001;
    int n = 50;
    float[] x = new float[rows * n];
    float[] dy = new float[rows * n];
    float[] dw = new float[n * n];
    Arrays.fill(x, 1e-30f);
    Arrays.fill(dy, -1e-30f);
    Arrays.fill(dw, -0f);
    weightGradient(vector, rows, n, n, 1, x, dy, dw);
    for (float value : dw) {
      assertEquals(-0f, value);
    }
  }

  private static float[] random(int length) {
    float[] array = new float[length];
    Random random = new Random(length);
    for (int i = 0; i < length; i++) {
      array[i] = random.nextFloat() - 0.5f;
    }
    return array;
  }

  private static float[] after(float[] before, Consumer<float[]> kernel) {
    float[] array = before.clone();
    kernel.accept(array);
    return array;
  }

  private static void product(
      Kernels kernels, int rows, int in, int out, float[] x, float[] w, float[] y) {
    float[] work = new float[kernels.gemmWork(rows, in, out)];
    kernels.gemm(rows, in, out, x, 0, in, w, 0, out, y, 0, out, work, 0);
  }

  private static void inputGradient(
      Kernels kernels, int rows, int in, int out, float[] dy, float[] w, float[] dx) {
    float[] work = new float[kernels.gemmNTWork(rows, in, out)];
    kernels.gemmNT(rows, in, out, dy, 0, out, w, 0, out, dx, 0, in, work, 0);
  }

  private static void weightGradient(
      Kernels kernels, int rows, int in, int out, float a, float[] x, float[] dy, float[] dw) {
    float[] work = new float[kernels.gemmTNWork(rows, in, out)];
    kernels.gemmTN(rows, in, out, a, x, 0, in, dy, 0, out, dw, 0, out, work, 0);
  }
}
