package dev.lanewise.cli.article;

/** The best that one layer without bias can do, by the normal equations {@code X'X w = X't}. */
final class SingleLayer {
  private SingleLayer() {}

  /**
   * Returns the weights with the least squared error, by Gaussian elimination.
   *
   * @param x {@code rows x inputs}, with inputs that do not depend on each other
   * @param t one number for each row
   */
  static double[] optimum(int inputs, float[] x, float[] t) {
    double[][] a = new double[inputs][inputs + 1];
    for (int r = 0; r < t.length; r++) {
      for (int i = 0; i < inputs; i++) {
        for (int j = 0; j < inputs; j++) {
          a[i][j] += (double) x[r * inputs + i] * x[r * inputs + j];
        }
        a[i][inputs] += (double) x[r * inputs + i] * t[r];
      }
    }
    // X'X is positive definite, so no pivot is zero.
    for (int i = 0; i < inputs; i++) {
      for (int row = 0; row < inputs; row++) {
        double factor = row == i ? 0 : a[row][i] / a[i][i];
        for (int j = i; j <= inputs; j++) {
          a[row][j] -= factor * a[i][j];
        }
      }
    }
    double[] w = new double[inputs];
    for (int i = 0; i < inputs; i++) {
      w[i] = a[i][inputs] / a[i][i];
    }
    return w;
  }

  /** Returns the sum of the squared differences between {@code x w} and {@code t}. */
  static double error(double[] w, float[] x, float[] t) {
    double error = 0;
    for (int r = 0; r < t.length; r++) {
      double difference = -t[r];
      for (int i = 0; i < w.length; i++) {
        difference += x[r * w.length + i] * w[i];
      }
      error += difference * difference;
    }
    return error;
  }
}
