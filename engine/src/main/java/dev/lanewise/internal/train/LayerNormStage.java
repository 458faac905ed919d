package dev.lanewise.internal.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.LayerNorm;

/**
 * Layer normalisation. With {@code x^ = (x - mean) / sqrt(variance + epsilon)} and {@code g = gamma
 * dz} the gradient of a row is {@code dx = (g - mean(g) - x^ mean(g x^)) / sqrt(variance +
 * epsilon)}.
 */
final class LayerNormStage implements Stage {
  private final int layer;
  private final int n;
  private final int inputStride;
  private final int stride;
  private final float epsilon;
  private final float[] parameters;
  private final int gammaAt;
  private final int betaAt;
  private final Kernels kernels;
  private final float[] normal;
  private final float[] scaled;

  LayerNormStage(int layer, LayerNorm norm, Parameters parameters, Kernels kernels) {
    Layout layout = parameters.layout();
    this.layer = layer;
    this.n = norm.width();
    this.inputStride = layout.inputStride(layer);
    this.stride = layout.outputStride(layer);
    this.epsilon = norm.epsilon();
    this.parameters = parameters.block();
    this.gammaAt = layout.weights(layer);
    this.betaAt = layout.bias(layer);
    this.kernels = kernels;
    this.normal = new float[n];
    this.scaled = new float[n];
  }

  @Override
  public void forward(ForwardPass pass, boolean training) {
    float[] z = pass.sums(layer);
    int zAt = pass.sumsOffset(layer);
    for (int r = 0; r < pass.rows(); r++) {
      normalize(pass.inputs(layer), pass.inputsOffset(layer) + r * inputStride);
      for (int j = 0; j < n; j++) {
        z[zAt + r * stride + j] =
            Math.fma(normal[j], parameters[gammaAt + j], parameters[betaAt + j]);
      }
    }
    Rows.clearPadding(pass.rows(), n, z, zAt, stride);
  }

  /** Leaves {@code x^} of a row in {@link #normal}, and returns what it was multiplied by. */
  private float normalize(float[] x, int xAt) {
    float mean = kernels.sum(n, x, xAt) / n;
    for (int j = 0; j < n; j++) {
      normal[j] = x[xAt + j] - mean;
    }
    float variance = kernels.dot(n, normal, 0, normal, 0) / n;
    float inverse = (float) (1 / Math.sqrt(variance + epsilon));
    kernels.scale(n, inverse, normal, 0);
    return inverse;
  }

  @Override
  public void backward(ForwardPass pass, float[] gradients, boolean inputGradient, float[] dw) {
    for (int r = 0; r < pass.rows(); r++) {
      float inverse = normalize(pass.inputs(layer), pass.inputsOffset(layer) + r * inputStride);
      int dzAt = pass.outputsOffset(layer) + r * stride;
      for (int j = 0; j < n; j++) {
        scaled[j] = gradients[dzAt + j] * parameters[gammaAt + j];
      }
      if (dw != null) {
        for (int j = 0; j < n; j++) {
          dw[gammaAt + j] = Math.fma(gradients[dzAt + j], normal[j], dw[gammaAt + j]);
        }
        kernels.axpy(n, 1, gradients, dzAt, dw, betaAt);
      }
      if (inputGradient) {
        int dxAt = pass.outputsOffset(layer - 1) + r * inputStride;
        float mean = kernels.sum(n, scaled, 0) / n;
        float slope = kernels.dot(n, scaled, 0, normal, 0) / n;
        for (int j = 0; j < n; j++) {
          gradients[dxAt + j] = Math.fma(-normal[j], slope, scaled[j] - mean) * inverse;
        }
      }
    }
    if (inputGradient) {
      int dxAt = pass.outputsOffset(layer - 1);
      Rows.clearPadding(pass.rows(), n, gradients, dxAt, inputStride);
    }
  }
}
