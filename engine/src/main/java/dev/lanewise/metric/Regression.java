package dev.lanewise.metric;

/** How good predictions of numbers are: the mean over all outputs of what holds for each. */
public enum Regression implements Metric {
  /** The root of the mean squared error, in the unit of the targets; at least 0. */
  RMSE("rmse", false) {
    @Override
    double ofOutput(int rows, int outputs, int j, float[] y, float[] t) {
      return Math.sqrt(squaredError(rows, outputs, j, y, t) / rows);
    }
  },

  /** The mean absolute error, in the unit of the targets; at least 0. */
  MAE("mae", false) {
    @Override
    double ofOutput(int rows, int outputs, int j, float[] y, float[] t) {
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        sum += Math.abs((double) y[r * outputs + j] - t[r * outputs + j]);
      }
      return sum / rows;
    }
  },

  /**
   * The coefficient of determination, {@code R^2}: 1 minus the squared error divided by that of
   * always predicting the mean of the targets. At most 1; where all targets are the same, 1 if all
   * predictions are right and otherwise 0; {@code NaN} for a single row.
   */
  R_SQUARED("rSquared", true) {
    @Override
    double ofOutput(int rows, int outputs, int j, float[] y, float[] t) {
      if (rows == 1) {
        return Double.NaN;
      }
      double sum = 0;
      for (int r = 0; r < rows; r++) {
        sum += t[r * outputs + j];
      }
      double mean = sum / rows;
      double spread = 0;
      for (int r = 0; r < rows; r++) {
        double d = t[r * outputs + j] - mean;
        spread += d * d;
      }
      double error = squaredError(rows, outputs, j, y, t);
      if (spread == 0) {
        return error == 0 ? 1 : 0;
      }
      return 1 - error / spread;
    }
  };

  private final String label;
  private final boolean largerIsBetter;

  Regression(String label, boolean largerIsBetter) {
    this.label = label;
    this.largerIsBetter = largerIsBetter;
  }

  abstract double ofOutput(int rows, int outputs, int j, float[] y, float[] t);

  @Override
  public double of(int rows, int outputs, float[] y, float[] t) {
    Predictions.check("y", "prediction", rows, outputs, y);
    Predictions.check("t", "target", rows, outputs, t);
    double sum = 0;
    for (int j = 0; j < outputs; j++) {
      sum += ofOutput(rows, outputs, j, y, t);
    }
    return sum / outputs;
  }

  private static double squaredError(int rows, int outputs, int j, float[] y, float[] t) {
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      double d = (double) y[r * outputs + j] - t[r * outputs + j];
      sum += d * d;
    }
    return sum;
  }

  @Override
  public boolean largerIsBetter() {
    return largerIsBetter;
  }

  @Override
  public String label() {
    return label;
  }
}
