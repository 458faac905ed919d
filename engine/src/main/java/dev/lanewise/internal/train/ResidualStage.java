package dev.lanewise.internal.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Residual;

/**
 * Adds an earlier layer's outputs to those of the layer before. The gradient that goes the long way
 * back is added by the backward pass, when it comes to that layer.
 */
final class ResidualStage implements Stage {
  private final int layer;
  private final int from;
  private final int n;
  private final int width;
  private final int inputStride;
  private final int fromStride;
  private final int stride;
  private final Kernels kernels;

  ResidualStage(int layer, Residual residual, Layout layout, Kernels kernels) {
    this.layer = layer;
    this.from = residual.from();
    this.n = residual.width();
    this.width = layout.width(layer);
    this.inputStride = layout.inputStride(layer);
    this.fromStride = layout.inputStride(from + 1);
    this.stride = layout.outputStride(layer);
    this.kernels = kernels;
  }

  @Override
  public void forward(ForwardPass pass, boolean training) {
    int rows = pass.rows();
    float[] z = pass.sums(layer);
    int zAt = pass.sumsOffset(layer);
    Rows.copy(rows, n, pass.inputs(layer), pass.inputsOffset(layer), inputStride, z, zAt, stride);
    float[] other = pass.inputs(from + 1);
    for (int r = 0; r < rows; r++) {
      int otherAt = pass.inputsOffset(from + 1) + r * fromStride;
      kernels.axpy(n, 1, other, otherAt, z, zAt + r * stride);
    }
    Rows.clearPadding(rows, n, z, zAt, stride);
  }

  @Override
  public void backward(ForwardPass pass, float[] gradients, boolean inputGradient, float[] dw) {
    if (inputGradient) {
      int dzAt = pass.outputsOffset(layer);
      int dxAt = pass.outputsOffset(layer - 1);
      Rows.copy(pass.rows(), width, gradients, dzAt, stride, gradients, dxAt, inputStride);
    }
  }
}
