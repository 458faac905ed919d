package dev.lanewise.internal.scalar;

import static dev.lanewise.internal.scalar.Fma.fma;
import static dev.lanewise.internal.scalar.ScalarGates.GATE_LOWER;
import static dev.lanewise.internal.scalar.ScalarGates.GATE_ROUND;
import static dev.lanewise.internal.scalar.ScalarMath.EXPONENT_SHIFT;
import static dev.lanewise.internal.scalar.ScalarMath.LN2_HIGH;
import static dev.lanewise.internal.scalar.ScalarMath.LN2_LOW;
import static dev.lanewise.internal.scalar.ScalarMath.LOG2_E;
import static dev.lanewise.internal.scalar.ScalarMath.TANH_ROUND;

/**
 * The float error function, and the {@code gelu} that is made of it, which define what the engine
 * computes, by the means that {@link ScalarMath} describes. The constants are public for the vector
 * version only.
 *
 * <p>GELU (Hendrycks and Gimpel 2016, arXiv 1606.08415) is x Phi(x), Phi being the normal
 * distribution. It is computed as max(x, 0) - |x| Phi(-|x|), and Phi(-a) as e^(-a^2/2) R(a), where
 * R is smooth: 1 / (a + 2.5) times a polynomial in u = a / (a + 2.5). So nothing cancels, and small
 * results are as accurate as large ones.
 */
public final class ScalarErf {
  /** Below this magnitude erf is a polynomial. */
  public static final float ERF_POLYNOMIAL = 0.9375f;

  /** From this magnitude on erf is 1. */
  public static final float ERF_ONE = 3.92f;

  // The coefficients of erf x = x + x (A0 + A1 x^2 + ... + A6 x^12).
  public static final float A0 = 0x1.06eba8p-3f;
  public static final float A1 = -0x1.81274p-2f;
  public static final float A2 = 0x1.ce2d64p-4f;
  public static final float A3 = -0x1.b8012p-6f;
  public static final float A4 = 0x1.544aa8p-8f;
  public static final float A5 = -0x1.a6126ep-11f;
  public static final float A6 = 0x1.4f8e58p-14f;

  // The coefficients of -log(1 - erf x) = x + x (B0 + B1 x + ... + B6 x^6).
  public static final float B0 = 0x1.077e2p-3f;
  public static final float B1 = 0x1.452d3cp-1f;
  public static final float B2 = 0x1.b36b78p-4f;
  public static final float B3 = -0x1.86417p-6f;
  public static final float B4 = 0x1.e0f4acp-9f;
  public static final float B5 = -0x1.5966b6p-12f;
  public static final float B6 = 0x1.8ee0ecp-17f;

  /** Where x^2 / 2 is larger, x Phi(-|x|) rounds to 0. */
  public static final float GELU_MAX = 110f;

  /** What is added to |x| below the fraction line of u. */
  public static final float GELU_SHIFT = 2.5f;

  /** 1 / sqrt(2 pi), the normal density at 0. */
  public static final float DENSITY = 0x1.988454p-2f;

  // The coefficients of (a + 2.5) R(a) = Q0 + Q1 u + ... + Q10 u^10.
  public static final float Q0 = 0x1.4p0f;
  public static final float Q1 = -0x1.3e4ed4p0f;
  public static final float Q2 = 0x1.5b2e6ap-3f;
  public static final float Q3 = 0x1.2c3aeap-2f;
  public static final float Q4 = 0x1.775c12p-5f;
  public static final float Q5 = -0x1.ae1ae6p-4f;
  public static final float Q6 = 0x1.3a2faap-6f;
  public static final float Q7 = -0x1.e4b6aep-4f;
  public static final float Q8 = 0x1.61c556p-4f;
  public static final float Q9 = 0x1.afe2c6p-6f;
  public static final float Q10 = -0x1.96085ep-6f;

  private ScalarErf() {}

  /**
   * Returns the error function of x, within 1.01 ulp.
   *
   * <p>It is odd, never beyond 1 in magnitude, and keeps the sign of a zero. NaN gives NaN.
   */
  public static float erf(float x) {
    float a = Math.abs(x);
    float y;
    if (a < ERF_POLYNOMIAL) {
      float s = a * a;
      float p = fma(A6, s, A5);
      p = fma(p, s, A4);
      p = fma(p, s, A3);
      p = fma(p, s, A2);
      p = fma(p, s, A1);
      p = fma(p, s, A0);
      y = fma(p, a, a);
    } else if (a >= ERF_ONE) {
      y = 1f;
    } else {
      float p = fma(B6, a, B5);
      p = fma(p, a, B4);
      p = fma(p, a, B3);
      p = fma(p, a, B2);
      p = fma(p, a, B1);
      p = fma(p, a, B0);
      float v = fma(p, -a, -a);
      float t = fma(v, LOG2_E, TANH_ROUND);
      float e = ScalarMath.expReduced(v, t - TANH_ROUND);
      float power = Float.intBitsToFloat(Float.floatToRawIntBits(t) << EXPONENT_SHIFT);
      y = fma(-e, power, 1f);
    }
    int sign = Float.floatToRawIntBits(x) & Integer.MIN_VALUE;
    return Float.intBitsToFloat(Float.floatToRawIntBits(y) | sign);
  }

  /**
   * Returns {@code x Phi(x) = x / 2 (1 + erf(x / sqrt(2)))}, within 3.82 ulp, however small the
   * result. Negative infinity gives 0, positive infinity itself, NaN gives NaN.
   */
  public static float gelu(float x) {
    float a = Math.abs(x);
    float half = a * -0.5f;
    float v = half * a;
    float lost;
    if (v < -GELU_MAX) {
      lost = 0f;
    } else {
      // The error of v would otherwise count as often as v is large.
      float rest = fma(half, a, -v);
      float t = fma(v, LOG2_E, GATE_ROUND);
      float n = t - GATE_ROUND;
      float h = fma(n, -LN2_HIGH, v);
      float l = fma(n, -LN2_LOW, rest);
      float r = h + l;
      float high = h + 1f;
      float low = h - (high - 1f) + l;
      float y = high + fma(r * r, ScalarMath.expTail(r), low);
      float power = Float.intBitsToFloat(Float.floatToRawIntBits(t) << EXPONENT_SHIFT);
      float u = a / (a + GELU_SHIFT);
      lost = u * polynomial(u) * (y * power);
    }
    return fma(-lost, GATE_LOWER, x > 0 ? x : 0f);
  }

  /**
   * Returns the derivative of {@link #gelu}, Phi(x) + x phi(x), with an error of at most 2.44 2^-24
   * (ulp, above 1). NaN gives NaN.
   *
   * <p>With d = e^(-a^2/2) (R(a) - a / sqrt(2 pi)) it is 1 - d on the right of 0 and d on the left.
   */
  public static float geluSlope(float x) {
    float a = Math.abs(x);
    float v = a * -0.5f * a;
    float d;
    if (v < -GELU_MAX) {
      d = 0f;
    } else {
      float t = fma(v, LOG2_E, GATE_ROUND);
      float y = ScalarMath.expReduced(v, t - GATE_ROUND);
      float power = Float.intBitsToFloat(Float.floatToRawIntBits(t) << EXPONENT_SHIFT);
      float q = 1f / (a + GELU_SHIFT);
      float bracket = fma(a, -DENSITY, q * polynomial(a * q));
      d = bracket * (y * power * GATE_LOWER);
    }
    return x > 0 ? 1f - d : d;
  }

  /** Returns (a + 2.5) R(a). */
  private static float polynomial(float u) {
    float p = fma(Q10, u, Q9);
    p = fma(p, u, Q8);
    p = fma(p, u, Q7);
    p = fma(p, u, Q6);
    p = fma(p, u, Q5);
    p = fma(p, u, Q4);
    p = fma(p, u, Q3);
    p = fma(p, u, Q2);
    p = fma(p, u, Q1);
    return fma(p, u, Q0);
  }
}
