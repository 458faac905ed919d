package dev.lanewise.jmh;

import dev.lanewise.jmh.work.Operands;
import dev.lanewise.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How fast are gemv and ger on {@code n x n} matrices? Each counts as {@code 2 n^2} flop; no input
 * is zero, so that no row is passed over.
 */
public class Level2Benchmark extends LanewiseBenchmark {
  @Param({"scalar", "vector"})
  public String backend;

  @Param({"16", "64", "256", "1024", "4096"})
  public int n;

  float[] x;
  float[] y;
  float[] w;
  private float[] sums;
  private Kernels kernels;
  private float factor = 0.5f;

  @Setup
  public void setUp() {
    kernels = kernels(backend);
    x = Operands.symmetric(n, 1);
    y = Operands.symmetric(n, 2);
    w = Operands.symmetric(n * n, 3);
    sums = new float[n];
  }

  /**
   * Adds the product of a row vector and the matrix to sums, which stop growing at 2^24 times it.
   */
  @Benchmark
  public float[] gemv(Flops flops, Bytes bytes) {
    flops.count(2.0 * n * n);
    bytes.count((double) n * n + 3.0 * n);
    kernels.gemv(n, n, x, 0, w, 0, n, sums, 0);
    return sums;
  }

  /** Adds an outer product to the matrix. */
  @Benchmark
  public float[] ger(Flops flops, Bytes bytes) {
    flops.count(2.0 * n * n);
    bytes.count(2.0 * n * n + 2.0 * n);
    kernels.ger(n, n, factor, x, 0, y, 0, w, 0, n);
    // Every second call takes back what the one before did.
    factor = -factor;
    return w;
  }

  /** Throws if an element became infinite. */
  @TearDown
  public void tearDown() {
    Operands.requireFinite("sums", sums);
    Operands.requireFinite("w", w);
  }
}
