package dev.lanewise.internal.train;

import static dev.lanewise.internal.scalar.Fma.fma;

import dev.lanewise.internal.warmup.Dispatch;
import dev.lanewise.model.Layer.BatchNorm;
import java.util.Arrays;

/**
 * Batch normalisation. With {@code x^ = (x - mean) / sqrt(variance + epsilon)} the gradient of a
 * column is {@code dx = gamma (dz - mean(dz) - x^ mean(dz x^)) / sqrt(variance + epsilon)} in
 * training, and {@code gamma dz / sqrt(variance + epsilon)} where the running mean and variance are
 * used.
 */
final class BatchNormStage extends Stage {
  private final BatchNorm norm;
  private final int n;
  private final int width;
  private final float[] parameters;
  private final int gammaAt;
  private final int betaAt;
  private final float[] running;
  private final int runningAt;
  private final Dispatch kernels;
  private final float[] mean;
  private final float[] variance;
  private final float[] inverse;
  private final float[] dgamma;
  private final float[] dbeta;

  /** How many rows mean and variance are of; 0 where they are the running ones. */
  private int batchRows;

  BatchNormStage(int l, BatchNorm norm, Parameters parameters, Dispatch kernels, Workspace desk) {
    super(l, parameters, kernels, desk);
    Layout layout = parameters.layout();
    this.norm = norm;
    this.n = norm.width();
    this.width = layout.width(l);
    this.parameters = parameters.block();
    this.gammaAt = layout.weights(l);
    this.betaAt = layout.bias(l);
    this.running = parameters.buffers();
    this.runningAt = layout.buffers(l);
    this.kernels = kernels;
    this.mean = new float[n];
    this.variance = new float[n];
    this.inverse = new float[n];
    this.dgamma = new float[n];
    this.dbeta = new float[n];
  }

  @Override
  void forward(boolean training) {
    float[] x = workspace.inputs(layer);
    int xAt = workspace.inputsAt(layer);
    int rows = workspace.rows();
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
    float[] z = workspace.sums(layer);
    int zAt = workspace.sumsAt(layer);
    for (int r = 0; r < rows; r++) {
      int row = xAt + r * inputStride;
      for (int j = 0; j < n; j++) {
        float normal = (x[row + j] - mean[j]) * inverse[j];
        z[zAt + r * stride + j] = fma(normal, parameters[gammaAt + j], parameters[betaAt + j]);
      }
    }
    Rows.clearPadding(rows, n, z, zAt, stride);
    activation.forward();
  }

  private void measure(int rows, float[] x, int xAt) {
    Arrays.fill(mean, 0);
    for (int r = 0; r < rows; r++) {
      kernels.now().axpy(n, 1, x, xAt + r * inputStride, mean, 0);
    }
    kernels.now().scale(n, 1f / rows, mean, 0);
    Arrays.fill(variance, 0);
    for (int r = 0; r < rows; r++) {
      int row = xAt + r * inputStride;
      for (int j = 0; j < n; j++) {
        float difference = x[row + j] - mean[j];
        variance[j] = fma(difference, difference, variance[j]);
      }
    }
    kernels.now().scale(n, 1f / rows, variance, 0);
  }

  @Override
  void backward(Updater updater, boolean inputGradient) {
    boolean learns = updater.learns(layer);
    sumGradients();
    if (learns) {
      float[] dw = updater.target(layer);
      updater.clear(layer, gammaAt, 2 * width);
      kernels.now().axpy(n, 1, dgamma, 0, dw, gammaAt);
      kernels.now().axpy(n, 1, dbeta, 0, dw, betaAt);
    }
    if (inputGradient) {
      inputGradient();
    }
    if (learns) {
      updater.update(layer, false, gammaAt, width);
      updater.update(layer, true, betaAt, width);
      updateRunning();
    }
  }

  private void sumGradients() {
    float[] x = workspace.inputs(layer);
    int xAt = workspace.inputsAt(layer);
    float[] dz = workspace.gradients();
    int dzAt = workspace.outputsAt(layer);
    Arrays.fill(dgamma, 0);
    Arrays.fill(dbeta, 0);
    for (int r = 0; r < workspace.rows(); r++) {
      for (int j = 0; j < n; j++) {
        float d = dz[dzAt + r * stride + j];
        float normal = (x[xAt + r * inputStride + j] - mean[j]) * inverse[j];
        dgamma[j] = fma(d, normal, dgamma[j]);
        dbeta[j] += d;
      }
    }
  }

  private void inputGradient() {
    int rows = workspace.rows();
    float[] x = workspace.inputs(layer);
    int xAt = workspace.inputsAt(layer);
    float[] gradients = workspace.gradients();
    int dzAt = workspace.outputsAt(layer);
    int dxAt = workspace.outputsAt(layer - 1);
    // The running mean and variance do not depend on the inputs, the batch's do.
    kernels.now().scale(n, batchRows == 0 ? 0 : 1f / batchRows, dgamma, 0);
    kernels.now().scale(n, batchRows == 0 ? 0 : 1f / batchRows, dbeta, 0);
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < n; j++) {
        float dz = gradients[dzAt + r * stride + j];
        float normal = (x[xAt + r * inputStride + j] - mean[j]) * inverse[j];
        gradients[dxAt + r * inputStride + j] =
            fma(-normal, dgamma[j], dz - dbeta[j]) * (parameters[gammaAt + j] * inverse[j]);
      }
    }
    Rows.clearPadding(rows, n, gradients, dxAt, inputStride);
  }

  private void updateRunning() {
    if (batchRows < 2) {
      return;
    }
    float momentum = norm.momentum();
    float unbiased = (float) (batchRows / (batchRows - 1.0));
    for (int j = 0; j < n; j++) {
      int at = runningAt + j;
      running[at] = fma(momentum, mean[j], (1 - momentum) * running[at]);
      running[at + n] = fma(momentum, variance[j] * unbiased, (1 - momentum) * running[at + n]);
    }
  }
}
