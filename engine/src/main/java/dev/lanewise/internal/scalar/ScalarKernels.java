package dev.lanewise.internal.scalar;

import static dev.lanewise.internal.scalar.Fma.fma;
import static dev.lanewise.internal.tuning.Sizes.PARTIAL_SUMS;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Activation;

/**
 * The reference: plain loops, written to be read. What a kernel computes, to the bit, is what
 * stands here.
 */
public final class ScalarKernels implements Kernels {
  @Override
  public float dot(int n, float[] x, int xOffset, float[] y, int yOffset) {
    return foldedDot(n, x, xOffset, y, yOffset, 0, 1) + 0f;
  }

  private static float foldedDot(
      int n, float[] x, int xOffset, float[] y, int yOffset, int first, int apart) {
    if (apart < PARTIAL_SUMS) {
      return foldedDot(n, x, xOffset, y, yOffset, first, 2 * apart)
          + foldedDot(n, x, xOffset, y, yOffset, first + apart, 2 * apart);
    }
    float sum = 0;
    for (int j = first; j < n; j += PARTIAL_SUMS) {
      sum = fma(x[xOffset + j], y[yOffset + j], sum);
    }
    return sum;
  }

  @Override
  public float sum(int n, float[] x, int xOffset) {
    return foldedSum(n, x, xOffset, 0, 1) + 0f;
  }

  private static float foldedSum(int n, float[] x, int xOffset, int first, int apart) {
    if (apart < PARTIAL_SUMS) {
      return foldedSum(n, x, xOffset, first, 2 * apart)
          + foldedSum(n, x, xOffset, first + apart, 2 * apart);
    }
    float sum = 0;
    for (int j = first; j < n; j += PARTIAL_SUMS) {
      sum += x[xOffset + j];
    }
    return sum;
  }

  @Override
  public float max(int n, float[] x, int xOffset) {
    float max = Float.NEGATIVE_INFINITY;
    for (int j = 0; j < n; j++) {
      max = x[xOffset + j] > max ? x[xOffset + j] : max;
    }
    return max + 0f;
  }

  @Override
  public void axpy(int n, float a, float[] x, int xOffset, float[] y, int yOffset) {
    for (int j = 0; j < n; j++) {
      y[yOffset + j] = fma(a, x[xOffset + j], y[yOffset + j]);
    }
  }

  @Override
  public void scale(int n, float a, float[] x, int xOffset) {
    for (int j = 0; j < n; j++) {
      x[xOffset + j] *= a;
    }
  }

  @Override
  public void gemv(
      int in,
      int out,
      float[] x,
      int xOffset,
      float[] w,
      int wOffset,
      int ldw,
      float[] y,
      int yOffset) {
    for (int i = 0; i < in; i++) {
      if (x[xOffset + i] != 0) {
        axpy(out, x[xOffset + i], w, wOffset + i * ldw, y, yOffset);
      }
    }
    for (int j = 0; j < out; j++) {
      y[yOffset + j] += 0f;
    }
  }

  @Override
  public void ger(
      int in,
      int out,
      float a,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      float[] w,
      int wOffset,
      int ldw) {
    for (int i = 0; i < in; i++) {
      if (x[xOffset + i] != 0) {
        axpy(out, a * x[xOffset + i], y, yOffset, w, wOffset + i * ldw);
      }
    }
  }

  @Override
  public void gemvGer(
      int in,
      int out,
      float a,
      float[] x,
      int xOffset,
      float[] dy,
      int dyOffset,
      float[] w,
      int wOffset,
      int ldw,
      float[] dx,
      int dxOffset,
      boolean skipZeros) {
    for (int i = 0; i < in; i++) {
      float xi = x[xOffset + i];
      if (skipZeros && xi == 0) {
        dx[dxOffset + i] = 0;
      } else {
        dx[dxOffset + i] = dot(out, dy, dyOffset, w, wOffset + i * ldw);
        axpy(out, a * xi, dy, dyOffset, w, wOffset + i * ldw);
      }
    }
  }

  @Override
  public int gemmWork(int rows, int in, int out) {
    return 0;
  }

  @Override
  public int gemmNTWork(int rows, int in, int out) {
    return 0;
  }

  @Override
  public int gemmTNWork(int rows, int in, int out) {
    return 0;
  }

  @Override
  public void gemm(
      int rows,
      int in,
      int out,
      float[] x,
      int xOffset,
      int ldx,
      float[] w,
      int wOffset,
      int ldw,
      float[] y,
      int yOffset,
      int ldy,
      float[] work,
      int workOffset) {
    ScalarProducts.gemm(rows, in, out, x, xOffset, ldx, w, wOffset, ldw, y, yOffset, ldy);
  }

  @Override
  public void gemmNT(
      int rows,
      int in,
      int out,
      float[] dy,
      int dyOffset,
      int lddy,
      float[] w,
      int wOffset,
      int ldw,
      float[] dx,
      int dxOffset,
      int lddx,
      float[] work,
      int workOffset) {
    ScalarProducts.gemmNT(rows, in, out, dy, dyOffset, lddy, w, wOffset, ldw, dx, dxOffset, lddx);
  }

  @Override
  public void gemmTN(
      int rows,
      int in,
      int out,
      float a,
      float[] x,
      int xOffset,
      int ldx,
      float[] dy,
      int dyOffset,
      int lddy,
      float[] w,
      int wOffset,
      int ldw,
      float[] work,
      int workOffset) {
    ScalarProducts.gemmTN(rows, in, out, a, x, xOffset, ldx, dy, dyOffset, lddy, w, wOffset, ldw);
  }

  @Override
  public void activate(Activation f, int n, float[] x, int xOffset, float[] y, int yOffset) {
    if (f.kind() == Activation.Kind.SOFTMAX) {
      softmax(n, x, xOffset, y, yOffset);
      return;
    }
    for (int j = 0; j < n; j++) {
      y[yOffset + j] = ScalarActivations.value(f, x[xOffset + j]);
    }
  }

  private void softmax(int n, float[] x, int xOffset, float[] y, int yOffset) {
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
  public void activationGradient(
      Activation f, int n, float[] xOrY, int offset, float[] dy, int dyOffset) {
    if (f.kind() == Activation.Kind.SOFTMAX) {
      float mean = dot(n, xOrY, offset, dy, dyOffset);
      for (int j = 0; j < n; j++) {
        dy[dyOffset + j] = xOrY[offset + j] * (dy[dyOffset + j] - mean);
      }
      return;
    }
    for (int j = 0; j < n; j++) {
      dy[dyOffset + j] = ScalarActivations.gradient(f, xOrY[offset + j], dy[dyOffset + j]);
    }
  }

  @Override
  public void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int j = 0; j < n; j++) {
      y[yOffset + j] = ScalarMath.exp(x[xOffset + j]);
    }
  }

  @Override
  public void log(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int j = 0; j < n; j++) {
      y[yOffset + j] = ScalarLogarithms.log(x[xOffset + j]);
    }
  }

  @Override
  public void erf(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int j = 0; j < n; j++) {
      y[yOffset + j] = ScalarErf.erf(x[xOffset + j]);
    }
  }

  @Override
  public double softmaxCrossEntropy(
      int n, float[] z, int zOffset, float[] t, int tOffset, float a, float[] dz, int dzOffset) {
    float max = max(n, z, zOffset);
    for (int j = 0; j < n; j++) {
      dz[dzOffset + j] = z[zOffset + j] - max;
    }
    float picked = dot(n, t, tOffset, dz, dzOffset);
    float total = sum(n, t, tOffset);
    exp(n, dz, dzOffset, dz, dzOffset);
    float sum = sum(n, dz, dzOffset);
    for (int j = 0; j < n; j++) {
      dz[dzOffset + j] = fma(dz[dzOffset + j] / sum, total, -t[tOffset + j]) * a;
    }
    return StrictMath.log(sum) * total - picked;
  }
}
