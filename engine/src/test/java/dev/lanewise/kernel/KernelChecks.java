package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What must hold for one call of a kernel, whoever implements it. */
final class KernelChecks {
  private KernelChecks() {}

  /** Every result lies within the bound that follows from the operation. */
  static void isAccurate(Kernels kernels, Call call) {
    Call after = call.copy();
    double result = after.run(kernels);
    staysInside(call, after);
    Tolerance wanted = Oracle.result(call);
    assertTrue(wanted.allows(result), () -> call + " returned " + result + ", not " + wanted);
    forEachResult(
        call,
        (i, r, c) -> {
          Tolerance element = Oracle.element(call, i, r, c);
          float got = after.operand(i).get(r, c);
          assertTrue(
              element.allows(got), () -> at(call, i, r, c) + " is " + got + ", not " + element);
        });
  }

  /** Every result is exactly the right integer. */
  static void isExact(Kernels kernels, Call call) {
    Call after = call.copy();
    assertEquals(Oracle.result(call).value(), after.run(kernels), call::toString);
    forEachResult(
        call,
        (i, r, c) -> {
          double wanted = Oracle.element(call, i, r, c).value();
          assertTrue(wanted == after.operand(i).get(r, c), () -> at(call, i, r, c));
        });
  }

  /** Two implementations give the same bits; which NaN a NaN is does not matter. */
  static void hasSameBits(Kernels reference, Kernels kernels, Call call) {
    Call wanted = call.copy();
    Call after = call.copy();
    sameBits(wanted.run(reference), after.run(kernels), call::toString);
    staysInside(call, after);
    forEachResult(
        call,
        (i, r, c) ->
            sameBits(
                wanted.operand(i).get(r, c), after.operand(i).get(r, c), () -> at(call, i, r, c)));
  }

  static void hasNoNegativeZero(Kernels kernels, Call call) {
    Call after = call.copy();
    double result = after.run(kernels);
    assertFalse(isNegativeZero(result), call::toString);
    forEachResult(
        call,
        (i, r, c) ->
            assertFalse(isNegativeZero(after.operand(i).get(r, c)), () -> at(call, i, r, c)));
  }

  /** The last operand may be the first one, and the results are the same then. */
  static void mayAlias(Kernels kernels, Call call) {
    int last = call.operands().size() - 1;
    Call aliased = call.aliasing(last);
    Call apart = aliased.copy();
    sameBits(apart.run(kernels), aliased.run(kernels), call::toString);
    for (int c = 0; c < call.out(); c++) {
      int column = c;
      sameBits(
          apart.operand(last).get(0, c),
          aliased.operand(last).get(0, c),
          () -> at(call, last, 0, column));
    }
  }

  /** Bad operands are refused by name before anything is written. */
  static void refusesBadOperands(Kernels kernels, Call call) {
    for (int i = 0; i < call.operands().size(); i++) {
      Operand operand = call.operand(i);
      Operand negative = operand.in(operand.array(), -1, operand.ld());
      refuses(
          NullPointerException.class, kernels, call.with(i, operand.in(null, 0, operand.ld())), i);
      refuses(IndexOutOfBoundsException.class, kernels, call.with(i, negative), i);
      int work = call.kernel().work(kernels, call.rows(), call.in(), call.out());
      if (operand.spec().use() != Operand.Use.SCRATCH || (work > 0 && work == operand.columns())) {
        refuses(IndexOutOfBoundsException.class, kernels, call.with(i, operand.oneTooShort()), i);
      }
      if (operand.spec().isMatrix()) {
        Operand narrow = operand.in(operand.array(), operand.offset(), operand.columns() - 1);
        refuses(IllegalArgumentException.class, kernels, call.with(i, narrow), i);
      }
    }
    int rows = call.rows();
    int in = call.in();
    int out = call.out();
    List<Call> negatives = new ArrayList<>();
    for (Operand operand : call.operands()) {
      switch (operand.spec().columns()) {
        case IN -> negatives.add(call.withSizes(rows, -1, out));
        case OUT -> negatives.add(call.withSizes(rows, in, -1));
        case WORK -> {
          // Follows from the others.
        }
        case ONE, ROWS -> fail(call + " has an operand of one column");
      }
      if (operand.spec().rows() == Operand.Side.ROWS) {
        negatives.add(call.withSizes(-1, in, out));
      }
    }
    for (Call negative : negatives) {
      refuses(IndexOutOfBoundsException.class, kernels, negative, -1);
    }
  }

  private static void refuses(
      Class<? extends Exception> type, Kernels kernels, Call bad, int operand) {
    Call after = bad.copy();
    Exception e = assertThrows(type, () -> after.run(kernels), bad::toString);
    if (operand >= 0) {
      String name = bad.operand(operand).spec().name();
      String message = String.valueOf(e.getMessage());
      assertTrue(
          message.equals(name) || message.startsWith(name + " "),
          () -> bad + " should name " + name + ", but says: " + message);
    }
    for (int i = 0; i < bad.operands().size(); i++) {
      if (bad.a(i) != null) {
        assertEquals(-1, after.operand(i).firstTouched(bad.a(i), true), bad::toString);
      }
    }
  }

  private static void staysInside(Call before, Call after) {
    for (int i = 0; i < before.operands().size(); i++) {
      Operand operand = after.operand(i);
      int touched = operand.firstTouched(before.a(i), !operand.written());
      String name = operand.spec().name();
      assertEquals(-1, touched, () -> before + " wrote outside, to the array of " + name);
    }
  }

  private interface Element {
    void check(int operand, int r, int c);
  }

  private static void forEachResult(Call call, Element element) {
    for (int i = 0; i < call.operands().size(); i++) {
      Operand operand = call.operand(i);
      if (operand.written() && operand.spec().use() != Operand.Use.SCRATCH) {
        for (int r = 0; r < operand.rows(); r++) {
          for (int c = 0; c < operand.columns(); c++) {
            element.check(i, r, c);
          }
        }
      }
    }
  }

  private static void sameBits(float a, float b, Supplier<String> where) {
    if (Float.floatToIntBits(a) != Float.floatToIntBits(b)) {
      fail(where.get() + " should be " + a + ", but is " + b);
    }
  }

  private static void sameBits(double a, double b, Supplier<String> where) {
    if (Double.doubleToLongBits(a) != Double.doubleToLongBits(b)) {
      fail(where.get() + " should return " + a + ", not " + b);
    }
  }

  private static boolean isNegativeZero(double value) {
    return Double.doubleToRawLongBits(value) == Long.MIN_VALUE;
  }

  private static String at(Call call, int i, int r, int c) {
    return call + ": element (" + r + ", " + c + ") of " + call.operand(i).spec().name();
  }
}
