package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lanewise.Backend;
import dev.lanewise.WithoutAllocation;
import dev.lanewise.internal.simd.Lanes;
import java.util.Arrays;
import java.util.stream.Stream;
import jdk.incubator.vector.VectorShape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Once warm, no kernel of either backend allocates. */
@Tag("every-width")
class KernelAllocationTest {
  /** A width that the machine lacks is emulated, with vectors that are objects. */
  @BeforeEach
  void theMachineHasVectorsOfThisWidth() {
    assumeTrue(
        Lanes.BITS <= VectorShape.preferredShape().vectorBitSize(),
        "vectors wider than the machine's are objects here, which allocate");
  }

  static Stream<Arguments> kernels() {
    return Stream.of(Backend.values())
        .flatMap(
            backend -> Arrays.stream(Kernel.values()).map(kernel -> Arguments.of(backend, kernel)));
  }

  /** With few numbers, and with so many that a product takes more than one block. */
  @ParameterizedTest
  @MethodSource("kernels")
  void aKernel(Backend backend, Kernel kernel) {
    Kernels kernels = backend.kernels();
    Call small = Call.draw(kernel, 5, 19, 21, Numbers.HALF_ZEROS, 1);
    WithoutAllocation.runs(() -> small.run(kernels));
    Call blocks = Call.draw(kernel, 7, 650, 643, Numbers.HALF_ZEROS, 2);
    WithoutAllocation.runs(() -> blocks.run(kernels));
  }

  static Stream<Arguments> updates() {
    return Stream.of(Backend.values())
        .flatMap(
            backend -> Arrays.stream(Update.values()).map(update -> Arguments.of(backend, update)));
  }

  @ParameterizedTest
  @MethodSource("updates")
  void anUpdate(Backend backend, Update update) {
    UpdateKernels kernels = backend.updates();
    Update.Call call = Update.Call.draw(update, 83, Numbers.HALF_ZEROS, 1);
    WithoutAllocation.runs(() -> call.run(kernels));
  }
}
