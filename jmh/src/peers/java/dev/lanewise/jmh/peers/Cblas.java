package dev.lanewise.jmh.peers;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.mkl.global.mkl_rt;
import org.bytedeco.openblas.global.openblas;

/** A library with the usual C interface; one of them in a virtual machine. */
final class Cblas implements Blas {
  private static final int ROW_MAJOR = 101;
  private static final int AS_IS = 111;
  private static final int TRANSPOSED = 112;

  private static SharedLibrary library;

  private final String version;

  private Cblas(String version) {
    this.version = version;
  }

  static Cblas mkl(int threads) {
    open(Path.of(Loader.load(mkl_rt.class)).resolveSibling("libmkl_rt.so.3"));
    setThreads("MKL_Set_Num_Threads", threads);
    return new Cblas(Library.artifact(mkl_rt.class));
  }

  static Cblas openBlas(int threads) {
    open(Path.of(Loader.load(openblas.class)).resolveSibling("libopenblas.so.0"));
    setThreads("openblas_set_num_threads", threads);
    return new Cblas(Library.artifact(openblas.class) + " " + core());
  }

  private static void open(Path file) {
    library = new SharedLibrary(file);
  }

  private static void setThreads(String function, int threads) {
    try {
      library.function(function, null, ValueLayout.JAVA_INT).invokeExact(threads);
    } catch (Throwable e) {
      throw SharedLibrary.failed(e);
    }
  }

  @SuppressWarnings("restricted")
  private static String core() {
    try {
      MethodHandle function = library.function("openblas_get_corename", ValueLayout.ADDRESS);
      return ((MemorySegment) function.invokeExact()).reinterpret(64).getString(0);
    } catch (Throwable e) {
      throw SharedLibrary.failed(e);
    }
  }

  /** Constants, or else the compiler could not inline the calls; made when first called. */
  private static final class Calls {
    private static final ValueLayout I = ValueLayout.JAVA_INT;
    private static final ValueLayout F = ValueLayout.JAVA_FLOAT;
    private static final ValueLayout P = ValueLayout.ADDRESS;

    static final MethodHandle GEMM =
        library.function("cblas_sgemm", null, I, I, I, I, I, I, F, P, I, P, I, F, P, I);
    static final MethodHandle GEMV =
        library.function("cblas_sgemv", null, I, I, I, I, F, P, I, P, I, F, P, I);
    static final MethodHandle GER =
        library.function("cblas_sger", null, I, I, I, F, P, I, P, I, P, I);
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public MemorySegment allocate(int floats) {
    return SharedLibrary.allocate(floats);
  }

  private static int transposed(boolean yes) {
    return yes ? TRANSPOSED : AS_IS;
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
    int ta = transposed(transposeA);
    int tb = transposed(transposeB);
    int lda = transposeA ? m : k;
    int ldb = transposeB ? k : n;
    try {
      Calls.GEMM.invokeExact(ROW_MAJOR, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, n);
    } catch (Throwable e) {
      throw SharedLibrary.failed(e);
    }
  }

  @Override
  public void gemv(
      boolean transpose, int m, int n, MemorySegment a, MemorySegment x, MemorySegment y) {
    int ta = transposed(transpose);
    try {
      Calls.GEMV.invokeExact(ROW_MAJOR, ta, m, n, 1f, a, n, x, 1, 0f, y, 1);
    } catch (Throwable e) {
      throw SharedLibrary.failed(e);
    }
  }

  @Override
  public void ger(int m, int n, float alpha, MemorySegment x, MemorySegment y, MemorySegment a) {
    try {
      Calls.GER.invokeExact(ROW_MAJOR, m, n, alpha, x, 1, y, 1, a, n);
    } catch (Throwable e) {
      throw SharedLibrary.failed(e);
    }
  }
}
