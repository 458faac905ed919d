package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.kernel.Operand.Side;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The checks find kernels that are wrong. */
class KernelChecksTest {
  private static void finds(Kernels wrong, Consumer<Kernels> check) {
    assertDoesNotThrow(() -> check.accept(WrongKernels.RIGHT));
    assertThrows(AssertionError.class, () -> check.accept(wrong));
  }

  private static Call call(Kernel kernel) {
    return Call.draw(kernel, 7, 37, 41, Numbers.ORDINARY, 3);
  }

  /** Which the derivative of the identity leaves as it is. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IDENTITY_GRADIENT")
  void theLastColumnLeftOut(Kernel kernel) {
    Call call = call(kernel);
    for (Operand operand : call.operands()) {
      if (operand.spec().use() == Operand.Use.READ || operand.spec().use() == Operand.Use.CHANGED) {
        operand.array()[operand.at(operand.rows() - 1, operand.columns() - 1)] =
            switch (kernel) {
              // A positive result leaves these gradients as they are.
              case RELU_GRADIENT, LEAKY_RELU_GRADIENT, ELU_GRADIENT -> -2;
              default -> 2;
            };
      }
    }
    finds(
        WrongKernels.droppingTheLastColumn(kernel),
        kernels -> KernelChecks.isAccurate(kernels, call));
  }

  @ParameterizedTest
  @EnumSource
  void oneElementTooFarWritten(Kernel kernel) {
    for (int i = 0; i < kernel.specs().size(); i++) {
      Operand operand = call(kernel).operand(i);
      int end = operand.at(operand.rows() - 1, operand.columns());
      float[] longer = Arrays.copyOf(operand.array(), end + 1);
      Call roomy = call(kernel).with(i, operand.in(longer, operand.offset(), operand.ld()));
      Kernels wrong = WrongKernels.touching(kernel, i, end);
      finds(wrong, kernels -> KernelChecks.isAccurate(kernels, roomy));
      finds(wrong, kernels -> KernelChecks.hasSameBits(WrongKernels.RIGHT, kernels, roomy));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anOperandWrittenThatIsOnlyToBeRead(Kernel kernel) {
    for (int i = 0; i < kernel.specs().size(); i++) {
      Operand operand = call(kernel).operand(i);
      if (!operand.written()) {
        Kernels wrong = WrongKernels.touching(kernel, i, operand.at(0, 5));
        finds(wrong, kernels -> KernelChecks.isAccurate(kernels, call(kernel)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneBitOff(Kernel kernel) {
    finds(
        WrongKernels.offByOneBit(kernel),
        kernels -> KernelChecks.hasSameBits(WrongKernels.RIGHT, kernels, call(kernel)));
  }

  @ParameterizedTest
  @CsvSource({"DOT,OUT", "SUM,OUT", "GEMV,IN", "GEMM,IN", "GEMM_NT,OUT", "GEMM_TN,ROWS"})
  void anotherOrderOfAddition(Kernel kernel, Side summed) {
    Kernels wrong = WrongKernels.backwards(kernel, summed);
    Consumer<Kernels> check =
        kernels -> {
          for (int seed = 0; seed < 20; seed++) {
            Call call = Call.draw(kernel, 17, 37, 310, Numbers.HALF_ZEROS, seed);
            KernelChecks.hasSameBits(WrongKernels.RIGHT, kernels, call);
          }
        };
    assertDoesNotThrow(() -> KernelChecks.isAccurate(wrong, call(kernel)));
    finds(wrong, check);
  }

  @ParameterizedTest
  @EnumSource
  void badOperandsAccepted(Kernel kernel) {
    finds(
        WrongKernels.swallowingExceptions(),
        kernels -> KernelChecks.refusesBadOperands(kernels, call(kernel)));
  }

  @Test
  void aWrongIntegerAndANegativeZero() {
    Call integers = Call.draw(Kernel.GEMM, 7, 37, 41, Numbers.INTEGERS, 3);
    finds(
        WrongKernels.offByOneBit(Kernel.GEMM), kernels -> KernelChecks.isExact(kernels, integers));
    Call empty = Call.draw(Kernel.AXPY, 1, 1, 200, Numbers.HALF_ZEROS, 3);
    assertThrows(
        AssertionError.class, () -> KernelChecks.hasNoNegativeZero(WrongKernels.RIGHT, empty));
  }
}
