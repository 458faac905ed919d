package dev.lanewise.internal.train;

import dev.lanewise.kernel.SparseRows;

/**
 * The rows of a batch that count: those of weight 0 are left out before anything is computed, so
 * that a step gives the bits of one without them, whatever stands in them. Allocates only where a
 * batch has more rows than any before. For use by one thread at a time.
 */
public final class CountedRows {
  private final RowWeights rowWeights;
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

  CountedRows(RowWeights rowWeights, int inputs, int outputs) {
    this.rowWeights = rowWeights;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /**
   * Takes rows that count alike, but for class weights.
   *
   * @param newRows how many
   * @param newX the inputs, {@code rows x inputs}
   * @param newXOffset where they start
   * @param newTargets the targets, {@code rows x outputs}
   * @param newTargetsOffset where they start
   * @throws RefusedRow if the loss has class weights and no meaning for a target
   */
  public void take(
      int newRows, float[] newX, int newXOffset, float[] newTargets, int newTargetsOffset) {
    take(newRows, newX, newXOffset, null, newTargets, null, newTargetsOffset, null, 0);
  }

  /**
   * Takes the rows of a batch.
   *
   * @param newRows how many
   * @param newX the inputs, {@code rows x inputs}; null where they are given sparsely
   * @param newXOffset where they start
   * @param newSparse the inputs given sparsely, or null
   * @param newTargets the targets, {@code rows x outputs}; null where they are classes
   * @param newClasses the class of each row, or null
   * @param newTargetsOffset where targets or classes start
   * @param newWeights how much each row counts; null if all count alike
   * @param newWeightsOffset where they start
   * @throws IllegalArgumentException if classes are given and the loss is not softmax cross-entropy
   * @throws RefusedRow if a weight is negative or not finite, there is no such class, or the loss
   *     has no meaning for a target of a row with a weight
   */
  public void take(
      int newRows,
      float[] newX,
      int newXOffset,
      SparseRows newSparse,
      float[] newTargets,
      int[] newClasses,
      int newTargetsOffset,
      float[] newWeights,
      int newWeightsOffset) {
    given = newRows;
    rows = newRows;
    weight = newRows;
    x = newX;
    xOffset = newXOffset;
    sparse = newSparse;
    chosen = null;
    targets = newTargets;
    classes = newClasses;
    targetsOffset = newTargetsOffset;
    weights = newWeights;
    weightsOffset = newWeightsOffset;
    if (classes != null) {
      rowWeights.requireClassLoss();
    }
    if (rowWeights.differ(weights)) {
      choose();
    } else if (classes != null) {
      rowWeights.requireClasses(rows, classes, targetsOffset);
    }
  }

  /** Leaves out the rows that do not count. */
  private void choose() {
    if (ownChosen.length < given) {
      ownChosen = new int[given];
    }
    rows = 0;
    weight = 0;
    for (int r = 0; r < given; r++) {
      double one =
          classes == null
              ? rowWeights.checked(r, targets, targetsOffset, weights, weightsOffset)
              : rowWeights.checked(r, classes, targetsOffset, weights, weightsOffset);
      weight += one;
      if (one > 0) {
        ownChosen[rows++] = r;
      }
    }
    if (rows < given) {
      pack();
    }
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
    chosen = null;
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
      throw RowWeights.none(given);
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
  public double weight() {
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

  /** Returns the class of each row, null where targets are given. */
  int[] classes() {
    return classes;
  }

  /** Returns where targets or classes start. */
  int targetsOffset() {
    return targetsOffset;
  }

  /** Returns how much each row counts, null if all count alike. */
  float[] weights() {
    return weights;
  }

  int weightsOffset() {
    return weightsOffset;
  }

  /**
   * Returns the first number that was not finite as it was given, such as "input 3 of row 7 is
   * NaN", or null. For when a loss is not finite.
   *
   * @param first the number of the batch's first row
   */
  public String notFinite(int first) {
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
