package dev.lanewise.internal.vector;

import static dev.lanewise.internal.simd.Lanes.LANES;
import static dev.lanewise.internal.simd.Lanes.PARTS;

import dev.lanewise.internal.gemm.Gemm;
import dev.lanewise.internal.scalar.ScalarKernels;
import dev.lanewise.internal.simd.Lanes;
import dev.lanewise.internal.simd.VectorElu;
import dev.lanewise.internal.simd.VectorErf;
import dev.lanewise.internal.simd.VectorGates;
import dev.lanewise.internal.simd.VectorLogarithms;
import dev.lanewise.internal.simd.VectorMath;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Activation;
import java.util.Arrays;

/**
 * The kernels on the Vector API. Operands are not looked at: they fit, or have been checked.
 *
 * <p>Where the machine stores no part of a vector, the reference does what is left over.
 */
public final class VectorKernels implements Kernels {
  private static final ScalarKernels REFERENCE = new ScalarKernels();

  @Override
  public float dot(int n, float[] x, int xOffset, float[] y, int yOffset) {
    return Level1.dot(n, x, xOffset, y, yOffset);
  }

  @Override
  public float sum(int n, float[] x, int xOffset) {
    return Level1.sum(n, x, xOffset);
  }

  @Override
  public float max(int n, float[] x, int xOffset) {
    return Level1.max(n, x, xOffset);
  }

  @Override
  public void axpy(int n, float a, float[] x, int xOffset, float[] y, int yOffset) {
    Level1.axpy(n, a, x, xOffset, y, yOffset);
  }

  @Override
  public void scale(int n, float a, float[] x, int xOffset) {
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
    if (out < LANES && PARTS) {
      Gemv.masked(in, out, x, xOffset, w, wOffset, ldw, y, yOffset);
    } else if (out < LANES) {
      REFERENCE.gemv(in, out, x, xOffset, w, wOffset, ldw, y, yOffset);
    } else if (out <= 4 * LANES) {
      Gemv.narrow(in, out, x, xOffset, w, wOffset, ldw, y, yOffset);
    } else {
      Gemv.wide(in, out, x, xOffset, w, wOffset, ldw, y, yOffset);
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
    for (int i0 = 0; i0 < in; i0 += NonZero.BLOCK) {
      long left = NonZero.bits(Math.min(NonZero.BLOCK, in - i0), x, xOffset + i0);
      while (left != 0) {
        int i = i0 + Long.numberOfTrailingZeros(left);
        left &= left - 1;
        Level1.axpy(out, a * x[xOffset + i], y, yOffset, w, wOffset + i * ldw);
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
    if (skipZeros) {
      Arrays.fill(dx, dxOffset, dxOffset + in, 0);
    }
    boolean fours = LANES == 16 && out % LANES == 0;
    for (int i0 = 0; i0 < in; i0 += NonZero.BLOCK) {
      int xAt = xOffset + i0;
      int wAt = wOffset + i0 * ldw;
      int dxAt = dxOffset + i0;
      int n = Math.min(NonZero.BLOCK, in - i0);
      long left = skipZeros ? NonZero.bits(n, x, xAt) : NonZero.all(n);
      while (fours && Long.bitCount(left) >= 4) {
        int r0 = Long.numberOfTrailingZeros(left);
        left &= left - 1;
        int r1 = Long.numberOfTrailingZeros(left);
        left &= left - 1;
        int r2 = Long.numberOfTrailingZeros(left);
        left &= left - 1;
        int r3 = Long.numberOfTrailingZeros(left);
        left &= left - 1;
        GemvGer.fourRows(out, a, x, xAt, dy, dyOffset, w, wAt, ldw, dx, dxAt, r0, r1, r2, r3);
      }
      while (left != 0) {
        int i = Long.numberOfTrailingZeros(left);
        left &= left - 1;
        dx[dxAt + i] = GemvGer.row(out, a * x[xAt + i], dy, dyOffset, w, wAt + i * ldw);
      }
    }
  }

  @Override
  public int gemmWork(int rows, int in, int out) {
    return Gemm.productWork(rows, out, in);
  }

  @Override
  public int gemmNTWork(int rows, int in, int out) {
    return Gemm.inputGradientWork(rows, in, out);
  }

  @Override
  public int gemmTNWork(int rows, int in, int out) {
    return Gemm.weightGradientWork(in, out, rows);
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
    Gemm.product(
        rows, out, in, x, xOffset, ldx, w, wOffset, ldw, y, yOffset, ldy, work, workOffset);
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
    Gemm.inputGradient(
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
    Gemm.weightGradient(
        in, out, rows, x, xOffset, ldx, dy, dyOffset, lddy, a, w, wOffset, ldw, work, workOffset);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // Only the same array needs no copy.
  public void activate(Activation f, int n, float[] x, int xOffset, float[] y, int yOffset) {
    int m = f.kind() == Activation.Kind.SOFTMAX ? n : Lanes.inVectors(n);
    switch (f.kind()) {
      case IDENTITY -> {
        if (x != y || xOffset != yOffset) {
          System.arraycopy(x, xOffset, y, yOffset, m);
        }
      }
      case RELU -> Elementwise.relu(m, x, xOffset, y, yOffset);
      case SIGMOID -> VectorMath.sigmoid(m, x, xOffset, y, yOffset);
      case TANH -> VectorMath.tanh(m, x, xOffset, y, yOffset);
      case LEAKY_RELU -> Elementwise.leakyRelu(m, f.parameter(), x, xOffset, y, yOffset);
      case ELU -> VectorElu.elu(m, 1, f.parameter(), x, xOffset, y, yOffset);
      case SELU -> VectorElu.selu(m, x, xOffset, y, yOffset);
      case GELU -> VectorErf.gelu(m, x, xOffset, y, yOffset);
      case GELU_TANH -> VectorGates.geluTanh(m, x, xOffset, y, yOffset);
      case SILU -> VectorGates.silu(m, x, xOffset, y, yOffset);
      case SOFTPLUS -> VectorLogarithms.softplus(m, x, xOffset, y, yOffset);
      case SOFTMAX -> Softmax.forward(m, x, xOffset, y, yOffset);
    }
    if (m < n) {
      REFERENCE.activate(f, n - m, x, xOffset + m, y, yOffset + m);
    }
  }

  @Override
  public void activationGradient(
      Activation f, int n, float[] xOrY, int offset, float[] dy, int dyOffset) {
    int m = f.kind() == Activation.Kind.SOFTMAX ? n : Lanes.inVectors(n);
    switch (f.kind()) {
      case IDENTITY -> {}
      case RELU -> Elementwise.reluGradient(m, xOrY, offset, dy, dyOffset);
      case SIGMOID -> Elementwise.sigmoidGradient(m, xOrY, offset, dy, dyOffset);
      case TANH -> Elementwise.tanhGradient(m, xOrY, offset, dy, dyOffset);
      case LEAKY_RELU ->
          Elementwise.leakyReluGradient(m, f.parameter(), xOrY, offset, dy, dyOffset);
      case ELU -> VectorElu.eluGradient(m, 1, f.parameter(), xOrY, offset, dy, dyOffset);
      case SELU -> VectorElu.seluGradient(m, xOrY, offset, dy, dyOffset);
      case GELU -> VectorErf.geluGradient(m, xOrY, offset, dy, dyOffset);
      case GELU_TANH -> VectorGates.geluTanhGradient(m, xOrY, offset, dy, dyOffset);
      case SILU -> VectorGates.siluGradient(m, xOrY, offset, dy, dyOffset);
      case SOFTPLUS -> VectorElu.softplusGradient(m, xOrY, offset, dy, dyOffset);
      case SOFTMAX -> Softmax.gradient(m, xOrY, offset, dy, dyOffset);
    }
    if (m < n) {
      REFERENCE.activationGradient(f, n - m, xOrY, offset + m, dy, dyOffset + m);
    }
  }

  @Override
  public void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
    Elementwise.exp(n, x, xOffset, y, yOffset);
  }

  @Override
  public void log(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int m = Lanes.inVectors(n);
    VectorLogarithms.log(m, x, xOffset, y, yOffset);
    if (m < n) {
      REFERENCE.log(n - m, x, xOffset + m, y, yOffset + m);
    }
  }

  @Override
  public void erf(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int m = Lanes.inVectors(n);
    VectorErf.erf(m, x, xOffset, y, yOffset);
    if (m < n) {
      REFERENCE.erf(n - m, x, xOffset + m, y, yOffset + m);
    }
  }

  @Override
  public double softmaxCrossEntropy(
      int n, float[] z, int zOffset, float[] t, int tOffset, float a, float[] dz, int dzOffset) {
    return Softmax.crossEntropy(n, z, zOffset, t, tOffset, a, dz, dzOffset);
  }
}
