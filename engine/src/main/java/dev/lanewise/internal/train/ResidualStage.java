package dev.lanewise.internal.train;

import dev.lanewise.internal.warmup.Dispatch;
import dev.lanewise.model.Layer.Residual;

/**
 * The end of a skip connection: adds an earlier layer's outputs to those of the layer before. The
 * gradient goes back both ways, to the layer before by {@link #backward}, and once the step has
 * come to the earlier layer, to that one by {@link #skipBackward}.
 */
final class ResidualStage extends Stage {
  private final int from;
  private final int n;
  private final int width;
  private final int fromStride;
  private final Dispatch kernels;

  ResidualStage(int l, Residual residual, Parameters parameters, Dispatch kernels, Workspace desk) {
    super(l, parameters, kernels, desk);
    Layout layout = parameters.layout();
    this.from = residual.from();
    this.n = residual.width();
    this.width = layout.width(l);
    this.fromStride = layout.inputStride(from + 1);
    this.kernels = kernels;
  }

  /** Returns the layer whose outputs are added, -1 for the network's inputs. */
  int from() {
    return from;
  }

  @Override
  void forward(boolean training) {
    int rows = workspace.rows();
    float[] x = workspace.inputs(layer);
    int xAt = workspace.inputsAt(layer);
    float[] z = workspace.sums(layer);
    int zAt = workspace.sumsAt(layer);
    Rows.copy(rows, n, x, xAt, inputStride, z, zAt, stride);
    float[] other = workspace.inputs(from + 1);
    int otherAt = workspace.inputsAt(from + 1);
    for (int r = 0; r < rows; r++) {
      kernels.now().axpy(n, 1, other, otherAt + r * fromStride, z, zAt + r * stride);
    }
    Rows.clearPadding(rows, n, z, zAt, stride);
    activation.forward();
  }

  @Override
  void backward(Updater updater, boolean inputGradient) {
    if (inputGradient) {
      float[] gradients = workspace.gradients();
      int dzAt = workspace.outputsAt(layer);
      int dxAt = workspace.outputsAt(layer - 1);
      Rows.copy(workspace.rows(), width, gradients, dzAt, stride, gradients, dxAt, inputStride);
    }
  }

  /** Adds the gradient to that of the earlier layer's outputs. */
  void skipBackward() {
    float[] gradients = workspace.gradients();
    int dzAt = workspace.outputsAt(layer);
    int toAt = workspace.outputsAt(from);
    for (int r = 0; r < workspace.rows(); r++) {
      kernels.now().axpy(n, 1, gradients, dzAt + r * stride, gradients, toAt + r * fromStride);
    }
  }
}
