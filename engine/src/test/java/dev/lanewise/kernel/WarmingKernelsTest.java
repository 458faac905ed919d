package dev.lanewise.kernel;

import dev.lanewise.Backend;
import dev.lanewise.internal.checked.CheckedKernels;
import dev.lanewise.internal.scalar.ScalarKernels;
import dev.lanewise.internal.simd.Lanes;
import dev.lanewise.internal.vector.VectorKernels;
import dev.lanewise.internal.warmup.WarmUp;
import dev.lanewise.internal.warmup.WarmingKernels;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While vectors are tried, calls are the one's, the other's, or shared between both. */
@Tag("every-width")
class WarmingKernelsTest extends KernelsContract {
  private final Kernels scalar = Backend.SCALAR.kernels();
  private final Kernels warming = warming();

  private static Kernels warming() {
    WarmUp warmUp = new WarmUp();
    warmUp.expect(Double.POSITIVE_INFINITY);
    return new CheckedKernels(new WarmingKernels(new ScalarKernels(), new VectorKernels(), warmUp));
  }

  @Override
  Kernels kernels() {
    return warming;
  }

  @Override
  int lanes() {
    return Lanes.LANES;
  }

  @ParameterizedTest
  @EnumSource
  void everyBitIsThatOfTheScalarKernels(Kernel kernel) {
    for (Numbers numbers : Numbers.values()) {
      for (Call call : Calls.all(kernel, lanes(), numbers)) {
        KernelChecks.hasSameBits(scalar, warming, call);
      }
    }
  }
}
