package dev.lanewise.jmh.peers;

import java.lang.foreign.MemorySegment;

/**
 * What a layer's products are made of, for batches of the same number of rows. Weights are {@code
 * out x in}; the memory is the caller's.
 */
interface BlasLayer extends AutoCloseable {
  /** {@code y = x w + bias}, and ReLU if the layer has one. */
  void forward(MemorySegment x, MemorySegment w, MemorySegment bias, MemorySegment y);

  /** {@code dx = dy w}. */
  void inputGradient(MemorySegment dy, MemorySegment w, MemorySegment dx);

  /** {@code w = w - learningRate dy x}, summed over the rows. */
  void update(MemorySegment dy, MemorySegment x, MemorySegment w);

  @Override
  default void close() {}

  /** The products of a library, one call each; a single row takes those of vectors. */
  record Gemm(Blas blas, int rows, int in, int out, boolean relu, float learningRate)
      implements BlasLayer {
    @Override
    public void forward(MemorySegment x, MemorySegment w, MemorySegment bias, MemorySegment y) {
      if (rows == 1) {
        blas.gemv(false, out, in, w, x, y);
      } else {
        blas.gemm(false, true, rows, out, in, 1, x, w, 0, y);
      }
      BlasElementwise.addBias(y, bias, rows, out, relu);
    }

    @Override
    public void inputGradient(MemorySegment dy, MemorySegment w, MemorySegment dx) {
      if (rows == 1) {
        blas.gemv(true, out, in, w, dy, dx);
      } else {
        blas.gemm(false, false, rows, in, out, 1, dy, w, 0, dx);
      }
    }

    @Override
    public void update(MemorySegment dy, MemorySegment x, MemorySegment w) {
      if (rows == 1) {
        blas.ger(out, in, -learningRate, dy, x, w);
      } else {
        blas.gemm(true, false, out, in, rows, -learningRate, dy, x, 1, w);
      }
    }
  }
}
