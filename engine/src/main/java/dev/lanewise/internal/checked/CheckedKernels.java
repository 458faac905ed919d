package dev.lanewise.internal.checked;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Activation;
import java.util.Objects;

/**
 * The door to the kernels for those who bring their own arrays: every operand is checked here, and
 * nowhere behind it. A training step, whose operands fit by construction, does not come this way.
 */
public final class CheckedKernels implements Kernels {
  private final Kernels kernels;

  /** Checks what these kernels are given. */
  public CheckedKernels(Kernels kernels) {
    this.kernels = kernels;
  }

  @Override
  public float dot(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    return kernels.dot(n, x, xOffset, y, yOffset);
  }

  @Override
  public float sum(int n, float[] x, int xOffset) {
    Bounds.vector("x", n, x, xOffset);
    return kernels.sum(n, x, xOffset);
  }

  @Override
  public float max(int n, float[] x, int xOffset) {
    Bounds.vector("x", n, x, xOffset);
    return kernels.max(n, x, xOffset);
  }

  @Override
  public void axpy(int n, float a, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    kernels.axpy(n, a, x, xOffset, y, yOffset);
  }

  @Override
  public void scale(int n, float a, float[] x, int xOffset) {
    Bounds.vector("x", n, x, xOffset);
    kernels.scale(n, a, x, xOffset);
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
    Bounds.vector("x", in, x, xOffset);
    Bounds.matrix("w", in, out, w, wOffset, ldw);
    Bounds.vector("y", out, y, yOffset);
    kernels.gemv(in, out, x, xOffset, w, wOffset, ldw, y, yOffset);
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
    Bounds.vector("x", in, x, xOffset);
    Bounds.vector("y", out, y, yOffset);
    Bounds.matrix("w", in, out, w, wOffset, ldw);
    kernels.ger(in, out, a, x, xOffset, y, yOffset, w, wOffset, ldw);
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
    Bounds.vector("x", in, x, xOffset);
    Bounds.vector("dy", out, dy, dyOffset);
    Bounds.matrix("w", in, out, w, wOffset, ldw);
    Bounds.vector("dx", in, dx, dxOffset);
    kernels.gemvGer(in, out, a, x, xOffset, dy, dyOffset, w, wOffset, ldw, dx, dxOffset, skipZeros);
  }

  @Override
  public int gemmWork(int rows, int in, int out) {
    return kernels.gemmWork(rows, in, out);
  }

  @Override
  public int gemmNTWork(int rows, int in, int out) {
    return kernels.gemmNTWork(rows, in, out);
  }

  @Override
  public int gemmTNWork(int rows, int in, int out) {
    return kernels.gemmTNWork(rows, in, out);
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
    Bounds.matrix("x", rows, in, x, xOffset, ldx);
    Bounds.matrix("w", in, out, w, wOffset, ldw);
    Bounds.matrix("y", rows, out, y, yOffset, ldy);
    Bounds.vector("work", kernels.gemmWork(rows, in, out), work, workOffset);
    kernels.gemm(
        rows, in, out, x, xOffset, ldx, w, wOffset, ldw, y, yOffset, ldy, work, workOffset);
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
    Bounds.matrix("dy", rows, out, dy, dyOffset, lddy);
    Bounds.matrix("w", in, out, w, wOffset, ldw);
    Bounds.matrix("dx", rows, in, dx, dxOffset, lddx);
    Bounds.vector("work", kernels.gemmNTWork(rows, in, out), work, workOffset);
    kernels.gemmNT(
        rows, in, out, dy, dyOffset, lddy, w, wOffset, ldw, dx, dxOffset, lddx, work, workOffset);
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
    Bounds.matrix("x", rows, in, x, xOffset, ldx);
    Bounds.matrix("dy", rows, out, dy, dyOffset, lddy);
    Bounds.matrix("w", in, out, w, wOffset, ldw);
    Bounds.vector("work", kernels.gemmTNWork(rows, in, out), work, workOffset);
    kernels.gemmTN(
        rows, in, out, a, x, xOffset, ldx, dy, dyOffset, lddy, w, wOffset, ldw, work, workOffset);
  }

  @Override
  public void activate(Activation f, int n, float[] x, int xOffset, float[] y, int yOffset) {
    Objects.requireNonNull(f, "f");
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    kernels.activate(f, n, x, xOffset, y, yOffset);
  }

  @Override
  public void activationGradient(
      Activation f, int n, float[] xOrY, int offset, float[] dy, int dyOffset) {
    Objects.requireNonNull(f, "f");
    Bounds.vector("xOrY", n, xOrY, offset);
    Bounds.vector("dy", n, dy, dyOffset);
    kernels.activationGradient(f, n, xOrY, offset, dy, dyOffset);
  }

  @Override
  public void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    kernels.exp(n, x, xOffset, y, yOffset);
  }

  @Override
  public void log(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    kernels.log(n, x, xOffset, y, yOffset);
  }

  @Override
  public void erf(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    kernels.erf(n, x, xOffset, y, yOffset);
  }

  @Override
  public double softmaxCrossEntropy(
      int n, float[] z, int zOffset, float[] t, int tOffset, float a, float[] dz, int dzOffset) {
    Bounds.vector("z", n, z, zOffset);
    Bounds.vector("t", n, t, tOffset);
    Bounds.vector("dz", n, dz, dzOffset);
    return kernels.softmaxCrossEntropy(n, z, zOffset, t, tOffset, a, dz, dzOffset);
  }
}
