package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.Backend;
import dev.lanewise.internal.simd.Lanes;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What both implementations of {@link UpdateKernels} do; what optimizers make of them is apart. */
@Tag("every-width")
class UpdateKernelsTest {
  private static final UpdateKernels SCALAR = Backend.SCALAR.updates();
  private static final UpdateKernels VECTOR = Backend.VECTOR.updates();

  @Test
  void noKernelIsForgotten() {
    Set<String> tested =
        Arrays.stream(Update.values()).map(Update::method).collect(Collectors.toSet());
    Set<String> declared =
        Arrays.stream(UpdateKernels.class.getDeclaredMethods())
            .map(Method::getName)
            .collect(Collectors.toSet());
    assertEquals(declared, tested);
  }

  @ParameterizedTest
  @EnumSource
  void everyBitIsThatOfTheScalarKernelsAndNothingElseIsTouched(Update update) {
    SplittableRandom seeds = new SplittableRandom(Long.getLong("test.seed", 20250916));
    for (Numbers numbers : Numbers.values()) {
      for (int n : Calls.sizes(Lanes.LANES)) {
        for (int repetition = 0; repetition < 3; repetition++) {
          Update.Call call = Update.Call.draw(update, n, numbers, seeds.nextLong());
          Update.Call wanted = call.copy();
          Update.Call got = call.copy();
          wanted.run(SCALAR);
          got.run(VECTOR);
          hasSameBits(wanted, got);
          staysInside(call, wanted);
          staysInside(call, got);
        }
      }
    }
  }

  /** Which NaN a NaN is does not matter. */
  private static void hasSameBits(Update.Call wanted, Update.Call got) {
    for (int i = 0; i < wanted.operands().size(); i++) {
      for (int j = 0; j < wanted.n(); j++) {
        int expected = Float.floatToIntBits(wanted.operands().get(i).get(0, j));
        int found = Float.floatToIntBits(got.operands().get(i).get(0, j));
        if (expected != found) {
          String where = wanted.origin() + ", operand " + i + ", element " + j;
          assertEquals(Float.intBitsToFloat(expected), Float.intBitsToFloat(found), where);
        }
      }
    }
  }

  private static void staysInside(Update.Call before, Update.Call after) {
    for (int i = 0; i < before.operands().size(); i++) {
      Operand operand = after.operands().get(i);
      assertEquals(-1, operand.firstTouched(before.a(i), !operand.written()), before::origin);
    }
  }

  @ParameterizedTest
  @EnumSource
  void badOperandsAreRefusedByNameBeforeAnythingIsWritten(Update update) {
    for (UpdateKernels kernels : new UpdateKernels[] {SCALAR, VECTOR}) {
      Update.Call call = Update.Call.draw(update, 21, Numbers.ORDINARY, 1);
      for (int i = 0; i < call.operands().size(); i++) {
        Operand operand = call.operands().get(i);
        Operand negative = operand.in(operand.array(), -1, operand.ld());
        Operand missing = operand.in(null, 0, operand.ld());
        refuses(NullPointerException.class, kernels, call.with(i, missing), i);
        refuses(IndexOutOfBoundsException.class, kernels, call.with(i, negative), i);
        refuses(IndexOutOfBoundsException.class, kernels, call.with(i, operand.oneTooShort()), i);
      }
      Update.Call negative = new Update.Call(update, -1, call.operands(), "-1 elements");
      refuses(IndexOutOfBoundsException.class, kernels, negative, 0);
    }
  }

  private static void refuses(
      Class<? extends Exception> type, UpdateKernels kernels, Update.Call bad, int operand) {
    Update.Call after = bad.copy();
    Exception e = assertThrows(type, () -> after.run(kernels), bad::origin);
    String name = bad.operands().get(operand).spec().name();
    String message = e.getMessage();
    assertTrue(message.equals(name) || message.startsWith(name + " "), message);
    for (int i = 0; i < bad.operands().size(); i++) {
      if (bad.a(i) != null) {
        assertEquals(-1, after.operands().get(i).firstTouched(bad.a(i), true), bad::origin);
      }
    }
  }

  /** Padding relies on it. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"DECAY", "PENALIZE"})
  void whereGradientAndStateAreZeroAWeightKeepsItsBitsAndTheStateStaysZero(Update update) {
    int n = 3 * Lanes.LANES + 1;
    for (UpdateKernels kernels : new UpdateKernels[] {SCALAR, VECTOR}) {
      for (float zero : new float[] {0f, -0f}) {
        Update.Call call = Update.Call.draw(update, n, Numbers.ORDINARY, 4);
        for (Operand operand : call.operands()) {
          String name = operand.spec().name();
          if (!name.equals("w")) {
            float value = name.equals("dw") ? zero : 0f;
            Arrays.fill(operand.array(), operand.offset(), operand.offset() + n, value);
          } else {
            operand.array()[operand.offset() + 1] = 0f;
          }
        }
        Update.Call after = call.copy();
        after.run(kernels);
        after.run(kernels);
        hasSameBits(call, after);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DECAY", "PENALIZE"})
  void aZeroWeightIsNeitherShrunkNorPenalized(Update update) {
    int n = 3 * Lanes.LANES + 1;
    for (UpdateKernels kernels : new UpdateKernels[] {SCALAR, VECTOR}) {
      Update.Call call = Update.Call.draw(update, n, Numbers.ORDINARY, 4);
      for (Operand operand : call.operands()) {
        Arrays.fill(operand.array(), operand.offset(), operand.offset() + n, 0f);
      }
      Update.Call after = call.copy();
      after.run(kernels);
      hasSameBits(call, after);
    }
  }

  @Test
  void penaltiesAddTheirGradients() {
    for (UpdateKernels kernels : new UpdateKernels[] {SCALAR, VECTOR}) {
      float[] w = {2, -2, 0, -0f, 0.5f};
      float[] dw = {1, 1, 1, 1, Float.NaN};
      kernels.penalize(5, 0.25f, 0.5f, w, 0, dw, 0);
      assertArrayEquals(new float[] {2.25f, -0.25f, 1, 1, Float.NaN}, dw);
    }
  }

  @Test
  void clippedGradientsKeepTheirSignAndThoseWithinTheLimitTheirValue() {
    for (UpdateKernels kernels : new UpdateKernels[] {SCALAR, VECTOR}) {
      float infinity = Float.POSITIVE_INFINITY;
      float[] dw = {3, -3, 2, -2, 1.5f, -0f, infinity, -infinity, Float.NaN};
      kernels.clip(9, 2, dw, 0);
      assertArrayEquals(new float[] {2, -2, 2, -2, 1.5f, -0f, 2, -2, Float.NaN}, dw);
    }
  }

  @Test
  void weightsShrinkByTheFactor() {
    for (UpdateKernels kernels : new UpdateKernels[] {SCALAR, VECTOR}) {
      float[] w = {8, -4, 0};
      kernels.decay(3, 0.75f, w, 0);
      assertArrayEquals(new float[] {6, -3, 0}, w);
    }
  }
}
