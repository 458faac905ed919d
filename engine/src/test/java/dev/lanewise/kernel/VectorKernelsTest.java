package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.Backend;
import dev.lanewise.internal.simd.Lanes;
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
}
