package dev.lanewise.jmh.peers;

import dev.lanewise.Backend;
import dev.lanewise.kernel.Kernels;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A product of {@code n x n} matrices, ours and a peer's. */
final class Products {
  private final Kernels kernels = Backend.preferred().kernels();
  private final Point.Op op;
  private final int n;
  private final float[] a;
  private final float[] b;
  private final float[] c;
  private final float[] work;
  private final Blas blas;
  private final MemorySegment theirA;
  private final MemorySegment theirB;
  private final MemorySegment theirC;

  Products(Point point, Blas blas) {
    this.blas = blas;
    op = point.op();
    n = point.widths().get(0);
    a = Problem.symmetric(n * n, 1, 1);
    b = Problem.symmetric(n * n, 1, 2);
    c = new float[n * n];
    work = new float[n * n];
    theirA = copy(a);
    theirB = copy(b);
    theirC = copy(c);
  }

  private MemorySegment copy(float[] numbers) {
    MemorySegment segment = blas.allocate(numbers.length);
    MemorySegment.copy(numbers, 0, segment, ValueLayout.JAVA_FLOAT, 0, numbers.length);
    return segment;
  }

  void ours() {
    switch (op) {
      case GEMM -> kernels.gemm(n, n, n, a, 0, n, b, 0, n, c, 0, n);
      case GEMM_NT -> kernels.gemmNT(n, n, n, a, 0, n, b, 0, n, c, 0, n, work, 0);
      case GEMM_TN -> kernels.gemmTN(n, n, n, 1, a, 0, n, b, 0, n, c, 0, n);
      default -> throw new IllegalStateException(op + " is no product");
    }
  }

  void theirs() {
    boolean transposeA = op == Point.Op.GEMM_TN;
    boolean transposeB = op == Point.Op.GEMM_NT;
    float beta = op == Point.Op.GEMM_NT ? 0 : 1; // as ours: that one overwrites
    blas.gemm(transposeA, transposeB, n, n, n, 1, theirA, theirB, beta, theirC);
  }

  /** Returns the largest difference after one product each, beside the size of an element. */
  double difference() {
    ours();
    theirs();
    double largest = 0;
    for (int i = 0; i < c.length; i++) {
      largest = Math.max(largest, Math.abs(c[i] - theirC.getAtIndex(ValueLayout.JAVA_FLOAT, i)));
    }
    return largest / Math.sqrt(n);
  }
}
