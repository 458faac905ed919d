package dev.lanewise.internal.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.CustomLoss;
import dev.lanewise.model.Loss;
import dev.lanewise.model.StandardLoss;
import java.util.Arrays;

/**
 * A loss for rows of a certain number of outputs: its value and gradient, with and without weights.
 * For use by one thread at a time.
 */
public final class LossFunction {
  private final Loss loss;
  private final Kernels kernels;
  private final int outputs;
  private final float[] classWeights;
  private final float[] smoothed;

  /** The largest target that has a meaning, 0 being the least; 0 where all numbers have one. */
  private final float largestTarget;

  /**
   * Makes a function.
   *
   * @param loss which one
   * @param kernels the kernels to run on
   * @param outputs how many outputs a row has
   * @throws IllegalArgumentException if the loss has class weights, but not as many as there are
   *     classes
   */
  public LossFunction(Loss loss, Kernels kernels, int outputs) {
    this.loss = loss;
    this.kernels = kernels;
    this.outputs = outputs;
    this.classWeights = classWeights(loss, outputs);
    this.largestTarget = largestTarget(loss);
    this.smoothed = new float[is(StandardLoss.Kind.SOFTMAX_CROSS_ENTROPY) ? outputs : 0];
  }

  private static float largestTarget(Loss loss) {
    if (!(loss instanceof StandardLoss standard)) {
      return 0;
    }
    return switch (standard.kind()) {
      case BINARY_CROSS_ENTROPY -> 1;
      case SOFTMAX_CROSS_ENTROPY, POISSON -> Float.MAX_VALUE;
      case SQUARED_ERROR, MEAN_SQUARED_ERROR, MEAN_ABSOLUTE_ERROR, HUBER, QUANTILE -> 0;
    };
  }

  private static float[] classWeights(Loss loss, int outputs) {
    if (!(loss instanceof StandardLoss standard) || standard.classWeights().isEmpty()) {
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

  /** Tells whether a loss is a sum over the rows, not a mean. */
  public static boolean sums(Loss loss) {
    return loss instanceof StandardLoss standard
        && standard.kind() == StandardLoss.Kind.SQUARED_ERROR;
  }

  /** Tells whether rows count by their class. */
  boolean weighsClasses() {
    return classWeights.length > 0;
  }

  /** Tells whether this is a certain standard loss. */
  boolean is(StandardLoss.Kind kind) {
    return loss instanceof StandardLoss standard && standard.kind() == kind;
  }

  @Override
  public String toString() {
    return loss.toString();
  }

  /**
   * Computes the loss of some rows, and the gradient of their outputs.
   *
   * @param rows how many rows
   * @param y the outputs, {@code rows x outputs}; for cross-entropies the logits
   * @param yOffset where they start
   * @param t the targets, {@code rows x outputs}
   * @param tOffset where they start
   * @param weights one for each row; null if all count alike
   * @param weightsOffset where they start
   * @param dy the gradients, {@code rows x outputs}, which are overwritten
   * @param dyOffset where they start
   * @return the loss
   * @throws IllegalArgumentException if a row's weight is negative or not finite, the weights add
   *     up to 0, or a target is outside what the loss is defined for; nothing has been written then
   */
  public double gradient(
      int rows,
      float[] y,
      int yOffset,
      float[] t,
      int tOffset,
      float[] weights,
      int weightsOffset,
      float[] dy,
      int dyOffset) {
    if (weights == null && classWeights.length == 0) {
      if (largestTarget > 0) {
        for (int r = 0; r < rows; r++) {
          requireTargets(r, t, tOffset);
        }
      }
      double divisor = loss instanceof CustomLoss ? 1 : divisor(rows);
      return sum(rows, y, yOffset, t, tOffset, 1 / divisor, dy, dyOffset) / divisor;
    }
    double divisor = divisor(totalWeight(rows, t, tOffset, weights, weightsOffset));
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      int at = r * outputs;
      double weight = weight(r, t, tOffset, weights, weightsOffset);
      if (weight == 0) {
        Arrays.fill(dy, dyOffset + at, dyOffset + at + outputs, 0);
      } else {
        double a = weight / divisor;
        sum += weight * sum(1, y, yOffset + at, t, tOffset + at, a, dy, dyOffset + at);
      }
    }
    return sum / divisor;
  }

  /** Returns what the sum over rows of a total weight is divided by. */
  private double divisor(double totalWeight) {
    if (sums(loss)) {
      return 1;
    }
    boolean overRows = loss instanceof CustomLoss || is(StandardLoss.Kind.SOFTMAX_CROSS_ENTROPY);
    return overRows ? totalWeight : totalWeight * outputs;
  }

  private double totalWeight(int rows, float[] t, int tOffset, float[] weights, int weightsOffset) {
    double total = 0;
    for (int r = 0; r < rows; r++) {
      total += checkedWeight(r, t, tOffset, weights, weightsOffset);
    }
    if (total == 0) {
      throw noWeight(rows);
    }
    return total;
  }

  /** Returns what to throw where no row of a batch counts. */
  public static IllegalArgumentException noWeight(int rows) {
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
  double checkedWeight(int r, float[] t, int tOffset, float[] weights, int weightsOffset) {
    if (weights != null && weights[weightsOffset + r] == 0) {
      return 0;
    }
    if (largestTarget > 0) {
      requireTargets(r, t, tOffset);
    }
    double weight = weight(r, t, tOffset, weights, weightsOffset);
    return checked(r, weight, weights, weightsOffset);
  }

  /** Returns how much a row of a class counts, as one-hot targets would have it. */
  double checkedWeight(int r, int index, float[] weights, int weightsOffset) {
    double weight = weights == null ? 1 : weights[weightsOffset + r];
    if (classWeights.length > 0) {
      weight *= classWeights[outputs == 1 ? 1 : index];
    }
    return checked(r, weight, weights, weightsOffset);
  }

  private double checked(int r, double weight, float[] weights, int weightsOffset) {
    if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new RefusedRow(
          "the weight of row ",
          r,
          " must be a finite number of at least 0, but is "
              + weight
              + (weights == null ? "" : ", from the sample weight " + weights[weightsOffset + r])
              + (classWeights.length == 0
                  ? ""
                  : ", from class weights, which need targets that are probabilities"));
    }
    return weight;
  }

  private void requireTargets(int r, float[] t, int tOffset) {
    int at = tOffset + r * outputs;
    for (int j = 0; j < outputs; j++) {
      if (!(t[at + j] >= 0 && t[at + j] <= largestTarget)) {
        throw new RefusedRow("target " + j + " of row ", r, expectation() + t[at + j]);
      }
    }
  }

  private String expectation() {
    return is(StandardLoss.Kind.BINARY_CROSS_ENTROPY)
        ? " must be from 0 (no) to 1 (yes) for binary cross-entropy, but is "
        : is(StandardLoss.Kind.POISSON)
            ? " must be a finite count of at least 0 for the Poisson loss, but is "
            : " must be a finite probability of at least 0 for softmax cross-entropy, but is ";
  }

  private double weight(int r, float[] t, int tOffset, float[] weights, int weightsOffset) {
    double weight = weights == null ? 1 : weights[weightsOffset + r];
    if (classWeights.length == 0 || weight == 0) {
      return weight;
    }
    int at = tOffset + r * outputs;
    if (outputs == 1) {
      return weight * ((1.0 - t[at]) * classWeights[0] + (double) t[at] * classWeights[1]);
    }
    double classWeight = 0;
    for (int j = 0; j < outputs; j++) {
      classWeight += (double) t[at + j] * classWeights[j];
    }
    return weight * classWeight;
  }

  /** Returns the sum of some rows' losses; its gradient times {@code a} goes to {@code dy}. */
  private double sum(
      int rows,
      float[] y,
      int yOffset,
      float[] t,
      int tOffset,
      double a,
      float[] dy,
      int dyOffset) {
    int n = rows * outputs;
    if (loss instanceof StandardLoss standard) {
      return standard.kind() == StandardLoss.Kind.SOFTMAX_CROSS_ENTROPY
          ? crossEntropy(standard.parameter(), rows, y, yOffset, t, tOffset, a, dy, dyOffset)
          : Losses.elementwise(standard, kernels, n, y, yOffset, t, tOffset, a, dy, dyOffset);
    }
    CustomLoss custom = (CustomLoss) loss;
    double sum = custom.gradient(rows, outputs, y, yOffset, t, tOffset, dy, dyOffset);
    if (a != 1) {
      kernels.scale(n, (float) a, dy, dyOffset);
    }
    return sum;
  }

  private double crossEntropy(
      float smoothing,
      int rows,
      float[] y,
      int yOffset,
      float[] t,
      int tOffset,
      double a,
      float[] dy,
      int dyOffset) {
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      int at = r * outputs;
      float[] targets = t;
      int targetsAt = tOffset + at;
      if (smoothing != 0) {
        smooth(smoothing, t, targetsAt);
        targets = smoothed;
        targetsAt = 0;
      }
      sum +=
          kernels.softmaxCrossEntropy(
              outputs, y, yOffset + at, targets, targetsAt, (float) a, dy, dyOffset + at);
    }
    return sum;
  }

  private void smooth(double smoothing, float[] t, int at) {
    for (int j = 0; j < outputs; j++) {
      smoothed[j] = (float) ((1 - smoothing) * t[at + j] + smoothing / outputs);
    }
  }
}
