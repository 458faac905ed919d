package dev.lanewise.metric;

/** How good predictions of classes are. What a class is, the package says. */
public enum Classification implements Metric {
  /** The share of rows whose class is predicted; 0 to 1. */
  ACCURACY("accuracy", true) {
    @Override
    double of(Predictions p) {
      return ClassCounts.of(p).accuracy();
    }
  },

  /** {@link ConfusionMatrix#macroF1}; 0 to 1. */
  MACRO_F1("macroF1", true) {
    @Override
    double of(Predictions p) {
      return ClassCounts.of(p).macroF1();
    }
  },

  /**
   * The area under the receiver operating characteristic: how often a row of the class has a larger
   * output than one of another class, where equal outputs count half. With one or two outputs it is
   * that of class 1; with more, the mean over all classes, each against the rest. 0 to 1; {@code
   * NaN} if a class has no row.
   *
   * <p>Source: Hanley and McNeil, "The meaning and use of the area under a receiver operating
   * characteristic (ROC) curve", 1982; worked out from mid-ranks.
   */
  ROC_AUC("rocAuc", true) {
    @Override
    double of(Predictions p) {
      return RocAuc.of(p);
    }
  },

  /**
   * The mean of {@code -log p}, natural, with the output {@code p} of a row's class, kept within
   * 2^-23 to 1 - 2^-23. Outputs must be probabilities.
   */
  LOG_LOSS("logLoss", false) {
    @Override
    double of(Predictions p) {
      double sum = 0;
      for (int r = 0; r < p.rows(); r++) {
        sum -= StrictMath.log(Math.clamp(p.probability(r, p.label(r)), EPSILON, 1 - EPSILON));
      }
      return sum / p.rows();
    }
  };

  /** What scikit-learn keeps single-precision probabilities away from 0 and 1. */
  private static final float EPSILON = 0x1p-23f;

  private final String label;
  private final boolean largerIsBetter;

  Classification(String label, boolean largerIsBetter) {
    this.label = label;
    this.largerIsBetter = largerIsBetter;
  }

  abstract double of(Predictions p);

  /**
   * Returns the top-k accuracy: the share of rows whose class is among those with the {@code k}
   * largest outputs. Among equally large outputs the first ones count (in scikit-learn the last
   * ones), so with {@code k = 1} it is {@link #ACCURACY}.
   *
   * @param k how many classes count, at least 1; a metric of fewer classes is refused
   * @return the metric, 0 to 1, labelled such as {@code top5Accuracy}
   * @throws IllegalArgumentException if {@code k} is below 1
   */
  public static Metric topK(int k) {
    return new TopKAccuracy(k);
  }

  @Override
  public double of(int rows, int outputs, float[] y, float[] t) {
    return of(Predictions.of(rows, outputs, y, t));
  }

  /**
   * Compares predictions with classes.
   *
   * @param rows how many rows, at least 1
   * @param outputs how many outputs a row has, at least 1
   * @param y predictions, {@code rows x outputs}
   * @param labels the class of each row, from 0
   * @return as {@link #of(int, int, float[], float[])}
   * @throws IllegalArgumentException if a number is below 1, an array is too short, a prediction is
   *     not finite, or there is no such class
   */
  public double of(int rows, int outputs, float[] y, int[] labels) {
    return of(Predictions.of(rows, outputs, y, labels));
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
