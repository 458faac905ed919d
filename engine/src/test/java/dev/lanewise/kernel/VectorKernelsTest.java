package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.Backend;
import dev.lanewise.internal.simd.Lanes;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

  /** Numbers that large products are padded with must not make 0 of -0. */
  @Test
  void aLongSumThatUnderflowsToNegativeZeroStaysSo() {
    int rows = 1001;
    int n = 50;
    float[] x = filled(rows * n, 1e-30f);
    float[] dy = filled(rows * n, -1e-30f);
    float[] expected = filled(n * n, -0f);
    float[] actual = expected.clone();
    gemmTN(scalar, rows, n, x, dy, expected);
    gemmTN(vector, rows, n, x, dy, actual);
    assertEquals(-0f, expected[0]);
    assertArrayEquals(expected, actual);
  }

  private static float[] filled(int length, float value) {
    float[] array = new float[length];
    Arrays.fill(array, value);
    return array;
  }

  private static void gemmTN(Kernels kernels, int rows, int n, float[] x, float[] dy, float[] dw) {
    float[] work = new float[kernels.gemmTNWork(rows, n, n)];
    kernels.gemmTN(rows, n, n, 1, x, 0, n, dy, 0, n, dw, 0, n, work, 0);
  }
}
