package dev.lanewise;

/** Activations and their derivatives in double precision, without cancellation. */
public final class ActivationFormulas {
  private static final double GELU_LINEAR = 2 * Math.sqrt(2 / Math.PI);
  private static final double GELU_CUBIC = 0.044715;

  /** From here on erfc is a continued fraction, of which 60 levels are more than enough. */
  private static final double FRACTION = 2;

  private ActivationFormulas() {}

  public static double softplus(double x) {
    return Math.max(x, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
  }

  public static double sigmoid(double x) {
    double e = StrictMath.exp(-Math.abs(x));
    return (x < 0 ? e : 1) / (1 + e);
  }

  /** {@code 2 / sqrt(pi) e^(-x^2) sum of 2^k x^(2k + 1) / (2k + 1)!!}, or what erfc leaves. */
  public static double erf(double x) {
    if (Math.abs(x) >= FRACTION) {
      return x < 0 ? erfc(-x) - 1 : 1 - erfc(x);
    }
    double term = x;
    double sum = x;
    for (int k = 1; Math.abs(term) > 1e-18 * Math.abs(sum); k++) {
      term *= 2 * x * x / (2 * k + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
  }

  /** {@code e^(-x^2) / sqrt(pi) / (x + 1/2 / (x + 2/2 / (x + 3/2 / ...)))} where x is large. */
  public static double erfc(double x) {
    if (!(x >= FRACTION)) {
      return 1 - erf(x);
    }
    if (x > 30) {
      return 0;
    }
    double below = x;
    for (int k = 60; k > 0; k--) {
      below = x + k / 2.0 / below;
    }
    return StrictMath.exp(-x * x) / Math.sqrt(Math.PI) / below;
  }

  public static double gelu(double x) {
    return x == Double.NEGATIVE_INFINITY ? 0 : x / 2 * erfc(-x / Math.sqrt(2));
  }

  public static double geluSlope(double x) {
    double density = StrictMath.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    return erfc(-x / Math.sqrt(2)) / 2 + (density == 0 ? 0 : x * density);
  }

  public static double geluTanh(double x) {
    double s = sigmoid(geluTanhArgument(x));
    return s == 0 ? 0 : x * s;
  }

  public static double geluTanhSlope(double x) {
    return slope(x, geluTanhArgument(x), GELU_LINEAR * (1 + 3 * GELU_CUBIC * x * x));
  }

  private static double geluTanhArgument(double x) {
    return GELU_LINEAR * (x + GELU_CUBIC * x * x * x);
  }

  public static double silu(double x) {
    double s = sigmoid(x);
    return s == 0 ? 0 : x * s;
  }

  public static double siluSlope(double x) {
    return slope(x, x, 1);
  }

  /** The derivative of {@code x sigmoid(v)}. */
  private static double slope(double x, double v, double dv) {
    double bend = sigmoid(v) * sigmoid(-v);
    return sigmoid(v) + (bend == 0 ? 0 : x * dv * bend);
  }
}
