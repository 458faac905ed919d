package dev.lanewise.internal.scalar;

import dev.lanewise.kernel.Bounds;
import dev.lanewise.kernel.Kernels;

/** The reference for activations and their derivatives. */
abstract class ScalarActivations implements Kernels {
  @Override
  public void relu(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    for (int j = 0; j < n; j++) {
      y[yOffset + j] = x[xOffset + j] <= 0 ? 0 : x[xOffset + j];
    }
  }

  @Override
  public void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    for (int j = 0; j < n; j++) {
      y[yOffset + j] = ScalarMath.exp(x[xOffset + j]);
    }
  }

  @Override
  public void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    for (int j = 0; j < n; j++) {
      y[yOffset + j] = ScalarMath.sigmoid(x[xOffset + j]);
    }
  }

  @Override
  public void tanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    for (int j = 0; j < n; j++) {
      y[yOffset + j] = ScalarMath.tanh(x[xOffset + j]);
    }
  }

  @Override
  public void log(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    for (int j = 0; j < n; j++) {
      y[yOffset + j] = ScalarLogarithms.log(x[xOffset + j]);
    }
  }

  @Override
  public void softplus(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    for (int j = 0; j < n; j++) {
      y[yOffset + j] = ScalarLogarithms.softplus(x[xOffset + j]);
    }
  }

  @Override
  public void erf(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    for (int j = 0; j < n; j++) {
      y[yOffset + j] = ScalarErf.erf(x[xOffset + j]);
    }
  }

  @Override
  public void gelu(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    for (int j = 0; j < n; j++) {
      y[yOffset + j] = ScalarErf.gelu(x[xOffset + j]);
    }
  }

  @Override
  public void geluTanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    for (int j = 0; j < n; j++) {
      y[yOffset + j] = ScalarGates.geluTanh(x[xOffset + j]);
    }
  }

  @Override
  public void silu(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    for (int j = 0; j < n; j++) {
      y[yOffset + j] = ScalarGates.silu(x[xOffset + j]);
    }
  }

  @Override
  public void leakyRelu(int n, float slope, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    for (int j = 0; j < n; j++) {
      float v = x[xOffset + j];
      y[yOffset + j] = v > 0 ? v : slope * v;
    }
  }

  @Override
  public void elu(int n, float alpha, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    elu(n, 1f, alpha, x, xOffset, y, yOffset);
  }

  @Override
  public void selu(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    elu(n, ScalarMath.SELU_SCALE, ScalarMath.SELU_FLOOR, x, xOffset, y, yOffset);
  }

  private static void elu(
      int n, float right, float left, float[] x, int xOffset, float[] y, int yOffset) {
    for (int j = 0; j < n; j++) {
      float v = x[xOffset + j];
      y[yOffset + j] = v > 0 ? right * v : left * ScalarMath.expm1(v);
    }
  }

  @Override
  public void softmax(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    float max = max(n, x, xOffset);
    for (int j = 0; j < n; j++) {
      y[yOffset + j] = ScalarMath.exp(x[xOffset + j] - max);
    }
    float sum = sum(n, y, yOffset);
    for (int j = 0; j < n; j++) {
      y[yOffset + j] /= sum;
    }
  }

  @Override
  public void reluGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset) {
    Bounds.vector("y", n, y, yOffset);
    Bounds.vector("dy", n, dy, dyOffset);
    for (int j = 0; j < n; j++) {
      dy[dyOffset + j] = y[yOffset + j] > 0 ? dy[dyOffset + j] : 0;
    }
  }

  @Override
  public void sigmoidGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset) {
    Bounds.vector("y", n, y, yOffset);
    Bounds.vector("dy", n, dy, dyOffset);
    for (int j = 0; j < n; j++) {
      dy[dyOffset + j] *= y[yOffset + j] * (1 - y[yOffset + j]);
    }
  }

  @Override
  public void tanhGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset) {
    Bounds.vector("y", n, y, yOffset);
    Bounds.vector("dy", n, dy, dyOffset);
    for (int j = 0; j < n; j++) {
      dy[dyOffset + j] *= Math.fma(-y[yOffset + j], y[yOffset + j], 1);
    }
  }

  @Override
  public void softplusGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset) {
    Bounds.vector("y", n, y, yOffset);
    Bounds.vector("dy", n, dy, dyOffset);
    for (int j = 0; j < n; j++) {
      dy[dyOffset + j] *= -ScalarMath.expm1(-y[yOffset + j]);
    }
  }

  @Override
  public void leakyReluGradient(
      int n, float slope, float[] y, int yOffset, float[] dy, int dyOffset) {
    Bounds.vector("y", n, y, yOffset);
    Bounds.vector("dy", n, dy, dyOffset);
    for (int j = 0; j < n; j++) {
      float d = dy[dyOffset + j];
      dy[dyOffset + j] = y[yOffset + j] > 0 ? d : slope * d;
    }
  }

  @Override
  public void eluGradient(int n, float alpha, float[] y, int yOffset, float[] dy, int dyOffset) {
    Bounds.vector("y", n, y, yOffset);
    Bounds.vector("dy", n, dy, dyOffset);
    eluGradient(n, 1f, alpha, y, yOffset, dy, dyOffset);
  }

  @Override
  public void seluGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset) {
    Bounds.vector("y", n, y, yOffset);
    Bounds.vector("dy", n, dy, dyOffset);
    eluGradient(n, ScalarMath.SELU_SCALE, ScalarMath.SELU_FLOOR, y, yOffset, dy, dyOffset);
  }

  private static void eluGradient(
      int n, float right, float left, float[] y, int yOffset, float[] dy, int dyOffset) {
    for (int j = 0; j < n; j++) {
      dy[dyOffset + j] *= y[yOffset + j] > 0 ? right : y[yOffset + j] + left;
    }
  }

  @Override
  public void geluGradient(int n, float[] z, int zOffset, float[] dy, int dyOffset) {
    Bounds.vector("z", n, z, zOffset);
    Bounds.vector("dy", n, dy, dyOffset);
    for (int j = 0; j < n; j++) {
      dy[dyOffset + j] *= ScalarErf.geluSlope(z[zOffset + j]);
    }
  }

  @Override
  public void geluTanhGradient(int n, float[] z, int zOffset, float[] dy, int dyOffset) {
    Bounds.vector("z", n, z, zOffset);
    Bounds.vector("dy", n, dy, dyOffset);
    for (int j = 0; j < n; j++) {
      dy[dyOffset + j] *= ScalarGates.geluTanhSlope(z[zOffset + j]);
    }
  }

  @Override
  public void siluGradient(int n, float[] z, int zOffset, float[] dy, int dyOffset) {
    Bounds.vector("z", n, z, zOffset);
    Bounds.vector("dy", n, dy, dyOffset);
    for (int j = 0; j < n; j++) {
      dy[dyOffset + j] *= ScalarGates.siluSlope(z[zOffset + j]);
    }
  }

  @Override
  public void softmaxGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset) {
    Bounds.vector("y", n, y, yOffset);
    Bounds.vector("dy", n, dy, dyOffset);
    float mean = dot(n, y, yOffset, dy, dyOffset);
    for (int j = 0; j < n; j++) {
      dy[dyOffset + j] = y[yOffset + j] * (dy[dyOffset + j] - mean);
    }
  }

  @Override
  public double softmaxCrossEntropy(
      int n, float[] z, int zOffset, float[] t, int tOffset, float a, float[] dz, int dzOffset) {
    Bounds.vector("z", n, z, zOffset);
    Bounds.vector("t", n, t, tOffset);
    Bounds.vector("dz", n, dz, dzOffset);
    float max = max(n, z, zOffset);
    for (int j = 0; j < n; j++) {
      dz[dzOffset + j] = z[zOffset + j] - max;
    }
    float picked = dot(n, t, tOffset, dz, dzOffset);
    float total = sum(n, t, tOffset);
    exp(n, dz, dzOffset, dz, dzOffset);
    float sum = sum(n, dz, dzOffset);
    for (int j = 0; j < n; j++) {
      dz[dzOffset + j] = Math.fma(dz[dzOffset + j] / sum, total, -t[tOffset + j]) * a;
    }
    return StrictMath.log(sum) * total - picked;
  }
}
