package dev.lanewise.jmh.peers;

import dev.lanewise.Backend;
import dev.lanewise.kernel.Kernels;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A product of {@code n x n} matrices, ours and a peer's. Ours lie as in a network's memory: from a
 * line of the cache on, and with rows that are no multiple of 2,048 bytes apart, which those who
 * copy a product's blocks first need not care about.
 */
final class Products {
  private static final int START = 12;
  private static final int LINE = 16;
  private static final int SAME_SETS = 512;

  private final Kernels kernels = Backend.preferred().kernels();
  private final Point.Op op;
  private final int n;
  private final int ld;
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
    ld = n % SAME_SETS == 0 ? n + LINE : n;
    float[] dense = Problem.symmetric(n * n, 1, 1);
    a = rows(dense);
    theirA = copy(dense);
    dense = Problem.symmetric(n * n, 1, 2);
    b = rows(dense);
    theirB = copy(dense);
    c = new float[START + n * ld];
    work = new float[START + n * n];
    theirC = blas.allocate(n * n);
  }

  private float[] rows(float[] dense) {
    float[] rows = new float[START + n * ld];
    for (int r = 0; r < n; r++) {
      System.arraycopy(dense, r * n, rows, START + r * ld, n);
    }
    return rows;
  }

  private MemorySegment copy(float[] numbers) {
    MemorySegment segment = blas.allocate(numbers.length);
    MemorySegment.copy(numbers, 0, segment, ValueLayout.JAVA_FLOAT, 0, numbers.length);
    return segment;
  }

  void ours() {
    switch (op) {
      case GEMM -> kernels.gemm(n, n, n, a, START, ld, b, START, ld, c, START, ld);
      case GEMM_NT ->
          kernels.gemmNT(n, n, n, a, START, ld, b, START, ld, c, START, ld, work, START);
      case GEMM_TN -> kernels.gemmTN(n, n, n, 1, a, START, ld, b, START, ld, c, START, ld);
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
    for (int i = 0; i < n * n; i++) {
      float our = c[START + i / n * ld + i % n];
      largest = Math.max(largest, Math.abs(our - theirC.getAtIndex(ValueLayout.JAVA_FLOAT, i)));
    }
    return largest / Math.sqrt(n);
  }
}
