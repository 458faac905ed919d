package dev.lanewise.internal.train;

import dev.lanewise.model.Loss;

/**
 * How much each row of a batch counts for a loss, by a weight of its own and by the weight of its
 * class. Refuses weights that are none, and targets that the loss has no meaning for. Immutable.
 */
final class RowWeights {
  private final Loss loss;
  private final int outputs;
  private final float[] classWeights;

  /** The largest target that has a meaning, 0 being the least; 0 where all numbers have one. */
  private final float largestTarget;

  RowWeights(Loss loss, int outputs) {
    this.loss = loss;
    this.outputs = outputs;
    this.classWeights = classWeights(loss, outputs);
    this.largestTarget =
        switch (loss) {
          case Loss.Custom _ -> 0;
          case Loss.Standard standard ->
              switch (standard.kind()) {
                case BINARY_CROSS_ENTROPY -> 1;
                case SOFTMAX_CROSS_ENTROPY, POISSON -> Float.MAX_VALUE;
                case SQUARED_ERROR, MEAN_SQUARED_ERROR, MEAN_ABSOLUTE_ERROR, HUBER, QUANTILE -> 0;
              };
        };
  }

  private static float[] classWeights(Loss loss, int outputs) {
    if (!(loss instanceof Loss.Standard standard) || standard.classWeights().isEmpty()) {
      return new float[0];
    }
    int classes = Math.max(2, outputs);
    float[] weights = new float[standard.classWeights().size()];
    if (weights.length != classes) {
      throw new IllegalArgumentException(
          "a network with "
              + outputs
              + (outputs == 1 ? " output" : " outputs")
              + " needs "
              + classes
              + " class weights, but the loss is "
              + loss);
    }
    for (int j = 0; j < classes; j++) {
      weights[j] = standard.classWeights().get(j);
    }
    return weights;
  }

  /** Tells whether some rows may count less than others. */
  boolean differ(float[] weights) {
    return weights != null || classWeights.length > 0;
  }

  /**
   * Returns what rows count together.
   *
   * @throws IllegalArgumentException if a weight or target is refused, or all rows have weight 0
   */
  double total(int rows, float[] t, int tAt, float[] weights, int weightsAt) {
    double total = 0;
    for (int r = 0; r < rows; r++) {
      total += checked(r, t, tAt, weights, weightsAt);
    }
    if (total == 0) {
      throw none(rows);
    }
    return total;
  }

  /** Returns what to throw where no row of a batch counts. */
  static IllegalArgumentException none(int rows) {
    return new IllegalArgumentException(
        "the weights of the batch's rows add up to 0 (of "
            + rows
            + "), so its loss is not defined; leave such a batch out");
  }

  /**
   * Returns how much a row counts. If its own weight is 0, it is not looked at any further.
   *
   * @throws RefusedRow if that is negative or not finite, or one of its targets is outside what the
   *     loss is defined for
   */
  double checked(int r, float[] t, int tAt, float[] weights, int weightsAt) {
    if (weights != null && weights[weightsAt + r] == 0) {
      return 0;
    }
    requireTargetsOf(r, t, tAt);
    return requireFinite(r, of(r, t, tAt, weights, weightsAt), weights, weightsAt);
  }

  /**
   * Returns how much a row of a class counts, as one-hot targets would have it.
   *
   * @throws RefusedRow if that is negative or not finite, or there is no such class
   */
  double checked(int r, int[] classes, int at, float[] weights, int weightsAt) {
    double weight = weights == null ? 1 : weights[weightsAt + r];
    if (weight == 0) {
      return 0;
    }
    requireClass(r, classes[at + r]);
    if (classWeights.length > 0) {
      weight *= classWeights[outputs == 1 ? 1 : classes[at + r]];
    }
    return requireFinite(r, weight, weights, weightsAt);
  }

  private double requireFinite(int r, double weight, float[] weights, int weightsAt) {
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new RefusedRow(
          "the weight of row ",
          r,
          " must be a finite number of at least 0, but is "
              + weight
              + (weights == null ? "" : ", from the sample weight " + weights[weightsAt + r])
              + (classWeights.length == 0
                  ? ""
                  : ", from class weights, which need targets that are probabilities"));
    }
    return weight;
  }

  /** Returns how much a row counts that was checked before. */
  double of(int r, float[] t, int tAt, float[] weights, int weightsAt) {
    double weight = weights == null ? 1 : weights[weightsAt + r];
    if (classWeights.length == 0 || weight == 0) {
      return weight;
    }
    int at = tAt + r * outputs;
    if (outputs == 1) {
      return weight * ((1.0 - t[at]) * classWeights[0] + (double) t[at] * classWeights[1]);
    }
    double classWeight = 0;
    for (int j = 0; j < outputs; j++) {
      classWeight += (double) t[at + j] * classWeights[j];
    }
    return weight * classWeight;
  }

  /**
   * Checks the targets of rows.
   *
   * @throws RefusedRow if one is outside what the loss is defined for
   */
  void requireTargets(int rows, float[] t, int tAt) {
    for (int r = 0; largestTarget > 0 && r < rows; r++) {
      requireTargetsOf(r, t, tAt);
    }
  }

  private void requireTargetsOf(int r, float[] t, int tAt) {
    int at = tAt + r * outputs;
    for (int j = 0; largestTarget > 0 && j < outputs; j++) {
      if (!(t[at + j] >= 0 && t[at + j] <= largestTarget)) {
        throw new RefusedRow("target " + j + " of row ", r, expectation() + t[at + j]);
      }
    }
  }

  private String expectation() {
    return is(Loss.Standard.Kind.BINARY_CROSS_ENTROPY)
        ? " must be from 0 (no) to 1 (yes) for binary cross-entropy, but is "
        : is(Loss.Standard.Kind.POISSON)
            ? " must be a finite count of at least 0 for the Poisson loss, but is "
            : " must be a finite probability of at least 0 for softmax cross-entropy, but is ";
  }

  /**
   * Checks that targets may be classes.
   *
   * @throws IllegalArgumentException if the loss is not softmax cross-entropy
   */
  void requireClassLoss() {
    if (!is(Loss.Standard.Kind.SOFTMAX_CROSS_ENTROPY)) {
      throw new IllegalArgumentException(
          "class indices are targets for softmax cross-entropy, but the loss is "
              + loss
              + ": give rows of "
              + outputs
              + " targets");
    }
  }

  /**
   * Checks the classes of rows.
   *
   * @throws RefusedRow if one is not among the network's outputs
   */
  void requireClasses(int rows, int[] classes, int at) {
    for (int r = 0; r < rows; r++) {
      requireClass(r, classes[at + r]);
    }
  }

  private void requireClass(int r, int index) {
    if (index < 0 || index >= outputs) {
      throw new RefusedRow(
          "the class of row ",
          r,
          " must be from 0 to "
              + (outputs - 1)
              + ", one of the network's outputs, but is "
              + index);
    }
  }

  private boolean is(Loss.Standard.Kind kind) {
    return loss instanceof Loss.Standard standard && standard.kind() == kind;
  }
}
