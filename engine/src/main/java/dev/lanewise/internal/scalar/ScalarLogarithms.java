package dev.lanewise.internal.scalar;

import static dev.lanewise.internal.scalar.Fma.fma;
import static dev.lanewise.internal.scalar.ScalarMath.EXPONENT_SHIFT;
import static dev.lanewise.internal.scalar.ScalarMath.EXP_MIN;
import static dev.lanewise.internal.scalar.ScalarMath.LN2_HIGH;
import static dev.lanewise.internal.scalar.ScalarMath.LN2_LOW;
import static dev.lanewise.internal.scalar.ScalarMath.LOG2_E;
import static dev.lanewise.internal.scalar.ScalarMath.ROUND;
import static dev.lanewise.internal.scalar.ScalarMath.SIGMOID_LOWER;
import static dev.lanewise.internal.scalar.ScalarMath.SIGMOID_ROUND;

/**
 * The float {@code log} and {@code softplus} that define what the engine computes, by the means
 * that {@link ScalarMath} describes. The constants are public for the vector version only.
 */
public final class ScalarLogarithms {
  /** Takes a denormal to the normal floats, by this power of two. */
  public static final float LOG_LIFT = 0x1p23f;

  /** The logarithm to base 2 of LOG_LIFT. */
  public static final float LOG_LIFTED = 23;

  /** The bits of the least float of at least sqrt(1/2). */
  public static final int SQRT_HALF_BITS = 0x3f3504f3;

  /** The bits of ROUND: a small integer added to them is added to the float. */
  public static final int ROUND_BITS = 0x4b400000;

  // The coefficients of log(1 + f) = f + f^2 (L0 + L1 f + ... + L8 f^8), sqrt(1/2) on.
  public static final float L0 = -0x1.fffff8p-2f;
  public static final float L1 = 0x1.55555p-2f;
  public static final float L2 = -0x1.000438p-2f;
  public static final float L3 = 0x1.99a41cp-3f;
  public static final float L4 = -0x1.5423e8p-3f;
  public static final float L5 = 0x1.226c84p-3f;
  public static final float L6 = -0x1.0f520ap-3f;
  public static final float L7 = 0x1.087506p-3f;
  public static final float L8 = -0x1.381392p-4f;

  // The coefficients of log(1 + e) = e + e^2 (S0 + S1 e + ... + S9 e^9), from 0 to 1.
  public static final float S0 = -0x1.fffff8p-2f;
  public static final float S1 = 0x1.5553b6p-2f;
  public static final float S2 = -0x1.ffc59ep-3f;
  public static final float S3 = 0x1.978b54p-3f;
  public static final float S4 = -0x1.4a72b2p-3f;
  public static final float S5 = 0x1.ff28d8p-4f;
  public static final float S6 = -0x1.54f16cp-4f;
  public static final float S7 = 0x1.58ff44p-5f;
  public static final float S8 = -0x1.c0a2p-7f;
  public static final float S9 = 0x1.113634p-9f;

  private ScalarLogarithms() {}

  /**
   * Returns the natural logarithm of x, within 0.92 ulp.
   *
   * <p>Both zeros give negative infinity, numbers below zero NaN, infinity itself. NaN gives NaN.
   *
   * <p>With x = 2^n (1 + f), 1 + f from sqrt(1/2) to sqrt(2), it is n ln2 + log(1 + f).
   */
  public static float log(float x) {
    if (!(x > 0)) {
      return x == 0 ? Float.NEGATIVE_INFINITY : Float.NaN;
    }
    if (x == Float.POSITIVE_INFINITY) {
      return x;
    }
    boolean denormal = x < Float.MIN_NORMAL;
    int bits = Float.floatToRawIntBits(denormal ? x * LOG_LIFT : x);
    int exponent = (bits - SQRT_HALF_BITS) >> EXPONENT_SHIFT;
    float f = Float.intBitsToFloat(bits - (exponent << EXPONENT_SHIFT)) - 1f;
    float n = Float.intBitsToFloat(ROUND_BITS + exponent) - ROUND;
    n = denormal ? n - LOG_LIFTED : n;
    float p = fma(f, L8, L7);
    p = fma(p, f, L6);
    p = fma(p, f, L5);
    p = fma(p, f, L4);
    p = fma(p, f, L3);
    p = fma(p, f, L2);
    p = fma(p, f, L1);
    p = fma(p, f, L0);
    float low = fma(f * f, p, fma(n, LN2_LOW, f));
    return fma(n, LN2_HIGH, low);
  }

  /**
   * Returns {@code log(1 + e^x)}, within 1.87 ulp, however small the result. NaN gives NaN.
   *
   * <p>It is max(x, 0) + log(1 + e) with e = e^-|x|, which does not overflow. Where e is small its
   * logarithm is the polynomial's first term, e.
   */
  public static float softplus(float x) {
    float a = Math.abs(x);
    float e;
    if (a > -EXP_MIN) {
      e = 0f;
    } else {
      float t = fma(a, -LOG2_E, SIGMOID_ROUND);
      float y = ScalarMath.expReduced(-a, t - SIGMOID_ROUND);
      float power = Float.intBitsToFloat(Float.floatToRawIntBits(t) << EXPONENT_SHIFT);
      e = y * power * SIGMOID_LOWER;
    }
    float p = fma(e, S9, S8);
    p = fma(p, e, S7);
    p = fma(p, e, S6);
    p = fma(p, e, S5);
    p = fma(p, e, S4);
    p = fma(p, e, S3);
    p = fma(p, e, S2);
    p = fma(p, e, S1);
    p = fma(p, e, S0);
    return (x > 0 ? x : 0f) + fma(e * e, p, e);
  }
}
