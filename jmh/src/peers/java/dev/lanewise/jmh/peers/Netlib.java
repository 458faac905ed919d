package dev.lanewise.jmh.peers;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import java.lang.foreign.MemorySegment;

/**
 * The BLAS in pure Java: on arrays, one thread. Its matrices are column-major, so it is told to
 * compute the transposed of everything.
 */
final class Netlib implements Blas {
  private static final BLAS NETLIB = JavaBLAS.getInstance();

  @Override
  public String version() {
    return Library.artifact(BLAS.class) + " " + NETLIB.getClass().getSimpleName();
  }

  @Override
  public MemorySegment allocate(int floats) {
    return MemorySegment.ofArray(new float[floats]);
  }

  private static float[] array(MemorySegment segment) {
    return (float[]) segment.heapBase().orElseThrow();
  }

  private static String transposed(boolean yes) {
    return yes ? "T" : "N";
  }

  @Override
  public void gemm(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      float alpha,
      MemorySegment a,
      MemorySegment b,
      float beta,
      MemorySegment c) {
    String ta = transposed(transposeA);
    String tb = transposed(transposeB);
    int lda = transposeA ? m : k;
    int ldb = transposeB ? k : n;
    NETLIB.sgemm(tb, ta, n, m, k, alpha, array(b), ldb, array(a), lda, beta, array(c), n);
  }

  @Override
  public void gemv(
      boolean transpose, int m, int n, MemorySegment a, MemorySegment x, MemorySegment y) {
    NETLIB.sgemv(transposed(!transpose), n, m, 1, array(a), n, array(x), 1, 0, array(y), 1);
  }

  @Override
  public void ger(int m, int n, float alpha, MemorySegment x, MemorySegment y, MemorySegment a) {
    NETLIB.sger(n, m, alpha, array(y), 1, array(x), 1, array(a), n);
  }
}
