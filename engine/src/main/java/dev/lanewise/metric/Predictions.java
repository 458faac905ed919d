package dev.lanewise.metric;

import java.util.Locale;

/** Checked predictions of classes, beside the true ones. */
final class Predictions {
  private final int rows;
  private final int outputs;
  private final float[] y;
  private final int[] labels;

  private Predictions(int rows, int outputs, float[] y, int[] labels) {
    this.rows = rows;
    this.outputs = outputs;
    this.y = y;
    this.labels = labels;
  }

  static Predictions of(int rows, int outputs, float[] y, float[] t) {
    check("y", "prediction", rows, outputs, y);
    check("t", "target", rows, outputs, t);
    int[] labels = new int[rows];
    for (int r = 0; r < rows; r++) {
      labels[r] = outputs == 1 ? binary(r, t[r]) : target(r, outputs, t);
    }
    return new Predictions(rows, outputs, y, labels);
  }

  static Predictions of(int rows, int outputs, float[] y, int[] labels) {
    check("y", "prediction", rows, outputs, y);
    checkLabels("labels", rows, classes(outputs), labels);
    return new Predictions(rows, outputs, y, labels);
  }

  /** Checks {@code rows x outputs} numbers. */
  static void check(String name, String what, int rows, int outputs, float[] values) {
    if (rows < 1 || outputs < 1) {
      throw new IllegalArgumentException(
          "a metric needs at least 1 row and 1 output, not " + rows + " and " + outputs);
    }
    long n = (long) rows * outputs;
    if (values.length < n) {
      throw new IllegalArgumentException(
          name + " must hold " + rows + " x " + outputs + " numbers, but holds " + values.length);
    }
    for (int i = 0; i < n; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the %s of row %d, output %d, is %s; a metric needs finite numbers",
                what,
                i / outputs,
                i % outputs,
                values[i]));
      }
    }
  }

  /** Checks the class of each row. */
  static void checkLabels(String name, int rows, int classes, int[] labels) {
    if (labels.length < rows) {
      throw new IllegalArgumentException(
          name + " must hold " + rows + " numbers, but holds " + labels.length);
    }
    for (int r = 0; r < rows; r++) {
      if (labels[r] < 0 || labels[r] >= classes) {
        throw new IllegalArgumentException(
            name + " has " + labels[r] + " at row " + r + "; expected 0 to " + (classes - 1));
      }
    }
  }

  private static int binary(int row, float target) {
    if (target != 0 && target != 1) {
      throw new IllegalArgumentException(
          "the target of row " + row + " is " + target + "; a single output needs 0 or 1");
    }
    return (int) target;
  }

  private static int target(int row, int outputs, float[] t) {
    int largest = largest(t, row * outputs, outputs);
    if (t[row * outputs + largest] <= 0) {
      throw new IllegalArgumentException(
          "row " + row + " has no class: none of its targets is above 0; expected 1 at its class");
    }
    return largest;
  }

  private static int classes(int outputs) {
    return outputs == 1 ? 2 : outputs;
  }

  private static int largest(float[] values, int from, int n) {
    int largest = 0;
    for (int i = 1; i < n; i++) {
      if (values[from + i] > values[from + largest]) {
        largest = i;
      }
    }
    return largest;
  }

  int rows() {
    return rows;
  }

  int classes() {
    return classes(outputs);
  }

  int label(int row) {
    return labels[row];
  }

  int predicted(int row) {
    if (outputs == 1) {
      return y[row] > 0.5f ? 1 : 0;
    }
    return largest(y, row * outputs, outputs);
  }

  /** Returns the probability of a class. */
  float probability(int row, int c) {
    if (outputs == 1) {
      return c == 1 ? y[row] : 1 - y[row];
    }
    return y[row * outputs + c];
  }

  /** Returns how many classes are predicted before this one. */
  int rank(int row, int c) {
    if (outputs == 1) {
      return predicted(row) == c ? 0 : 1;
    }
    int from = row * outputs;
    int before = 0;
    for (int i = 0; i < outputs; i++) {
      before += y[from + i] > y[from + c] || (i < c && y[from + i] == y[from + c]) ? 1 : 0;
    }
    return before;
  }
}
