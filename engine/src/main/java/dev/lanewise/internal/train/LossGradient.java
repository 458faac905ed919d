package dev.lanewise.internal.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Loss;

/**
 * Compares a forward pass's outputs with the targets, and hands the gradient to the backward pass.
 * For use by one thread at a time.
 */
public final class LossGradient {
  private final Loss loss;
  private final Kernels kernels;
  private final ForwardPass forward;
  private final BackwardPass backward;
  private final int last;
  private final int outputs;
  private final boolean padded;
  private final boolean logits;

  private float[] y = {};
  private float[] dy = {};

  /**
   * Makes the link between two passes.
   *
   * @param loss what the outputs are compared by
   * @param layout the network's layout
   * @param kernels the kernels to run on
   * @param forward the pass whose outputs are read
   * @param backward the pass whose gradients are set
   */
  public LossGradient(
      Loss loss, Layout layout, Kernels kernels, ForwardPass forward, BackwardPass backward) {
    this.loss = loss;
    this.kernels = kernels;
    this.forward = forward;
    this.backward = backward;
    this.last = layout.size() - 1;
    this.outputs = layout.outputs();
    this.padded = layout.width(last) != outputs;
    Activation activation = layout.layer(last).activation();
    this.logits = loss == Loss.SOFTMAX_CROSS_ENTROPY && activation.equals(Activation.SOFTMAX);
  }

  /** Makes room for at least {@code rows} rows. */
  public void reserve(int rows) {
    if (padded && dy.length < rows * outputs) {
      y = new float[rows * outputs];
      dy = new float[rows * outputs];
    }
  }

  /** Tells whether a softmax at the end is left out, because the loss contains it. */
  public boolean logits() {
    return logits;
  }

  /**
   * Computes the loss of the rows that ran forward last, and the gradient of their outputs.
   *
   * @param targets {@code rows x outputs}
   * @param targetsOffset where they start
   * @return the loss
   */
  public double run(float[] targets, int targetsOffset) {
    int rows = forward.rows();
    int at = forward.outputsOffset(last);
    if (!padded) {
      return Losses.gradient(
          loss,
          kernels,
          rows,
          outputs,
          forward.outputs(),
          at,
          targets,
          targetsOffset,
          backward.gradients(),
          at);
    }
    forward.copyOutputs(y, 0);
    double value =
        Losses.gradient(loss, kernels, rows, outputs, y, 0, targets, targetsOffset, dy, 0);
    backward.setGradients(dy, 0);
    return value;
  }
}
