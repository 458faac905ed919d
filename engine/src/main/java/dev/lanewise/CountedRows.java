package dev.lanewise;

import dev.lanewise.internal.train.LossFunction;
import dev.lanewise.internal.train.LossGradient;
import dev.lanewise.kernel.SparseRows;

/**
 * The rows of a batch that count: those of weight 0 are left out before anything is computed, so
 * that a step gives the bits of one without them, whatever stands in them. Allocates only where a
 * batch has more rows than any before. For use by one thread at a time.
 */
final class CountedRows {
  private final LossGradient loss;
  private final int inputs;
  private final int outputs;

  private int given;
  private int rows;
  private double weight;
  private float[] x;
  private int xOffset;
  private SparseRows sparse;
  private int[] chosen;
  private float[] targets;
  private int[] classes;
  private int targetsOffset;
  private float[] weights;
  private int weightsOffset;

  private int[] ownChosen = {};
  private float[] ownX = {};
  private float[] ownTargets = {};
  private int[] ownClasses = {};
  private float[] ownWeights = {};

  CountedRows(LossGradient loss, int inputs, int outputs) {
    this.loss = loss;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /**
   * Takes the rows of a batch.
   *
   * @return what their weights add up to, class weights among them
   * @throws IllegalArgumentException as {@link LossGradient#weight}
   */
  double take(Batch batch) {
    take(batch.rows(), batch.x(), batch.xOffset(), batch.targets(), batch.targetsOffset());
    sparse = batch.sparse();
    classes = batch.classes();
    weights = batch.weights();
    weightsOffset = batch.weightsOffset();
    return choose();
  }

  /** Takes rows that count alike, but for class weights. */
  void take(int newRows, float[] newX, int newXOffset, float[] newTargets, int newOffset) {
    forget();
    given = newRows;
    rows = newRows;
    weight = newRows;
    x = newX;
    xOffset = newXOffset;
    targets = newTargets;
    targetsOffset = newOffset;
    chosen = null;
  }

  /** Leaves out the rows that do not count, and returns what the weights of all add up to. */
  double choose() {
    if (!loss.weighs(weights)) {
      return weight;
    }
    if (ownChosen.length < given) {
      ownChosen = new int[given];
    }
    rows = 0;
    weight = 0;
    for (int r = 0; r < given; r++) {
      double one = loss.weight(r, targets, classes, targetsOffset, weights, weightsOffset);
      weight += one;
      if (one > 0) {
        ownChosen[rows++] = r;
      }
    }
    if (rows < given) {
      pack();
    }
    return weight;
  }

  private void pack() {
    chosen = ownChosen;
    if (x != null) {
      ownX = packed(inputs, x, xOffset, ownX);
      x = ownX;
      xOffset = 0;
    }
    if (weights != null) {
      ownWeights = packed(1, weights, weightsOffset, ownWeights);
      weights = ownWeights;
      weightsOffset = 0;
    }
    if (classes == null) {
      ownTargets = packed(outputs, targets, targetsOffset, ownTargets);
      targets = ownTargets;
    } else {
      ownClasses = ownClasses.length < given ? new int[given] : ownClasses;
      for (int r = 0; r < rows; r++) {
        ownClasses[r] = classes[targetsOffset + chosen[r]];
      }
      classes = ownClasses;
    }
    targetsOffset = 0;
  }

  private float[] packed(int columns, float[] all, int at, float[] room) {
    float[] to = room.length < given * columns ? new float[given * columns] : room;
    for (int r = 0; r < rows; r++) {
      System.arraycopy(all, at + chosen[r] * columns, to, r * columns, columns);
    }
    return to;
  }

  /** Lets go of what was taken. */
  void forget() {
    x = null;
    sparse = null;
    targets = null;
    classes = null;
    weights = null;
  }

  /**
   * Checks that there is something to learn from.
   *
   * @throws IllegalArgumentException if no row counts
   */
  void requireAny() {
    if (rows == 0) {
      throw LossFunction.noWeight(given);
    }
  }

  /** Returns how many rows count. */
  int rows() {
    return rows;
  }

  /** Tells whether all rows count. */
  boolean all() {
    return rows == given;
  }

  /** Returns the inputs, null where they are given sparsely. */
  float[] x() {
    return x;
  }

  int xOffset() {
    return xOffset;
  }

  /** Returns the targets, null where they are classes; where not all rows count, from 0 on. */
  float[] targets() {
    return targets;
  }

  /** Returns what the weights of all add up to. */
  double weight() {
    return weight;
  }

  /** Returns all rows given sparsely, or null. */
  SparseRows sparse() {
    return sparse;
  }

  /** Returns which rows count; null if all do. */
  int[] chosen() {
    return chosen;
  }

  /** Computes the loss of a pass that took these rows forward, and its gradient. */
  double loss(LossGradient pass) {
    if (classes == null) {
      return pass.run(targets, targetsOffset, weights, weightsOffset);
    }
    pass.reserveClasses(rows);
    return pass.runClasses(classes, targetsOffset, weights, weightsOffset);
  }

  /**
   * Returns the first number that was not finite as it was given, such as "input 3 of row 7 is
   * NaN", or null. For when a loss is not finite.
   *
   * @param first the number of the batch's first row
   */
  String notFinite(int first) {
    String found = null;
    for (int r = 0; r < rows && found == null; r++) {
      int row = first + (chosen == null ? r : chosen[r]);
      found =
          sparse == null
              ? notFinite("input", inputs, x, xOffset + r * inputs, row)
              : notFinite(sparse, row);
      if (found == null && targets != null) {
        found = notFinite("target", outputs, targets, targetsOffset + r * outputs, row);
      }
    }
    return found;
  }

  private static String notFinite(SparseRows x, int row) {
    for (int p = x.indptr()[row]; p < x.indptr()[row + 1]; p++) {
      if (!Float.isFinite(x.values()[p])) {
        return "input " + x.indices()[p] + " of row " + row + " is " + x.values()[p];
      }
    }
    return null;
  }

  private static String notFinite(String what, int columns, float[] a, int at, int row) {
    for (int i = 0; i < columns; i++) {
      if (!Float.isFinite(a[at + i])) {
        return what + " " + i + " of row " + row + " is " + a[at + i];
      }
    }
    return null;
  }
}
