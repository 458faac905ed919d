package dev.lanewise.internal.scalar;

import static dev.lanewise.internal.scalar.Fma.fma;

/**
 * The float {@code exp}, {@code expm1}, {@code tanh} and {@code sigmoid} that define what the
 * engine computes; its neighbours define the other functions.
 *
 * <p>Everything here, and there, is made of additions, multiplications, fused multiply-adds,
 * divisions and moves of bits. Each of these is exactly specified, so the vector version can, and
 * must, take the same steps and return the same bits for every float. The order of the operations
 * is therefore part of the definition.
 *
 * <p>Method: Cody and Waite's range reduction, {@code x = n ln2 + r} with {@code |r| <= ln2 / 2},
 * then a minimax polynomial (Remez exchange, relative error, coefficients rounded to float one
 * after another from the lowest degree while the others are fitted again). The constants are public
 * for the vector version only.
 */
public final class ScalarMath {
  /** log2(e), rounded. */
  public static final float LOG2_E = 0x1.715476p0f;

  /** ln(2), rounded; {@code x - n * LN2_HIGH} is exact in one fused multiply-add. */
  public static final float LN2_HIGH = 0x1.62e43p-1f;

  /** ln(2) - LN2_HIGH, rounded. */
  public static final float LN2_LOW = -0x1.05c61p-29f;

  /**
   * Added to a float of magnitude below 2^22, it rounds that float to an integer n, which is then
   * found in the low bits of the sum.
   */
  public static final float ROUND = 0x1.8p23f;

  /** The bias of a float's exponent. */
  public static final int BIAS = 127;

  /** Where a float's exponent begins. */
  public static final int EXPONENT_SHIFT = 23;

  /** ROUND for exp: leaves n + 2 BIAS in the low bits, whose halves are two biased exponents. */
  public static final float EXP_ROUND = ROUND + 2 * BIAS;

  /** The largest float with a finite exponential. */
  public static final float EXP_MAX = 0x1.62e42ep6f;

  /** The smallest float whose exponential does not round to 0. */
  public static final float EXP_MIN = -0x1.9fe368p6f;

  // The coefficients of e^r = 1 + r + r^2 (E2 + E3 r + ... + E6 r^4).
  public static final float E2 = 0x1.fffffcp-2f;
  public static final float E3 = 0x1.55548cp-3f;
  public static final float E4 = 0x1.555858p-5f;
  public static final float E5 = 0x1.123dep-7f;
  public static final float E6 = 0x1.6ac74ep-10f;

  /** Below this magnitude tanh is a polynomial. */
  public static final float TANH_POLYNOMIAL = 0.6875f;

  /** From this magnitude on tanh is 1. */
  public static final float TANH_ONE = 9.02f;

  /** ROUND for tanh: leaves the biased exponent of 2^n in the low bits. */
  public static final float TANH_ROUND = ROUND + BIAS;

  // The coefficients of tanh x = x + x^3 (T3 + T5 x^2 + ... + T11 x^8).
  public static final float T3 = -0x1.555504p-2f;
  public static final float T5 = 0x1.10fdap-3f;
  public static final float T7 = -0x1.b70d98p-5f;
  public static final float T9 = 0x1.4ad672p-6f;
  public static final float T11 = -0x1.56fd06p-8f;

  /** How much too large, as a power of two, sigmoid takes e^-|x|, to keep it a normal float. */
  public static final int SIGMOID_LIFT = 24;

  /** Undoes the lift. */
  public static final float SIGMOID_LOWER = 0x1p-24f;

  /** ROUND for sigmoid: leaves the biased exponent of 2^(n + lift) in the low bits. */
  public static final float SIGMOID_ROUND = ROUND + BIAS + SIGMOID_LIFT;

  /** Below this, e^x - 1 rounds to -1. */
  public static final float EXPM1_MIN = -17.5f;

  /** SELU's factor on positive arguments. */
  public static final float SELU_SCALE = (float) 1.0507009873554805;

  /** SELU's factor on e^x - 1: the scale times alpha, 1.6732632423543772, so minus its infimum. */
  public static final float SELU_FLOOR = (float) (1.0507009873554805 * 1.6732632423543772);

  private ScalarMath() {}

  /**
   * Returns e to the power x, within 0.78 ulp (0.69 where the result is not denormal).
   *
   * <p>It is monotone, overflows to infinity and underflows through the denormals to 0 where the
   * exact value does. NaN gives NaN.
   */
  public static float exp(float x) {
    if (x > EXP_MAX) {
      return Float.POSITIVE_INFINITY;
    }
    if (x < EXP_MIN) {
      return 0f;
    }
    float t = fma(x, LOG2_E, EXP_ROUND);
    float y = expReduced(x, t - EXP_ROUND);
    // 2^n itself may be no float, so it is multiplied in as two factors; only the last rounds.
    int sum = Float.floatToRawIntBits(t);
    int half = sum >>> 1;
    return y
        * Float.intBitsToFloat(half << EXPONENT_SHIFT)
        * Float.intBitsToFloat((sum - half) << EXPONENT_SHIFT);
  }

  /**
   * Returns e^x - 1 for x that are not positive, within 0.95 ulp. NaN gives NaN.
   *
   * <p>With e^x = 2^n (1 + w) it is (2^n - 1) + 2^n w, rounded only once more than w.
   */
  public static float expm1(float x) {
    if (x < EXPM1_MIN) {
      return -1f;
    }
    float t = fma(x, LOG2_E, TANH_ROUND);
    float n = t - TANH_ROUND;
    float r = fma(n, -LN2_LOW, fma(n, -LN2_HIGH, x));
    float w = fma(r * r, expTail(r), r);
    float power = Float.intBitsToFloat(Float.floatToRawIntBits(t) << EXPONENT_SHIFT);
    return fma(power, w, power - 1f);
  }

  /**
   * Returns the hyperbolic tangent of x, within 1.08 ulp.
   *
   * <p>It is odd, monotone, never beyond 1 in magnitude, and keeps the sign of a zero. NaN gives
   * NaN.
   */
  public static float tanh(float x) {
    float a = Math.abs(x);
    float y;
    if (a < TANH_POLYNOMIAL) {
      float u = a * a;
      float p = fma(T11, u, T9);
      p = fma(p, u, T7);
      p = fma(p, u, T5);
      p = fma(p, u, T3);
      y = fma(a * u, p, a);
    } else if (a >= TANH_ONE) {
      y = 1f;
    } else {
      // 1 - 2 / (1 + e^2a), where 1 + e^2a = (1 + 2^n) + 2^n (e^r - 1) is rounded only once.
      float t = fma(a, 2 * LOG2_E, TANH_ROUND);
      float n = t - TANH_ROUND;
      float r = fma(n, -LN2_LOW, fma(n, -LN2_HIGH, a + a));
      float w = fma(r * r, expTail(r), r);
      float power = Float.intBitsToFloat(Float.floatToRawIntBits(t) << EXPONENT_SHIFT);
      y = 1f - 2f / fma(power, w, power + 1f);
    }
    return Math.copySign(y, x);
  }

  /**
   * Returns {@code 1 / (1 + e^-x)}, within 1.51 ulp, however small the result. NaN gives NaN.
   *
   * <p>It is not strictly monotone: from a float to a larger one it may step back by one ulp.
   *
   * <p>With {@code e = e^-|x|} and {@code q = e / (1 + e)} it is {@code 1 - q} on the right of 0
   * and {@code e - e q} on the left; both damp the two roundings in q, and neither overflows.
   */
  public static float sigmoid(float x) {
    float a = Math.abs(x);
    float e;
    if (a > -EXP_MIN) {
      e = 0f;
    } else {
      float t = fma(a, -LOG2_E, SIGMOID_ROUND);
      float y = expReduced(-a, t - SIGMOID_ROUND);
      float power = Float.intBitsToFloat(Float.floatToRawIntBits(t) << EXPONENT_SHIFT);
      e = y * power * SIGMOID_LOWER;
    }
    float q = e / (e + 1f);
    float base = x < 0f ? e : 1f;
    return fma(-q, base, base);
  }

  /**
   * Returns e^(x - n ln2), for |x - n ln2| not much above ln2 / 2.
   *
   * <p>With h = x - n LN2_HIGH, 1 + h is kept as an unevaluated sum of two floats, high + low, so
   * that little more than the rounding of the last addition is left in the result.
   */
  static float expReduced(float x, float n) {
    float h = fma(n, -LN2_HIGH, x);
    float r = fma(n, -LN2_LOW, h);
    float high = h + 1f;
    float low = fma(n, -LN2_LOW, h - (high - 1f));
    return high + fma(r * r, expTail(r), low);
  }

  /** Returns (e^r - 1 - r) / r^2. */
  static float expTail(float r) {
    float p = fma(r, E6, E5);
    p = fma(p, r, E4);
    p = fma(p, r, E3);
    return fma(p, r, E2);
  }
}
