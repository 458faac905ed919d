package dev.lanewise.internal.train;

import dev.lanewise.internal.parallel.Workers;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Residual;

/**
 * Takes the gradient of the outputs back through the layers, down to the first one that learns, and
 * updates the parameters on the way. For use by one thread at a time.
 */
public final class BackwardPass {
  private final Layout layout;
  private final Kernels kernels;
  private final ForwardPass forward;
  private final Updates updates;
  private final DenseBackward dense;
  private final boolean residuals;

  private float[] gradients = {};
  private int capacity;

  /**
   * Makes a pass with room for no row; {@link #reserve} makes room.
   *
   * @param parameters the network's parameters, which are updated
   * @param kernels the kernels to run on
   * @param forward the pass whose outputs are used
   * @param updates what is done with gradients
   */
  public BackwardPass(
      Parameters parameters, Kernels kernels, ForwardPass forward, Updates updates) {
    this.layout = parameters.layout();
    this.kernels = kernels;
    this.forward = forward;
    this.updates = updates;
    this.residuals = layout.layers().stream().anyMatch(Residual.class::isInstance);
    this.dense = new DenseBackward(this, parameters, kernels, forward, updates);
  }

  /** Makes room for at least {@code rows} rows. */
  public void reserve(int rows) {
    if (rows > capacity) {
      gradients = new float[layout.allOutputs(rows)];
      dense.reserve(rows);
      capacity = rows;
    }
  }

  /** Sets the gradients of the outputs: {@code rows x outputs} without padding. */
  public void setGradients(float[] dy, int dyOffset) {
    int last = layout.size() - 1;
    int n = layout.outputs();
    int stride = layout.outputStride(last);
    int at = forward.outputsOffset(last);
    Rows.copy(forward.rows(), n, dy, dyOffset, n, gradients, at, stride);
    Rows.clearPadding(forward.rows(), n, gradients, at, stride);
  }

  /** Returns the array that holds the gradients of every layer's outputs. */
  float[] gradients() {
    return gradients;
  }

  /**
   * Runs all layers, from the last one back, after the gradient of its outputs was set.
   *
   * @param learningRate the optimizer's learning rate in this step
   * @param logits whether that gradient is of the last layer's sums already
   * @param workers who shares the work
   */
  public void run(float learningRate, boolean logits, Workers workers) {
    updates.begin(learningRate);
    int last = layout.size() - 1;
    for (int l = last; l >= updates.lowest(); l--) {
      if (l < last || !logits) {
        activationGradient(l);
      }
      Stage stage = forward.stage(l);
      if (stage == null) {
        dense.run(l, workers);
      } else {
        stageBack(l, stage);
      }
      if (residuals && l > updates.lowest()) {
        addResidualGradients(l - 1);
      }
    }
    updates.end();
  }

  private void activationGradient(int l) {
    Activation activation = layout.layer(l).activation();
    int at = forward.outputsOffset(l);
    int stride = layout.outputStride(l);
    if (activation.kind() == Activation.Kind.SOFTMAX) {
      for (int r = 0; r < forward.rows(); r++) {
        int row = at + r * stride;
        kernels.activationGradient(
            activation, layout.outputs(), forward.outputs(), row, gradients, row);
      }
    } else {
      boolean sums = layout.keepsSums(l);
      float[] from = sums ? forward.sums(l) : forward.outputs();
      int fromAt = sums ? forward.sumsOffset(l) : at;
      kernels.activationGradient(activation, forward.rows() * stride, from, fromAt, gradients, at);
    }
  }

  private void stageBack(int l, Stage stage) {
    int weights = layout.weights(l);
    int n = layout.bias(l) - weights;
    boolean learns = n > 0 && !updates.frozen(l);
    if (learns) {
      updates.clear(weights, 2 * n);
    }
    stage.backward(forward, gradients, l > updates.lowest(), learns ? updates.gradients() : null);
    if (learns) {
      updates.update(l, false, weights, n);
      updates.update(l, true, weights + n, n);
      stage.commit();
    }
  }

  /** Adds what comes back to a layer's outputs through skip connections. */
  private void addResidualGradients(int l) {
    for (int later = l + 2; later < layout.size(); later++) {
      if (layout.layer(later) instanceof Residual residual && residual.from() == l) {
        int n = residual.width();
        for (int r = 0; r < forward.rows(); r++) {
          int from = forward.outputsOffset(later) + r * layout.outputStride(later);
          int to = forward.outputsOffset(l) + r * layout.outputStride(l);
          kernels.axpy(n, 1, gradients, from, gradients, to);
        }
      }
    }
  }
}
