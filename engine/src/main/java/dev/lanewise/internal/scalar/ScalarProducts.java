package dev.lanewise.internal.scalar;

import static dev.lanewise.internal.scalar.Fma.fma;

/**
 * The three matrix products. Each number is one chain of fused multiply-adds in the order of the
 * summed index, as in the plain loop behind each method's last columns. But a chain waits for its
 * multiply-add, so eight of them run beside each other: that is four to five times as fast, and the
 * compilers of HotSpot do not do it by themselves, since arrays might overlap.
 */
final class ScalarProducts {
  private static final int CHAINS = 8;

  private ScalarProducts() {}

  /** Adds {@code x w} to {@code y}. */
  static void gemm(
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
    for (int r = 0; r < rows; r++) {
      int xAt = xOffset + r * ldx;
      int yAt = yOffset + r * ldy;
      int j = 0;
      for (; j + CHAINS <= out; j += CHAINS) {
        int at = yAt + j;
        float s0 = y[at];
        float s1 = y[at + 1];
        float s2 = y[at + 2];
        float s3 = y[at + 3];
        float s4 = y[at + 4];
        float s5 = y[at + 5];
        float s6 = y[at + 6];
        float s7 = y[at + 7];
        for (int i = 0; i < in; i++) {
          float xi = x[xAt + i];
          int wAt = wOffset + i * ldw + j;
          s0 = fma(xi, w[wAt], s0);
          s1 = fma(xi, w[wAt + 1], s1);
          s2 = fma(xi, w[wAt + 2], s2);
          s3 = fma(xi, w[wAt + 3], s3);
          s4 = fma(xi, w[wAt + 4], s4);
          s5 = fma(xi, w[wAt + 5], s5);
          s6 = fma(xi, w[wAt + 6], s6);
          s7 = fma(xi, w[wAt + 7], s7);
        }
        y[at] = s0 + 0f;
        y[at + 1] = s1 + 0f;
        y[at + 2] = s2 + 0f;
        y[at + 3] = s3 + 0f;
        y[at + 4] = s4 + 0f;
        y[at + 5] = s5 + 0f;
        y[at + 6] = s6 + 0f;
        y[at + 7] = s7 + 0f;
      }
      for (; j < out; j++) {
        float sum = y[yAt + j];
        for (int i = 0; i < in; i++) {
          sum = fma(x[xAt + i], w[wOffset + i * ldw + j], sum);
        }
        y[yAt + j] = sum + 0f;
      }
    }
  }

  /** Sets {@code dx} to {@code dy wT}. */
  static void gemmNT(
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
      int lddx) {
    for (int r = 0; r < rows; r++) {
      int dyAt = dyOffset + r * lddy;
      int dxAt = dxOffset + r * lddx;
      int i = 0;
      for (; i + CHAINS <= in; i += CHAINS) {
        int w0 = wOffset + i * ldw;
        int w1 = wOffset + (i + 1) * ldw;
        int w2 = wOffset + (i + 2) * ldw;
        int w3 = wOffset + (i + 3) * ldw;
        int w4 = wOffset + (i + 4) * ldw;
        int w5 = wOffset + (i + 5) * ldw;
        int w6 = wOffset + (i + 6) * ldw;
        int w7 = wOffset + (i + 7) * ldw;
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        for (int j = 0; j < out; j++) {
          float d = dy[dyAt + j];
          s0 = fma(d, w[w0 + j], s0);
          s1 = fma(d, w[w1 + j], s1);
          s2 = fma(d, w[w2 + j], s2);
          s3 = fma(d, w[w3 + j], s3);
          s4 = fma(d, w[w4 + j], s4);
          s5 = fma(d, w[w5 + j], s5);
          s6 = fma(d, w[w6 + j], s6);
          s7 = fma(d, w[w7 + j], s7);
        }
        dx[dxAt + i] = s0 + 0f;
        dx[dxAt + i + 1] = s1 + 0f;
        dx[dxAt + i + 2] = s2 + 0f;
        dx[dxAt + i + 3] = s3 + 0f;
        dx[dxAt + i + 4] = s4 + 0f;
        dx[dxAt + i + 5] = s5 + 0f;
        dx[dxAt + i + 6] = s6 + 0f;
        dx[dxAt + i + 7] = s7 + 0f;
      }
      for (; i < in; i++) {
        float sum = 0;
        for (int j = 0; j < out; j++) {
          sum = fma(dy[dyAt + j], w[wOffset + i * ldw + j], sum);
        }
        dx[dxAt + i] = sum + 0f;
      }
    }
  }

  /** Adds {@code a (xT dy)} to {@code w}. */
  static void gemmTN(
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
    for (int i = 0; i < in; i++) {
      int xAt = xOffset + i;
      int wAt = wOffset + i * ldw;
      int j = 0;
      for (; j + CHAINS <= out; j += CHAINS) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        for (int r = 0; r < rows; r++) {
          float xi = x[xAt + r * ldx];
          int dyAt = dyOffset + r * lddy + j;
          s0 = fma(xi, dy[dyAt], s0);
          s1 = fma(xi, dy[dyAt + 1], s1);
          s2 = fma(xi, dy[dyAt + 2], s2);
          s3 = fma(xi, dy[dyAt + 3], s3);
          s4 = fma(xi, dy[dyAt + 4], s4);
          s5 = fma(xi, dy[dyAt + 5], s5);
          s6 = fma(xi, dy[dyAt + 6], s6);
          s7 = fma(xi, dy[dyAt + 7], s7);
        }
        int at = wAt + j;
        w[at] = fma(a, s0, w[at]);
        w[at + 1] = fma(a, s1, w[at + 1]);
        w[at + 2] = fma(a, s2, w[at + 2]);
        w[at + 3] = fma(a, s3, w[at + 3]);
        w[at + 4] = fma(a, s4, w[at + 4]);
        w[at + 5] = fma(a, s5, w[at + 5]);
        w[at + 6] = fma(a, s6, w[at + 6]);
        w[at + 7] = fma(a, s7, w[at + 7]);
      }
      for (; j < out; j++) {
        float sum = 0;
        for (int r = 0; r < rows; r++) {
          sum = fma(x[xAt + r * ldx], dy[dyOffset + r * lddy + j], sum);
        }
        w[wAt + j] = fma(a, sum, w[wAt + j]);
      }
    }
  }
}
