package dev.lanewise.internal.vector;

import static dev.lanewise.internal.scalar.Fma.fma;
import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;
import static dev.lanewise.internal.simd.Lanes.PARTS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** A row vector times a matrix, as sums of those rows of the matrix whose input is not zero. */
final class Gemv {
  private Gemv() {}

  static void masked(
      int in,
      int out,
      float[] x,
      int xOffset,
      float[] w,
      int wOffset,
      int ldw,
      float[] y,
      int yOffset) {
    VectorMask<Float> mask = F.indexInRange(0, out);
    FloatVector sum = FloatVector.fromArray(F, y, yOffset, mask);
    for (int i0 = 0; i0 < in; i0 += NonZero.BLOCK) {
      long left = NonZero.bits(Math.min(NonZero.BLOCK, in - i0), x, xOffset + i0);
      while (left != 0) {
        int i = i0 + Long.numberOfTrailingZeros(left);
        left &= left - 1;
        FloatVector row = FloatVector.fromArray(F, w, wOffset + i * ldw, mask);
        sum = row.fma(FloatVector.broadcast(F, x[xOffset + i]), sum);
      }
    }
    sum.add(0f).intoArray(y, yOffset, mask);
  }

  /**
   * One to four vectors of sums stay in registers. Where there are fewer than four, some are the
   * last one again: the chains wait for their own latency anyway, so these cost nothing.
   */
  static void narrow(
      int in,
      int out,
      float[] x,
      int xOffset,
      float[] w,
      int wOffset,
      int ldw,
      float[] y,
      int yOffset) {
    int last = out - LANES;
    int j1 = Math.min(LANES, last);
    int j2 = Math.min(2 * LANES, last);
    FloatVector s0 = FloatVector.fromArray(F, y, yOffset);
    FloatVector s1 = FloatVector.fromArray(F, y, yOffset + j1);
    FloatVector s2 = FloatVector.fromArray(F, y, yOffset + j2);
    FloatVector s3 = FloatVector.fromArray(F, y, yOffset + last);
    for (int i0 = 0; i0 < in; i0 += NonZero.BLOCK) {
      long left = NonZero.bits(Math.min(NonZero.BLOCK, in - i0), x, xOffset + i0);
      while (left != 0) {
        int i = i0 + Long.numberOfTrailingZeros(left);
        left &= left - 1;
        int row = wOffset + i * ldw;
        FloatVector xi = FloatVector.broadcast(F, x[xOffset + i]);
        s0 = xi.fma(FloatVector.fromArray(F, w, row), s0);
        s1 = xi.fma(FloatVector.fromArray(F, w, row + j1), s1);
        s2 = xi.fma(FloatVector.fromArray(F, w, row + j2), s2);
        s3 = xi.fma(FloatVector.fromArray(F, w, row + last), s3);
      }
    }
    s0.add(0f).intoArray(y, yOffset);
    s1.add(0f).intoArray(y, yOffset + j1);
    s2.add(0f).intoArray(y, yOffset + j2);
    s3.add(0f).intoArray(y, yOffset + last);
  }

  /** Four rows a pass, so that each load and store of a sum serves four products. */
  static void wide(
      int in,
      int out,
      float[] x,
      int xOffset,
      float[] w,
      int wOffset,
      int ldw,
      float[] y,
      int yOffset) {
    for (int i0 = 0; i0 < in; i0 += NonZero.BLOCK) {
      int xAt = xOffset + i0;
      int wAt = wOffset + i0 * ldw;
      long left = NonZero.bits(Math.min(NonZero.BLOCK, in - i0), x, xAt);
      while (Long.bitCount(left) >= 4) {
        int r0 = Long.numberOfTrailingZeros(left);
        left &= left - 1;
        int r1 = Long.numberOfTrailingZeros(left);
        left &= left - 1;
        int r2 = Long.numberOfTrailingZeros(left);
        left &= left - 1;
        int r3 = Long.numberOfTrailingZeros(left);
        left &= left - 1;
        fourRows(
            out,
            x[xAt + r0],
            x[xAt + r1],
            x[xAt + r2],
            x[xAt + r3],
            w,
            wAt + r0 * ldw,
            wAt + r1 * ldw,
            wAt + r2 * ldw,
            wAt + r3 * ldw,
            y,
            yOffset);
      }
      while (left != 0) {
        int i = Long.numberOfTrailingZeros(left);
        left &= left - 1;
        Level1.axpy(out, x[xAt + i], w, wAt + i * ldw, y, yOffset);
      }
    }
    for (int j = 0; j < out; j += LANES) {
      int at = yOffset + Math.min(j, out - LANES);
      FloatVector.fromArray(F, y, at).add(0f).intoArray(y, at);
    }
  }

  private static void fourRows(
      int out,
      float x0,
      float x1,
      float x2,
      float x3,
      float[] w,
      int w0,
      int w1,
      int w2,
      int w3,
      float[] y,
      int yOffset) {
    FloatVector v0 = FloatVector.broadcast(F, x0);
    FloatVector v1 = FloatVector.broadcast(F, x1);
    FloatVector v2 = FloatVector.broadcast(F, x2);
    FloatVector v3 = FloatVector.broadcast(F, x3);
    int j = 0;
    for (; j <= out - LANES; j += LANES) {
      FloatVector sum = FloatVector.fromArray(F, y, yOffset + j);
      sum = v0.fma(FloatVector.fromArray(F, w, w0 + j), sum);
      sum = v1.fma(FloatVector.fromArray(F, w, w1 + j), sum);
      sum = v2.fma(FloatVector.fromArray(F, w, w2 + j), sum);
      sum = v3.fma(FloatVector.fromArray(F, w, w3 + j), sum);
      sum.intoArray(y, yOffset + j);
    }
    if (PARTS && j < out) {
      VectorMask<Float> mask = F.indexInRange(j, out);
      FloatVector sum = FloatVector.fromArray(F, y, yOffset + j, mask);
      sum = v0.fma(FloatVector.fromArray(F, w, w0 + j, mask), sum);
      sum = v1.fma(FloatVector.fromArray(F, w, w1 + j, mask), sum);
      sum = v2.fma(FloatVector.fromArray(F, w, w2 + j, mask), sum);
      sum = v3.fma(FloatVector.fromArray(F, w, w3 + j, mask), sum);
      sum.intoArray(y, yOffset + j, mask);
    }
    for (; !PARTS && j < out; j++) {
      float sum = fma(x0, w[w0 + j], y[yOffset + j]);
      sum = fma(x1, w[w1 + j], sum);
      sum = fma(x2, w[w2 + j], sum);
      y[yOffset + j] = fma(x3, w[w3 + j], sum);
    }
  }
}
