package dev.lanewise.internal.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Loss;
import dev.lanewise.model.StandardLoss;
import java.util.Arrays;

/**
 * Compares a forward pass's outputs with the targets, and hands the gradient to the backward pass.
 * For use by one thread at a time.
 */
public final class LossGradient {
  private final LossFunction loss;
  private final ForwardPass forward;
  private final BackwardPass backward;
  private final int last;
  private final int outputs;
  private final boolean padded;
  private final boolean logits;

  private float[] y = {};
  private float[] dy = {};
  private float[] oneHot = {};

  /**
   * Makes the link between two passes.
   *
   * @param loss what the outputs are compared by
   * @param layout the network's layout
   * @param kernels the kernels to run on
   * @param forward the pass whose outputs are read
   * @param backward the pass whose gradients are set
   * @throws IllegalArgumentException if the loss has class weights, but not as many as there are
   *     classes
   */
  public LossGradient(
      Loss loss, Layout layout, Kernels kernels, ForwardPass forward, BackwardPass backward) {
    this.forward = forward;
    this.backward = backward;
    this.last = layout.size() - 1;
    this.outputs = layout.outputs();
    this.loss = new LossFunction(loss, kernels, outputs);
    this.padded = layout.outputStride(last) != outputs;
    Activation.Kind activation = layout.layer(last).activation().kind();
    this.logits =
        switch (activation) {
          case SOFTMAX -> this.loss.is(StandardLoss.Kind.SOFTMAX_CROSS_ENTROPY);
          case SIGMOID -> this.loss.is(StandardLoss.Kind.BINARY_CROSS_ENTROPY);
          default -> false;
        };
  }

  /** Makes room for at least {@code rows} rows. */
  public void reserve(int rows) {
    if (padded && dy.length < rows * outputs) {
      y = new float[rows * outputs];
      dy = new float[rows * outputs];
    }
  }

  /** Tells whether some rows of a batch may count less than others. */
  public boolean weighs(float[] weights) {
    return weights != null || loss.weighsClasses();
  }

  /**
   * Returns how much a row counts. If its own weight is 0, it is not looked at any further.
   *
   * @param r which row
   * @param targets {@code rows x outputs}; null where they are classes
   * @param classes each row's class; null where there are targets
   * @param at where targets or classes start
   * @param weights one for each row; null if all count alike
   * @param weightsAt where they start
   * @return 0 for a row that does not count
   * @throws IllegalArgumentException if the weight is negative or not finite, or the row's targets
   *     or class are none for this loss
   */
  public double weight(
      int r, float[] targets, int[] classes, int at, float[] weights, int weightsAt) {
    if (classes == null) {
      return loss.checkedWeight(r, targets, at, weights, weightsAt);
    }
    requireClasses();
    if (weights != null && weights[weightsAt + r] == 0) {
      return 0;
    }
    requireClass(r, classes[at + r]);
    return loss.checkedWeight(r, classes[at + r], weights, weightsAt);
  }

  private void requireClasses() {
    if (!loss.is(StandardLoss.Kind.SOFTMAX_CROSS_ENTROPY)) {
      throw new IllegalArgumentException(
          "class indices are targets for softmax cross-entropy, but the loss is "
              + loss
              + ": give rows of "
              + outputs
              + " targets");
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

  /** Makes room for the class indices of at least {@code rows} rows. */
  public void reserveClasses(int rows) {
    long size = (long) rows * outputs;
    if (size > Layout.MAX_ARRAY) {
      throw new IllegalArgumentException(
          "the classes of "
              + rows
              + " rows with "
              + outputs
              + " outputs would need an array of "
              + size
              + ", but it holds at most "
              + Layout.MAX_ARRAY);
    }
    if (oneHot.length < size) {
      oneHot = new float[(int) size];
    }
  }

  /**
   * Tells whether the activation at the end, softmax or sigmoid, is left out, because the loss
   * contains it.
   */
  public boolean logits() {
    return logits;
  }

  /**
   * Computes the loss of the rows that ran forward last, and the gradient of their outputs.
   *
   * @param targets {@code rows x outputs}
   * @param targetsOffset where they start
   * @param weights how much each row counts, finite numbers of at least 0; null if all count alike
   * @param weightsOffset where they start
   * @return the loss
   * @throws IllegalArgumentException if a row's weight is negative or not finite, or the weights
   *     add up to 0; no gradient has been written then
   */
  public double run(float[] targets, int targetsOffset, float[] weights, int weightsOffset) {
    int rows = forward.rows();
    int at = forward.outputsOffset(last);
    if (!padded) {
      return loss.gradient(
          rows,
          forward.outputs(),
          at,
          targets,
          targetsOffset,
          weights,
          weightsOffset,
          backward.gradients(),
          at);
    }
    forward.copyOutputs(y, 0);
    double value = loss.gradient(rows, y, 0, targets, targetsOffset, weights, weightsOffset, dy, 0);
    backward.setGradients(dy, 0);
    return value;
  }

  /**
   * Computes the loss of the rows that ran forward last, and the gradient of their outputs, with
   * targets that are classes: the same bits as with one-hot rows. Needs {@link #reserveClasses}.
   *
   * @param classes each row's class, from 0 on
   * @param classesOffset where they start
   * @param weights how much each row counts, finite numbers of at least 0; null if all count alike
   * @param weightsOffset where they start
   * @return the loss
   * @throws IllegalArgumentException if the loss is not softmax cross-entropy, a class is none of
   *     the network's, a row's weight is negative or not finite, or the weights add up to 0; no
   *     gradient has been written then
   */
  public double runClasses(int[] classes, int classesOffset, float[] weights, int weightsOffset) {
    requireClasses();
    int rows = forward.rows();
    for (int r = 0; r < rows; r++) {
      requireClass(r, classes[classesOffset + r]);
    }
    Arrays.fill(oneHot, 0, rows * outputs, 0);
    for (int r = 0; r < rows; r++) {
      oneHot[r * outputs + classes[classesOffset + r]] = 1;
    }
    return run(oneHot, 0, weights, weightsOffset);
  }
}
