package dev.lanewise.kernel;

/** What kernels should give, in double precision, written from their formulas. */
final class Oracle {
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
      case RELU -> Tolerance.exactly(Math.max(0, c.get(0, 0, j)));
      case EXP -> Tolerance.ulps(Math.exp(c.get(0, 0, j)), 0.78);
      case SIGMOID -> Tolerance.ulps(1 / (1 + Math.exp(-c.get(0, 0, j))), 1.51);
      case TANH -> Tolerance.ulps(Math.tanh(c.get(0, 0, j)), 1.08);
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
