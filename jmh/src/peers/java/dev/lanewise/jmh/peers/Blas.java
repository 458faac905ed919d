package dev.lanewise.jmh.peers;

import java.lang.foreign.MemorySegment;

/**
 * A library of products, with a training step of our own around it. Matrices are row-major and
 * dense; {@code op(a)} is {@code a} or {@code a} transposed.
 */
interface Blas extends Library {
  /** Returns room for so many floats, all zero, where this library likes it best. */
  MemorySegment allocate(int floats);

  /** {@code c = alpha op(a) op(b) + beta c}, where {@code c} is {@code m x n}. */
  void gemm(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      float alpha,
      MemorySegment a,
      MemorySegment b,
      float beta,
      MemorySegment c);

  /** {@code y = op(a) x}, where {@code a} is {@code m x n}. */
  void gemv(boolean transpose, int m, int n, MemorySegment a, MemorySegment x, MemorySegment y);

  /** {@code a = a + alpha x y}, the outer product of {@code m} and {@code n} numbers. */
  void ger(int m, int n, float alpha, MemorySegment x, MemorySegment y, MemorySegment a);

  /**
   * Returns what a layer computes with.
   *
   * @param rows samples of every batch
   */
  default BlasLayer layer(int rows, int in, int out, boolean relu, float learningRate) {
    return new BlasLayer.Gemm(this, rows, in, out, relu, learningRate);
  }

  @Override
  default Net net(Problem problem, float learningRate) {
    return new BlasNet(this, problem, learningRate);
  }
}
