package dev.lanewise.kernel;

/**
 * A result in double precision, and how far from it a float computation may end.
 *
 * @param value the result
 * @param bound the largest error allowed
 */
record Tolerance(double value, double bound) {
  /** No error is allowed. */
  static Tolerance exactly(double value) {
    return new Tolerance(value, 0);
  }

  /** The error of a sum of products: half an ulp of all magnitudes together for each operation. */
  static Tolerance sum(double value, long terms, double magnitudes) {
    return new Tolerance(value, (terms + 4) * (0x1p-24 * magnitudes + Float.MIN_VALUE));
  }

  /** So many ulps, of the float nearest to the value, are allowed. */
  static Tolerance ulps(double value, double ulps) {
    return new Tolerance(value, ulps * Math.ulp((float) value));
  }

  boolean allows(double got) {
    return Double.compare(got, value) == 0 || Math.abs(got - value) <= bound;
  }

  /** A sum of products under construction. */
  static final class Sum {
    private double value;
    private double magnitudes;
    private long terms;

    Sum plus(double a, double b) {
      value += a * b;
      magnitudes += Math.abs(a * b);
      terms++;
      return this;
    }

    double value() {
      return value;
    }

    double magnitudes() {
      return magnitudes;
    }

    Tolerance tolerance() {
      return sum(value, terms, magnitudes);
    }
  }
}
