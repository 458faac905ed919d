package dev.lanewise.internal.checked;

import dev.lanewise.kernel.UpdateKernels;

/** The door to the kernels of optimizers, as {@link CheckedKernels} is to the others. */
public final class CheckedUpdates implements UpdateKernels {
  private final UpdateKernels kernels;

  /** Checks what these kernels are given. */
  public CheckedUpdates(UpdateKernels kernels) {
    this.kernels = kernels;
  }

  @Override
  public void decay(int n, float factor, float[] w, int wOffset) {
    Bounds.vector("w", n, w, wOffset);
    kernels.decay(n, factor, w, wOffset);
  }

  @Override
  public void penalize(
      int n, float l1, float l2, float[] w, int wOffset, float[] dw, int dwOffset) {
    Bounds.vector("w", n, w, wOffset);
    Bounds.vector("dw", n, dw, dwOffset);
    kernels.penalize(n, l1, l2, w, wOffset, dw, dwOffset);
  }

  @Override
  public void clip(int n, float limit, float[] dw, int dwOffset) {
    Bounds.vector("dw", n, dw, dwOffset);
    kernels.clip(n, limit, dw, dwOffset);
  }

  @Override
  public void sgd(int n, float rate, float[] dw, int dwOffset, float[] w, int wOffset) {
    Bounds.vector("dw", n, dw, dwOffset);
    Bounds.vector("w", n, w, wOffset);
    kernels.sgd(n, rate, dw, dwOffset, w, wOffset);
  }

  @Override
  public void momentum(
      int n,
      float rate,
      float momentum,
      boolean nesterov,
      float[] dw,
      int dwOffset,
      float[] v,
      int vOffset,
      float[] w,
      int wOffset) {
    Bounds.vector("dw", n, dw, dwOffset);
    Bounds.vector("v", n, v, vOffset);
    Bounds.vector("w", n, w, wOffset);
    kernels.momentum(n, rate, momentum, nesterov, dw, dwOffset, v, vOffset, w, wOffset);
  }

  @Override
  public void lion(
      int n,
      float rate,
      float beta1,
      float beta2,
      float[] dw,
      int dwOffset,
      float[] m,
      int mOffset,
      float[] w,
      int wOffset) {
    Bounds.vector("dw", n, dw, dwOffset);
    Bounds.vector("m", n, m, mOffset);
    Bounds.vector("w", n, w, wOffset);
    kernels.lion(n, rate, beta1, beta2, dw, dwOffset, m, mOffset, w, wOffset);
  }

  @Override
  public void adam(
      int n,
      float rate,
      float beta1,
      float beta2,
      float epsilon,
      float correction1,
      float correction2,
      float[] dw,
      int dwOffset,
      float[] m,
      int mOffset,
      float[] v,
      int vOffset,
      float[] w,
      int wOffset) {
    Bounds.vector("dw", n, dw, dwOffset);
    Bounds.vector("m", n, m, mOffset);
    Bounds.vector("v", n, v, vOffset);
    Bounds.vector("w", n, w, wOffset);
    kernels.adam(
        n,
        rate,
        beta1,
        beta2,
        epsilon,
        correction1,
        correction2,
        dw,
        dwOffset,
        m,
        mOffset,
        v,
        vOffset,
        w,
        wOffset);
  }

  @Override
  public void rmsProp(
      int n,
      float rate,
      float alpha,
      float epsilon,
      float momentum,
      boolean centered,
      float[] dw,
      int dwOffset,
      float[] square,
      int squareOffset,
      float[] mean,
      int meanOffset,
      float[] velocity,
      int velocityOffset,
      float[] w,
      int wOffset) {
    Bounds.vector("dw", n, dw, dwOffset);
    Bounds.vector("square", n, square, squareOffset);
    if (centered) {
      Bounds.vector("mean", n, mean, meanOffset);
    }
    if (momentum != 0) {
      Bounds.vector("velocity", n, velocity, velocityOffset);
    }
    Bounds.vector("w", n, w, wOffset);
    kernels.rmsProp(
        n,
        rate,
        alpha,
        epsilon,
        momentum,
        centered,
        dw,
        dwOffset,
        square,
        squareOffset,
        mean,
        meanOffset,
        velocity,
        velocityOffset,
        w,
        wOffset);
  }

  @Override
  public void adaGrad(
      int n,
      float rate,
      float epsilon,
      float[] dw,
      int dwOffset,
      float[] sum,
      int sumOffset,
      float[] w,
      int wOffset) {
    Bounds.vector("dw", n, dw, dwOffset);
    Bounds.vector("sum", n, sum, sumOffset);
    Bounds.vector("w", n, w, wOffset);
    kernels.adaGrad(n, rate, epsilon, dw, dwOffset, sum, sumOffset, w, wOffset);
  }
}
