package dev.lanewise.kernel;

import dev.lanewise.ActivationFormulas;

/** What kernels should give, in double precision, written from their formulas. */
final class Oracle {
  private static final double SELU_SCALE = 1.0507009873554805;
  private static final double SELU_ALPHA = 1.6732632423543772;

  private Oracle() {}

  /** What a call should return; 0 where it returns nothing. */
  static Tolerance result(Call c) {
    return switch (c.kernel()) {
      case DOT -> {
        Tolerance.Sum sum = new Tolerance.Sum();
        for (int j = 0; j < c.out(); j++) {
          sum.plus(c.get(0, 0, j), c.get(1, 0, j));
        }
        yield sum.tolerance();
      }
      case SUM -> {
        Tolerance.Sum sum = new Tolerance.Sum();
        for (int j = 0; j < c.out(); j++) {
          sum.plus(c.get(0, 0, j), 1);
        }
        yield sum.tolerance();
      }
      case MAX -> Tolerance.exactly(max(c));
      case SOFTMAX_CROSS_ENTROPY -> crossEntropy(c);
      default -> Tolerance.exactly(0);
    };
  }

  /** What element {@code (r, j)} of a written operand should be after a call. */
  static Tolerance element(Call c, int operand, int r, int j) {
    double old = c.operand(operand).spec().use() == Operand.Use.CHANGED ? c.get(operand, r, j) : 0;
    return switch (c.kernel()) {
      case AXPY -> new Tolerance.Sum().plus(old, 1).plus(c.factor(), c.get(0, 0, j)).tolerance();
      case SCALE -> new Tolerance.Sum().plus(c.factor(), old).tolerance();
      case GER -> outer(c, old, r, j).tolerance();
      case GEMV_GER -> operand == 2 ? updated(c, old, r, j) : inputGradient(c, j);
      case GEMV, GEMM -> {
        Tolerance.Sum sum = new Tolerance.Sum().plus(old, 1);
        for (int i = 0; i < c.in(); i++) {
          sum.plus(c.get(0, r, i), c.get(1, i, j));
        }
        yield sum.tolerance();
      }
      case GEMM_NT -> {
        Tolerance.Sum sum = new Tolerance.Sum();
        for (int k = 0; k < c.out(); k++) {
          sum.plus(c.get(0, r, k), c.get(1, j, k));
        }
        yield sum.tolerance();
      }
      case GEMM_TN -> {
        Tolerance.Sum sum = new Tolerance.Sum().plus(old, 1);
        for (int k = 0; k < c.rows(); k++) {
          sum.plus(c.factor() * c.get(0, k, r), c.get(1, k, j));
        }
        yield sum.tolerance();
      }
      case IDENTITY -> Tolerance.exactly(c.get(0, 0, j));
      case IDENTITY_GRADIENT -> Tolerance.exactly(old);
      case RELU -> Tolerance.exactly(Math.max(0, c.get(0, 0, j)));
      case EXP -> Tolerance.ulps(Math.exp(c.get(0, 0, j)), 0.78);
      case SIGMOID -> Tolerance.ulps(1 / (1 + Math.exp(-c.get(0, 0, j))), 1.51);
      case TANH -> Tolerance.ulps(Math.tanh(c.get(0, 0, j)), 1.08);
      case LOG -> Tolerance.ulps(Math.log(c.get(0, 0, j)), 0.92);
      case SOFTPLUS -> Tolerance.ulps(ActivationFormulas.softplus(c.get(0, 0, j)), 1.87);
      case ERF -> Tolerance.ulps(ActivationFormulas.erf(c.get(0, 0, j)), 1.01);
      case LEAKY_RELU -> leaky(c.get(0, 0, j), c.activation().parameter(), c.get(0, 0, j));
      case ELU -> elu(1, c.activation().parameter(), c.get(0, 0, j));
      case SELU -> elu(SELU_SCALE, SELU_SCALE * SELU_ALPHA, c.get(0, 0, j));
      case GELU -> Tolerance.ulps(ActivationFormulas.gelu(c.get(0, 0, j)), 3.82);
      case GELU_TANH -> {
        double x = c.get(0, 0, j);
        yield Tolerance.ulps(ActivationFormulas.geluTanh(x), x < -1 ? 215 : 3.02);
      }
      case SILU -> Tolerance.ulps(ActivationFormulas.silu(c.get(0, 0, j)), 3.12);
      case SOFTPLUS_GRADIENT -> {
        double slope = -Math.expm1(-c.get(0, 0, j));
        yield Tolerance.sum(old * slope, 1, Math.abs(old * slope));
      }
      case LEAKY_RELU_GRADIENT -> leaky(c.get(0, 0, j), c.activation().parameter(), old);
      case ELU_GRADIENT -> eluGradient(1, c.activation().parameter(), c.get(0, 0, j), old);
      case SELU_GRADIENT -> eluGradient(SELU_SCALE, SELU_SCALE * SELU_ALPHA, c.get(0, 0, j), old);
      case GELU_GRADIENT -> slope(ActivationFormulas.geluSlope(c.get(0, 0, j)), 2.44, old);
      case GELU_TANH_GRADIENT -> slope(ActivationFormulas.geluTanhSlope(c.get(0, 0, j)), 2, old);
      case SILU_GRADIENT -> slope(ActivationFormulas.siluSlope(c.get(0, 0, j)), 2, old);
      case SOFTMAX -> {
        double p = probability(c, j);
        yield Tolerance.sum(p, c.out(), p * (1 + max(c) - c.get(0, 0, j)));
      }
      case RELU_GRADIENT -> Tolerance.exactly(c.get(0, 0, j) > 0 ? old : 0);
      case SIGMOID_GRADIENT -> {
        double y = c.get(0, 0, j);
        yield Tolerance.sum(old * y * (1 - y), 2, Math.abs(old * y) * (1 + Math.abs(y)));
      }
      case TANH_GRADIENT -> {
        double y = c.get(0, 0, j);
        yield Tolerance.sum(old * (1 - y * y), 2, Math.abs(old) * (1 + y * y));
      }
      case SOFTMAX_GRADIENT -> {
        double y = c.get(0, 0, j);
        Tolerance.Sum mean = new Tolerance.Sum();
        for (int k = 0; k < c.out(); k++) {
          mean.plus(c.get(0, 0, k), c.get(1, 0, k));
        }
        double magnitude = Math.abs(y) * (Math.abs(old) + mean.magnitudes());
        yield Tolerance.sum(y * (old - mean.value()), c.out(), magnitude);
      }
      case SOFTMAX_CROSS_ENTROPY -> logitGradient(c, j);
      default -> throw new AssertionError(c + " writes nothing");
    };
  }

  private static Tolerance.Sum outer(Call c, double old, int i, int j) {
    return new Tolerance.Sum().plus(old, 1).plus(c.factor() * c.get(0, 0, i), c.get(1, 0, j));
  }

  private static Tolerance updated(Call c, double old, int i, int j) {
    boolean skipped = c.skipZeros() && c.get(0, 0, i) == 0;
    return skipped ? Tolerance.exactly(old) : outer(c, old, i, j).tolerance();
  }

  private static Tolerance inputGradient(Call c, int i) {
    if (c.skipZeros() && c.get(0, 0, i) == 0) {
      return Tolerance.exactly(0);
    }
    Tolerance.Sum sum = new Tolerance.Sum();
    for (int j = 0; j < c.out(); j++) {
      sum.plus(c.get(1, 0, j), c.get(2, i, j));
    }
    return sum.tolerance();
  }

  /** {@code value} as it is where {@code sign} is positive, and times the slope elsewhere. */
  private static Tolerance leaky(double sign, double slope, double value) {
    return sign > 0 ? Tolerance.exactly(value) : Tolerance.ulps(slope * value, 0.5);
  }

  private static Tolerance elu(double right, double left, double x) {
    return x > 0
        ? Tolerance.sum(right * x, 1, right * x)
        : Tolerance.sum(left * Math.expm1(x), 1, Math.abs(left * Math.expm1(x)));
  }

  private static Tolerance eluGradient(double right, double left, double y, double old) {
    double magnitude = y > 0 ? right : Math.abs(y) + Math.abs(left);
    return Tolerance.sum(old * (y > 0 ? right : y + left), 1, Math.abs(old) * magnitude);
  }

  /** A gradient times a slope whose error is a multiple of {@code 2^-24}, or of an ulp above 1. */
  private static Tolerance slope(double slope, double error, double old) {
    double unit = Math.max(0x1p-24, Math.ulp((float) slope));
    double rounding = Math.ulp((float) (old * slope)) / 2;
    return new Tolerance(old * slope, Math.abs(old) * error * unit + rounding);
  }

  private static double max(Call c) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < c.out(); j++) {
      max = Math.max(max, c.get(0, 0, j));
    }
    return max;
  }

  private static double probability(Call c, int j) {
    return Math.exp(c.get(0, 0, j) - max(c)) / exponentials(c);
  }

  private static double exponentials(Call c) {
    double max = max(c);
    double sum = 0;
    for (int j = 0; j < c.out(); j++) {
      sum += Math.exp(c.get(0, 0, j) - max);
    }
    return sum;
  }

  private static Tolerance crossEntropy(Call c) {
    double max = max(c);
    double log = Math.log(exponentials(c));
    double value = 0;
    double magnitudes = 0;
    for (int j = 0; j < c.out(); j++) {
      double below = max - c.get(0, 0, j);
      double t = c.get(1, 0, j);
      value += t * (log + below);
      magnitudes += Math.abs(t) * (1 + log + below);
    }
    return c.out() == 0 ? Tolerance.exactly(Double.NaN) : Tolerance.sum(value, c.out(), magnitudes);
  }

  private static Tolerance logitGradient(Call c, int j) {
    Tolerance.Sum total = new Tolerance.Sum();
    for (int k = 0; k < c.out(); k++) {
      total.plus(c.get(1, 0, k), 1);
    }
    double p = probability(c, j);
    double t = c.get(1, 0, j);
    double value = c.factor() * (total.value() * p - t);
    double spread = 1 + max(c) - c.get(0, 0, j);
    double magnitude = Math.abs(c.factor()) * (total.magnitudes() * p * spread + Math.abs(t));
    return Tolerance.sum(value, c.out(), magnitude);
  }
}
