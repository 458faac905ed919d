package dev.lanewise.internal.scalar;

import static dev.lanewise.internal.scalar.Fma.fma;
import static dev.lanewise.internal.scalar.ScalarMath.BIAS;
import static dev.lanewise.internal.scalar.ScalarMath.EXPONENT_SHIFT;
import static dev.lanewise.internal.scalar.ScalarMath.LOG2_E;
import static dev.lanewise.internal.scalar.ScalarMath.ROUND;

/**
 * The float {@code silu} and {@code geluTanh} that define what the engine computes, by the means
 * that {@link ScalarMath} describes. The constants are public for the vector version only.
 *
 * <p>Both are x sigmoid(v), with v = x for SiLU and v = 2 sqrt(2 / pi) (x + 0.044715 x^3) for
 * GELU's approximation (Hendrycks and Gimpel 2016), since (1 + tanh(v / 2)) / 2 = sigmoid(v). With
 * a = |x| and e = e^-|v| they are computed as max(x, 0) - a e / (1 + e), where nothing cancels.
 */
public final class ScalarGates {
  /** How much too large, as a power of two, e^-|v| is taken, to keep it a normal float. */
  public static final int GATE_LIFT = 64;

  /** Undoes the lift. */
  public static final float GATE_LOWER = 0x1p-64f;

  /** ROUND for e^-|v|: leaves the biased exponent of 2^(n + lift) in the low bits. */
  public static final float GATE_ROUND = ROUND + BIAS + GATE_LIFT;

  /** SiLU's v / x. */
  public static final float SILU_LINEAR = 1f;

  /** SiLU's v has no cubic term. */
  public static final float SILU_CUBIC = 0f;

  /** For larger |x|, what SiLU takes from max(x, 0) rounds to 0. */
  public static final float SILU_MAX = 110f;

  /** 2 sqrt(2 / pi), the coefficient of x in GELU's v. */
  public static final float GELU_LINEAR = 0x1.988454p0f;

  /** The coefficient of x^3 in GELU's v: 0.044715 times that of x. */
  public static final float GELU_CUBIC = 0x1.2444f2p-4f;

  /** For larger |x|, what GELU's approximation takes from max(x, 0) rounds to 0. */
  public static final float GELU_TANH_MAX = 11f;

  private ScalarGates() {}

  /**
   * Returns {@code x sigmoid(x)}, within 3.12 ulp, however small the result. Negative infinity
   * gives 0, positive infinity itself, NaN gives NaN.
   */
  public static float silu(float x) {
    return gated(x, SILU_LINEAR, SILU_CUBIC, SILU_MAX);
  }

  /**
   * Returns {@code x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))}, within 3.02 ulp from -1 on.
   * Below -1, where the result fades, the error of v shows: up to 215 ulp, but never more than 0.88
   * 2^-24. Negative infinity gives 0, positive infinity itself, NaN gives NaN.
   */
  public static float geluTanh(float x) {
    return gated(x, GELU_LINEAR, GELU_CUBIC, GELU_TANH_MAX);
  }

  /**
   * Returns the derivative of {@link #silu}, with an error of at most 1.95 2^-24 (ulp, above 1).
   * NaN gives NaN.
   */
  public static float siluSlope(float x) {
    return slope(x, SILU_LINEAR, SILU_CUBIC, SILU_MAX);
  }

  /**
   * Returns the derivative of {@link #geluTanh}, with an error of at most 1.96 2^-24 (ulp, above
   * 1). NaN gives NaN.
   */
  public static float geluTanhSlope(float x) {
    return slope(x, GELU_LINEAR, GELU_CUBIC, GELU_TANH_MAX);
  }

  private static float gated(float x, float linear, float cubic, float max) {
    float a = Math.abs(x);
    float lost;
    if (a > max) {
      lost = 0f;
    } else {
      float e = lifted(-a * fma(a * a, cubic, linear));
      lost = a * e / fma(e, GATE_LOWER, 1f);
    }
    return fma(-lost, GATE_LOWER, x > 0 ? x : 0f);
  }

  /** With b = 1 / (1 + e) and d = e b (1 - a v' b) it is 1 - d on the right of 0, d on the left. */
  private static float slope(float x, float linear, float cubic, float max) {
    float a = Math.abs(x);
    float d;
    if (a > max) {
      d = 0f;
    } else {
      float s = a * a;
      float e = lifted(-a * fma(s, cubic, linear)) * GATE_LOWER;
      float b = 1f / (e + 1f);
      d = e * b * fma(-a * fma(s, 3f * cubic, linear), b, 1f);
    }
    return x > 0 ? 1f - d : d;
  }

  /** Returns 2^lift e^v for v from -113 to 0. */
  private static float lifted(float v) {
    float t = fma(v, LOG2_E, GATE_ROUND);
    float y = ScalarMath.expReduced(v, t - GATE_ROUND);
    return y * Float.intBitsToFloat(Float.floatToRawIntBits(t) << EXPONENT_SHIFT);
  }
}
