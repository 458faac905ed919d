package dev.lanewise.internal.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.BatchNorm;
import java.util.Arrays;

/**
 * Batch normalisation. With {@code x^ = (x - mean) / sqrt(variance + epsilon)} the gradient of a
 * column is {@code dx = gamma (dz - mean(dz) - x^ mean(dz x^)) / sqrt(variance + epsilon)} in
 * training, and {@code gamma dz / sqrt(variance + epsilon)} where the running statistics are used.
 */
final class BatchNormStage implements Stage {
  private final int layer;
  private final BatchNorm norm;
  private final int n;
  private final int inputStride;
  private final int stride;
  private final float[] parameters;
  private final int gammaAt;
  private final int betaAt;
  private final float[] running;
  private final int runningAt;
  private final Kernels kernels;
  private final float[] mean;
  private final float[] variance;
  private final float[] inverse;
  private final float[] dgamma;
  private final float[] dbeta;

  private int batchRows;

  BatchNormStage(int layer, BatchNorm norm, Parameters parameters, Kernels kernels) {
    Layout layout = parameters.layout();
    this.layer = layer;
    this.norm = norm;
    this.n = norm.width();
    this.inputStride = layout.inputStride(layer);
    this.stride = layout.outputStride(layer);
    this.parameters = parameters.block();
    this.gammaAt = layout.weights(layer);
    this.betaAt = layout.bias(layer);
    this.running = parameters.buffers();
    this.runningAt = layout.buffers(layer);
    this.kernels = kernels;
    this.mean = new float[n];
    this.variance = new float[n];
    this.inverse = new float[n];
    this.dgamma = new float[n];
    this.dbeta = new float[n];
  }

  @Override
  public void forward(ForwardPass pass, boolean training) {
    float[] x = pass.inputs(layer);
    int xAt = pass.inputsOffset(layer);
    int rows = pass.rows();
    batchRows = training ? rows : 0;
    if (training) {
      measure(rows, x, xAt);
    } else {
      System.arraycopy(running, runningAt, mean, 0, n);
      System.arraycopy(running, runningAt + n, variance, 0, n);
    }
    for (int j = 0; j < n; j++) {
      inverse[j] = (float) (1 / Math.sqrt(variance[j] + norm.epsilon()));
    }
    float[] z = pass.sums(layer);
    int zAt = pass.sumsOffset(layer);
    for (int r = 0; r < rows; r++) {
      int row = xAt + r * inputStride;
      for (int j = 0; j < n; j++) {
        float normal = (x[row + j] - mean[j]) * inverse[j];
        z[zAt + r * stride + j] = Math.fma(normal, parameters[gammaAt + j], parameters[betaAt + j]);
      }
    }
    Rows.clearPadding(rows, n, z, zAt, stride);
  }

  private void measure(int rows, float[] x, int xAt) {
    Arrays.fill(mean, 0);
    for (int r = 0; r < rows; r++) {
      kernels.axpy(n, 1, x, xAt + r * inputStride, mean, 0);
    }
    kernels.scale(n, 1f / rows, mean, 0);
    Arrays.fill(variance, 0);
    for (int r = 0; r < rows; r++) {
      int row = xAt + r * inputStride;
      for (int j = 0; j < n; j++) {
        float difference = x[row + j] - mean[j];
        variance[j] = Math.fma(difference, difference, variance[j]);
      }
    }
    kernels.scale(n, 1f / rows, variance, 0);
  }

  @Override
  public void backward(ForwardPass pass, float[] gradients, boolean inputGradient, float[] dw) {
    float[] x = pass.inputs(layer);
    int xAt = pass.inputsOffset(layer);
    int dzAt = pass.outputsOffset(layer);
    int rows = pass.rows();
    Arrays.fill(dgamma, 0);
    Arrays.fill(dbeta, 0);
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < n; j++) {
        float dz = gradients[dzAt + r * stride + j];
        float normal = (x[xAt + r * inputStride + j] - mean[j]) * inverse[j];
        dgamma[j] = Math.fma(dz, normal, dgamma[j]);
        dbeta[j] += dz;
      }
    }
    if (dw != null) {
      kernels.axpy(n, 1, dgamma, 0, dw, gammaAt);
      kernels.axpy(n, 1, dbeta, 0, dw, betaAt);
    }
    if (!inputGradient) {
      return;
    }
    // The running statistics do not depend on the inputs, the batch's do.
    kernels.scale(n, batchRows == 0 ? 0 : 1f / batchRows, dgamma, 0);
    kernels.scale(n, batchRows == 0 ? 0 : 1f / batchRows, dbeta, 0);
    int dxAt = pass.outputsOffset(layer - 1);
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < n; j++) {
        float dz = gradients[dzAt + r * stride + j];
        float normal = (x[xAt + r * inputStride + j] - mean[j]) * inverse[j];
        gradients[dxAt + r * inputStride + j] =
            Math.fma(-normal, dgamma[j], dz - dbeta[j]) * (parameters[gammaAt + j] * inverse[j]);
      }
    }
    Rows.clearPadding(rows, n, gradients, dxAt, inputStride);
  }

  @Override
  public void commit() {
    if (batchRows < 2) {
      return;
    }
    float momentum = norm.momentum();
    float unbiased = (float) (batchRows / (batchRows - 1.0));
    for (int j = 0; j < n; j++) {
      int at = runningAt + j;
      running[at] = Math.fma(momentum, mean[j], (1 - momentum) * running[at]);
      running[at + n] =
          Math.fma(momentum, variance[j] * unbiased, (1 - momentum) * running[at + n]);
    }
  }
}
