package dev.lanewise.internal.vector;

/** The outer product, added to those rows of a matrix whose input is not zero. */
final class Ger {
  private Ger() {}

  static void add(
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
}
