package dev.lanewise.internal.scalar;

import dev.lanewise.internal.jvm.VirtualMachine;

/**
 * The fused multiply-add of everything that is not a vector: the processor's instruction, or where
 * there is none the same number by double arithmetic. {@link Math#fma} goes through {@link
 * java.math.BigDecimal} there, a thousand times slower and with garbage.
 */
public final class Fma {
  private static final boolean INSTRUCTION = VirtualMachine.hasFma();

  /** The bits of a double that a float has not. */
  private static final long LOST = (1L << (53 - 24)) - 1;

  /** Those bits where a double lies in the middle between two floats. */
  private static final long MIDDLE = 1L << (53 - 24 - 1);

  private Fma() {}

  /** Returns {@code a b + c}, rounded once. */
  public static float fma(float a, float b, float c) {
    return INSTRUCTION ? Math.fma(a, b, c) : inDouble(a, b, c);
  }

  /**
   * Returns the same by double arithmetic.
   *
   * <p>The product is exact there, and the sum rounded to a double lies on the same side of the
   * middle between two floats as the exact one, so the float next to it is right. Only where it
   * lies in the middle does it matter what the sum has lost.
   */
  static float inDouble(float a, float b, float c) {
    double product = (double) a * b;
    double sum = product + c;
    boolean maybeMiddle =
        (Double.doubleToRawLongBits(sum) & LOST) == MIDDLE || Math.abs(sum) < Float.MIN_NORMAL;
    return maybeMiddle ? (float) toOdd(product, c, sum) : (float) sum;
  }

  /**
   * Returns a sum rounded to odd: where {@code sum} is not exact, the neighbour of the exact sum
   * whose last bit is set. Rounded to a float that gives what the exact sum would (Boldo and
   * Melquiond, "Emulation of a FMA and Correctly Rounded Sums: Proved Algorithms Using Rounding to
   * Odd", 2008); the error of the sum is Knuth's (TwoSum).
   */
  private static double toOdd(double x, double y, double sum) {
    double y0 = sum - x;
    double error = (x - (sum - y0)) + (y - y0);
    long bits = Double.doubleToRawLongBits(sum);
    if (error == 0 || (bits & 1) != 0) {
      return sum;
    }
    return Double.longBitsToDouble((error > 0) == (sum > 0) ? bits + 1 : bits - 1);
  }
}
