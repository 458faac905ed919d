package dev.lanewise.internal.train;

import dev.lanewise.internal.parallel.Workers;
import dev.lanewise.internal.warmup.Dispatch;
import dev.lanewise.model.Loss;
import java.util.Arrays;

/**
 * A loss for rows of a certain number of outputs: its value and gradient, with and without weights.
 * For use by one thread at a time.
 */
public final class LossFunction {
  private final Loss loss;
  private final Dispatch kernels;
  private final int outputs;
  private final RowWeights rowWeights;
  private final float[] smoothed;
  private final SquaredErrors squares;

  /**
   * Makes a function.
   *
   * @param loss which one
   * @param kernels the kernels to run on
   * @param outputs how many outputs a row has
   * @throws IllegalArgumentException if the loss has class weights, but not as many as there are
   *     classes
   */
  public LossFunction(Loss loss, Dispatch kernels, int outputs) {
    this(loss, kernels, outputs, new Workers("this loss", 1));
  }

  /** The same, for threads that share the squares of errors. */
  LossFunction(Loss loss, Dispatch kernels, int outputs, Workers workers) {
    this.loss = loss;
    this.kernels = kernels;
    this.outputs = outputs;
    this.rowWeights = new RowWeights(loss, outputs);
    this.smoothed = new float[is(Loss.Standard.Kind.SOFTMAX_CROSS_ENTROPY) ? outputs : 0];
    this.squares = new SquaredErrors(kernels, workers);
  }

  /** Tells whether this is a certain standard loss. */
  boolean is(Loss.Standard.Kind kind) {
    return loss instanceof Loss.Standard standard && standard.kind() == kind;
  }

  @Override
  public String toString() {
    return loss.toString();
  }

  /** Returns how much rows count. */
  RowWeights rowWeights() {
    return rowWeights;
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
    if (!rowWeights.differ(weights)) {
      rowWeights.requireTargets(rows, t, tOffset);
      double divisor = loss instanceof Loss.Custom ? 1 : divisor(rows);
      return sum(rows, y, yOffset, t, tOffset, 1 / divisor, dy, dyOffset) / divisor;
    }
    double divisor = divisor(rowWeights.total(rows, t, tOffset, weights, weightsOffset));
    double sum = 0;
    for (int r = 0; r < rows; r++) {
      int at = r * outputs;
      double weight = rowWeights.of(r, t, tOffset, weights, weightsOffset);
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
    if (loss.isSum()) {
      return 1;
    }
    boolean overRows = loss instanceof Loss.Custom || is(Loss.Standard.Kind.SOFTMAX_CROSS_ENTROPY);
    return overRows ? totalWeight : totalWeight * outputs;
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
    return switch (loss) {
      case Loss.Standard standard when is(Loss.Standard.Kind.SOFTMAX_CROSS_ENTROPY) ->
          crossEntropy(standard.parameter(), rows, y, yOffset, t, tOffset, a, dy, dyOffset);
      case Loss.Standard standard ->
          Losses.elementwise(
              standard, kernels, squares, rows * outputs, y, yOffset, t, tOffset, a, dy, dyOffset);
      case Loss.Custom custom -> {
        double sum = custom.gradient(rows, outputs, y, yOffset, t, tOffset, dy, dyOffset);
        if (a != 1) {
          kernels.now().scale(rows * outputs, (float) a, dy, dyOffset);
        }
        yield sum;
      }
    };
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
          kernels
              .now()
              .softmaxCrossEntropy(
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
