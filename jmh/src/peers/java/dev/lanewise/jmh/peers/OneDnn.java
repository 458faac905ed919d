package dev.lanewise.jmh.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;

/**
 * oneDNN's one product: a vector is a matrix of one row. How many threads it has comes from {@code
 * OMP_NUM_THREADS}; it has no call for that.
 */
final class OneDnn implements Blas {
  static SharedLibrary open() {
    try {
      // Loader.load would ask for an OpenCL artifact, in a version that Maven Central lacks.
      String file = "/org/bytedeco/dnnl/linux-x86_64/libdnnl.so.3";
      return new SharedLibrary(Loader.cacheResource(dnnl.class, file).toPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A constant, or else the compiler could not inline the calls; made when first called. */
  private static final class Calls {
    private static final ValueLayout C = ValueLayout.JAVA_BYTE;
    private static final ValueLayout L = ValueLayout.JAVA_LONG;
    private static final ValueLayout F = ValueLayout.JAVA_FLOAT;
    private static final ValueLayout P = ValueLayout.ADDRESS;

    static final MethodHandle GEMM =
        open().function("dnnl_sgemm", ValueLayout.JAVA_INT, C, C, L, L, L, F, P, L, P, L, F, P, L);
  }

  @Override
  public String version() {
    return Library.artifact(dnnl.class);
  }

  /** Primitives take longer to start than one row takes. */
  @Override
  public BlasLayer layer(int rows, int in, int out, boolean relu, float learningRate) {
    return rows == 1
        ? Blas.super.layer(rows, in, out, relu, learningRate)
        : new OneDnnLayer(this, rows, in, out, relu, learningRate);
  }

  @Override
  public MemorySegment allocate(int floats) {
    return SharedLibrary.allocate(floats);
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
    byte ta = (byte) (transposeA ? 'T' : 'N');
    byte tb = (byte) (transposeB ? 'T' : 'N');
    long lda = transposeA ? m : k;
    long ldb = transposeB ? k : n;
    int status;
    try {
      status =
          (int)
              Calls.GEMM.invokeExact(
                  ta, tb, (long) m, (long) n, (long) k, alpha, a, lda, b, ldb, beta, c, (long) n);
    } catch (Throwable e) {
      throw SharedLibrary.failed(e);
    }
    if (status != 0) {
      throw new IllegalStateException("dnnl_sgemm returned " + status);
    }
  }

  @Override
  public void gemv(
      boolean transpose, int m, int n, MemorySegment a, MemorySegment x, MemorySegment y) {
    if (transpose) {
      gemm(false, false, 1, n, m, 1, x, a, 0, y);
    } else {
      gemm(false, true, 1, m, n, 1, x, a, 0, y);
    }
  }

  @Override
  public void ger(int m, int n, float alpha, MemorySegment x, MemorySegment y, MemorySegment a) {
    gemm(false, false, m, n, 1, alpha, x, y, 1, a);
  }
}
