package dev.lanewise.metric;

import java.util.function.IntToDoubleFunction;

/**
 * How many rows each class has, how many were taken for it, and how many of these rightly: enough
 * for shares and their averages, without a table of all pairs of classes.
 */
final class ClassCounts {
  private final int rows;
  private final int[] support;
  private final int[] predicted;
  private final int[] right;

  ClassCounts(int classes, int rows) {
    this.rows = rows;
    this.support = new int[classes];
    this.predicted = new int[classes];
    this.right = new int[classes];
  }

  static ClassCounts of(Predictions p) {
    ClassCounts counts = new ClassCounts(p.classes(), p.rows());
    for (int r = 0; r < p.rows(); r++) {
      counts.add(p.label(r), p.predicted(r));
    }
    return counts;
  }

  void add(int actual, int taken) {
    support[actual]++;
    predicted[taken]++;
    right[actual] += actual == taken ? 1 : 0;
  }

  int support(int c) {
    return support[c];
  }

  int predicted(int c) {
    return predicted[c];
  }

  double precision(int c) {
    return share(right[c], predicted[c]);
  }

  double recall(int c) {
    return share(right[c], support[c]);
  }

  double f1(int c) {
    return share(2L * right[c], (long) support[c] + predicted[c]);
  }

  double accuracy() {
    long sum = 0;
    for (int rightly : right) {
      sum += rightly;
    }
    return share(sum, rows);
  }

  double macroF1() {
    return macro(this::f1);
  }

  /** Returns the mean over the classes that have a row or a prediction. */
  double macro(IntToDoubleFunction ofClass) {
    double sum = 0;
    int seen = 0;
    for (int c = 0; c < support.length; c++) {
      if (support[c] > 0 || predicted[c] > 0) {
        sum += ofClass.applyAsDouble(c);
        seen++;
      }
    }
    return sum / seen;
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
