package dev.lanewise.internal.train;

import dev.lanewise.internal.warmup.Dispatch;

/** Shifts and scales inputs by fitted numbers. */
final class NormalizationStage extends Stage {
  private final int n;
  private final float[] buffers;
  private final int shiftAt;
  private final int factorAt;

  NormalizationStage(int l, Parameters parameters, Dispatch kernels, Workspace desk) {
    super(l, parameters, kernels, desk);
    Layout layout = parameters.layout();
    this.n = layout.layer(l).out();
    this.buffers = parameters.buffers();
    this.shiftAt = layout.buffers(l);
    this.factorAt = shiftAt + n;
  }

  @Override
  void forward(boolean training) {
    int rows = workspace.rows();
    float[] x = workspace.inputs(layer);
    float[] z = workspace.sums(layer);
    for (int r = 0; r < rows; r++) {
      int xAt = workspace.inputsAt(layer) + r * inputStride;
      int zAt = workspace.sumsAt(layer) + r * stride;
      for (int j = 0; j < n; j++) {
        z[zAt + j] = (x[xAt + j] - buffers[shiftAt + j]) * buffers[factorAt + j];
      }
    }
    Rows.clearPadding(rows, n, z, workspace.sumsAt(layer), stride);
  }

  @Override
  void backward(Updater updater, boolean inputGradient) {
    if (!inputGradient) {
      return;
    }
    int rows = workspace.rows();
    float[] gradients = workspace.gradients();
    for (int r = 0; r < rows; r++) {
      int dzAt = workspace.outputsAt(layer) + r * stride;
      int dxAt = workspace.outputsAt(layer - 1) + r * inputStride;
      for (int j = 0; j < n; j++) {
        gradients[dxAt + j] = gradients[dzAt + j] * buffers[factorAt + j];
      }
    }
    Rows.clearPadding(rows, n, gradients, workspace.outputsAt(layer - 1), inputStride);
  }
}
