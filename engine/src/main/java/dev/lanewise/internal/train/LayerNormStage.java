package dev.lanewise.internal.train;

import static dev.lanewise.internal.scalar.Fma.fma;

import dev.lanewise.internal.warmup.Dispatch;
import dev.lanewise.model.Layer.LayerNorm;

/**
 * Layer normalisation. With {@code x^ = (x - mean) / sqrt(variance + epsilon)} and {@code g = gamma
 * dz} the gradient of a row is {@code dx = (g - mean(g) - x^ mean(g x^)) / sqrt(variance +
 * epsilon)}.
 */
final class LayerNormStage extends Stage {
  private final int n;
  private final int width;
  private final float epsilon;
  private final float[] parameters;
  private final int gammaAt;
  private final int betaAt;
  private final Dispatch kernels;
  private final float[] normal;
  private final float[] scaled;

  LayerNormStage(int l, LayerNorm norm, Parameters parameters, Dispatch kernels, Workspace desk) {
    super(l, parameters, kernels, desk);
    Layout layout = parameters.layout();
    this.n = norm.width();
    this.width = layout.width(l);
    this.epsilon = norm.epsilon();
    this.parameters = parameters.block();
    this.gammaAt = layout.weights(l);
    this.betaAt = layout.bias(l);
    this.kernels = kernels;
    this.normal = new float[n];
    this.scaled = new float[n];
  }

  @Override
  void forward(boolean training) {
    int rows = workspace.rows();
    float[] x = workspace.inputs(layer);
    int xAt = workspace.inputsAt(layer);
    float[] z = workspace.sums(layer);
    int zAt = workspace.sumsAt(layer);
    for (int r = 0; r < rows; r++) {
      normalize(x, xAt + r * inputStride);
      for (int j = 0; j < n; j++) {
        z[zAt + r * stride + j] = fma(normal[j], parameters[gammaAt + j], parameters[betaAt + j]);
      }
    }
    Rows.clearPadding(rows, n, z, zAt, stride);
    activation.forward();
  }

  /** Leaves {@code x^} of a row in {@link #normal}, and returns what it was multiplied by. */
  private float normalize(float[] x, int xAt) {
    float mean = kernels.now().sum(n, x, xAt) / n;
    for (int j = 0; j < n; j++) {
      normal[j] = x[xAt + j] - mean;
    }
    float variance = kernels.now().dot(n, normal, 0, normal, 0) / n;
    float inverse = (float) (1 / Math.sqrt(variance + epsilon));
    kernels.now().scale(n, inverse, normal, 0);
    return inverse;
  }

  @Override
  void backward(Updater updater, boolean inputGradient) {
    boolean learns = updater.learns(layer);
    if (learns) {
      updater.clear(layer, gammaAt, 2 * width);
    }
    int rows = workspace.rows();
    float[] x = workspace.inputs(layer);
    int xAt = workspace.inputsAt(layer);
    float[] gradients = workspace.gradients();
    for (int r = 0; r < rows; r++) {
      float inverse = normalize(x, xAt + r * inputStride);
      int dzAt = workspace.outputsAt(layer) + r * stride;
      for (int j = 0; j < n; j++) {
        scaled[j] = gradients[dzAt + j] * parameters[gammaAt + j];
      }
      if (learns) {
        float[] dw = updater.target(layer);
        for (int j = 0; j < n; j++) {
          dw[gammaAt + j] = fma(gradients[dzAt + j], normal[j], dw[gammaAt + j]);
        }
        kernels.now().axpy(n, 1, gradients, dzAt, dw, betaAt);
      }
      if (inputGradient) {
        int dxAt = workspace.outputsAt(layer - 1) + r * inputStride;
        float mean = kernels.now().sum(n, scaled, 0) / n;
        float slope = kernels.now().dot(n, scaled, 0, normal, 0) / n;
        for (int j = 0; j < n; j++) {
          gradients[dxAt + j] = fma(-normal[j], slope, scaled[j] - mean) * inverse;
        }
      }
    }
    if (inputGradient) {
      Rows.clearPadding(rows, n, gradients, workspace.outputsAt(layer - 1), inputStride);
    }
    if (learns) {
      updater.update(layer, false, gammaAt, width);
      updater.update(layer, true, betaAt, width);
    }
  }
}
