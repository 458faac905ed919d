package dev.lanewise.internal.train;

/** Shifts and scales inputs by fitted numbers. */
final class NormalizationStage implements Stage {
  private final int layer;
  private final int n;
  private final int inputStride;
  private final int stride;
  private final float[] statistics;
  private final int shiftAt;

  NormalizationStage(int layer, Parameters parameters) {
    Layout layout = parameters.layout();
    this.layer = layer;
    this.n = layout.layer(layer).out();
    this.inputStride = layout.inputStride(layer);
    this.stride = layout.outputStride(layer);
    this.statistics = parameters.buffers();
    this.shiftAt = layout.buffers(layer);
  }

  @Override
  public void forward(ForwardPass pass, boolean training) {
    float[] x = pass.inputs(layer);
    float[] z = pass.sums(layer);
    for (int r = 0; r < pass.rows(); r++) {
      int xAt = pass.inputsOffset(layer) + r * inputStride;
      int zAt = pass.sumsOffset(layer) + r * stride;
      for (int j = 0; j < n; j++) {
        z[zAt + j] = (x[xAt + j] - statistics[shiftAt + j]) * statistics[shiftAt + n + j];
      }
    }
    Rows.clearPadding(pass.rows(), n, z, pass.sumsOffset(layer), stride);
  }

  @Override
  public void backward(ForwardPass pass, float[] gradients, boolean inputGradient, float[] dw) {
    if (!inputGradient) {
      return;
    }
    for (int r = 0; r < pass.rows(); r++) {
      int dzAt = pass.outputsOffset(layer) + r * stride;
      int dxAt = pass.outputsOffset(layer - 1) + r * inputStride;
      for (int j = 0; j < n; j++) {
        gradients[dxAt + j] = gradients[dzAt + j] * statistics[shiftAt + n + j];
      }
    }
    Rows.clearPadding(pass.rows(), n, gradients, pass.outputsOffset(layer - 1), inputStride);
  }
}
