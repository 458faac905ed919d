package dev.lanewise.internal.vector;

import static dev.lanewise.internal.simd.Lanes.LANES;

import dev.lanewise.internal.gemm.Gemm;
import dev.lanewise.internal.gemm.Transpose;
import dev.lanewise.kernel.Bounds;
import dev.lanewise.kernel.Kernels;
import java.util.Arrays;

/** The kernels on the Vector API: checks the operands, then hands over to static methods. */
public final class VectorKernels extends VectorActivations implements Kernels {
  /** To transpose a number takes as long as about so many multiply-adds in a product. */
  private static final int MOVE = 10;

  @Override
  public float dot(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    return Level1.dot(n, x, xOffset, y, yOffset);
  }

  @Override
  public float sum(int n, float[] x, int xOffset) {
    Bounds.vector("x", n, x, xOffset);
    return Level1.sum(n, x, xOffset);
  }

  @Override
  public float max(int n, float[] x, int xOffset) {
    Bounds.vector("x", n, x, xOffset);
    return Level1.max(n, x, xOffset);
  }

  @Override
  public void axpy(int n, float a, float[] x, int xOffset, float[] y, int yOffset) {
    Bounds.vector("x", n, x, xOffset);
    Bounds.vector("y", n, y, yOffset);
    Level1.axpy(n, a, x, xOffset, y, yOffset);
  }

  @Override
  public void scale(int n, float a, float[] x, int xOffset) {
    Bounds.vector("x", n, x, xOffset);
    Level1.scale(n, a, x, xOffset);
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
    Gemv.add(in, out, x, xOffset, w, wOffset, ldw, y, yOffset);
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
    Ger.add(in, out, a, x, xOffset, y, yOffset, w, wOffset, ldw);
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
    GemvGer.run(in, out, a, x, xOffset, dy, dyOffset, w, wOffset, ldw, dx, dxOffset, skipZeros);
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
      int ldy) {
    Bounds.matrix("x", rows, in, x, xOffset, ldx);
    Bounds.matrix("w", in, out, w, wOffset, ldw);
    Bounds.matrix("y", rows, out, y, yOffset, ldy);
    Gemm.product(rows, out, in, x, xOffset, ldx, w, wOffset, ldw, y, yOffset, ldy);
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
    Bounds.matrix("work", out, in, work, workOffset, in);
    // Lanes run over rows, the last vector's in part in vain, or over inputs, with w transposed.
    int lanes = (rows + LANES - 1) / LANES * LANES;
    long weights = (long) in * out;
    if (lanes * (weights + (long) MOVE * (in + out)) <= weights * (rows + MOVE)) {
      int dxAt = workOffset + lanes * out;
      Transpose.run(rows, out, dy, dyOffset, lddy, work, workOffset, lanes);
      Arrays.fill(work, dxAt, dxAt + lanes * in, 0);
      Gemm.product(in, lanes, out, w, wOffset, ldw, work, workOffset, lanes, work, dxAt, lanes);
      Transpose.run(in, rows, work, dxAt, lanes, dx, dxOffset, lddx);
    } else {
      Transpose.run(in, out, w, wOffset, ldw, work, workOffset, in);
      if (lddx == in) {
        Arrays.fill(dx, dxOffset, dxOffset + rows * in, 0);
      } else {
        for (int r = 0; r < rows; r++) {
          Arrays.fill(dx, dxOffset + r * lddx, dxOffset + r * lddx + in, 0);
        }
      }
      Gemm.product(rows, in, out, dy, dyOffset, lddy, work, workOffset, in, dx, dxOffset, lddx);
    }
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
      int ldw) {
    Bounds.matrix("x", rows, in, x, xOffset, ldx);
    Bounds.matrix("dy", rows, out, dy, dyOffset, lddy);
    Bounds.matrix("w", in, out, w, wOffset, ldw);
    Gemm.update(in, out, rows, x, xOffset, ldx, dy, dyOffset, lddy, a, w, wOffset, ldw);
  }
}
