package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every implementation of {@link Kernels} must do. */
abstract class KernelsContract {
  /** The implementation. */
  abstract Kernels kernels();

  /** How many lanes its sizes are to be tried around. */
  abstract int lanes();

  @Test
  void noKernelIsForgotten() {
    Set<String> tested =
        Arrays.stream(Kernel.values()).map(Kernel::method).collect(Collectors.toSet());
    Set<String> declared =
        Arrays.stream(Kernels.class.getMethods())
            .filter(method -> !Modifier.isStatic(method.getModifiers()))
            .map(Method::getName)
            .filter(name -> !name.endsWith("Work"))
            .collect(Collectors.toSet());
    assertEquals(declared, tested);
  }

  @ParameterizedTest
  @EnumSource
  void resultsLieWithinTheBoundOfTheOperation(Kernel kernel) {
    for (Numbers numbers : List.of(Numbers.ORDINARY, Numbers.HALF_ZEROS)) {
      for (Call call : Calls.some(kernel, lanes(), numbers)) {
        KernelChecks.isAccurate(kernels(), call);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void smallIntegersGiveExactResults(Kernel kernel) {
    if (kernel.isExactOnIntegers()) {
      for (Call call : Calls.some(kernel, lanes(), Numbers.INTEGERS)) {
        KernelChecks.isExact(kernels(), call);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void sumsAreNeverNegativeZero(Kernel kernel) {
    if (kernel.isSum()) {
      for (Numbers numbers : List.of(Numbers.HALF_ZEROS, Numbers.EXTREME)) {
        for (Call call : Calls.some(kernel, lanes(), numbers)) {
          KernelChecks.hasNoNegativeZero(kernels(), call);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theLastOperandMayBeTheFirstWhereTheDocumentationSaysSo(Kernel kernel) {
    if (kernel.mayAlias()) {
      for (Call call : Calls.some(kernel, lanes(), Numbers.HALF_ZEROS)) {
        KernelChecks.mayAlias(kernels(), call);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void badOperandsAreRefusedByNameBeforeAnythingIsWritten(Kernel kernel) {
    Call call = Call.draw(kernel, 5, 19, 21, Numbers.ORDINARY, 1);
    KernelChecks.refusesBadOperands(kernels(), call);
  }

  @Test
  void aMissingActivationIsRefusedByName() {
    float[] x = {1};
    Kernels kernels = kernels();
    Exception forward =
        assertThrows(
            NullPointerException.class, () -> kernels.activate(null, 1, x, 0, new float[1], 0));
    assertEquals("f", forward.getMessage());
    Exception back =
        assertThrows(
            NullPointerException.class,
            () -> kernels.activationGradient(null, 1, x, 0, new float[1], 0));
    assertEquals("f", back.getMessage());
  }

  /** {@code -0.0} as the old value, and products that underflow to it, must not tell them apart. */
  @Test
  void aRowAloneGivesTheBitsItGivesAmongOthers() {
    for (Numbers numbers : List.of(Numbers.HALF_ZEROS, Numbers.EXTREME)) {
      SplittableRandom random = new SplittableRandom(7);
      for (int in : Calls.sizes(lanes())) {
        for (int out : Calls.sizes(lanes())) {
          Call together = Call.draw(Kernel.GEMM, 3, in, out, numbers, random.nextLong());
          rowsAloneEqual(together);
        }
      }
    }
  }

  private void rowsAloneEqual(Call together) {
    Call after = together.copy();
    after.run(kernels());
    for (int r = 0; r < together.rows(); r++) {
      Operand x = together.operand(0);
      Operand y = together.operand(2).copy();
      kernels()
          .gemv(
              together.in(),
              together.out(),
              x.array(),
              x.at(r, 0),
              together.a(1),
              together.at(1),
              together.ld(1),
              y.array(),
              y.at(r, 0));
      for (int c = 0; c < together.out(); c++) {
        assertEquals(after.operand(2).get(r, c), y.get(r, c), together::toString);
      }
    }
  }
}
