package dev.lanewise.jmh;

import dev.lanewise.jmh.work.Operands;
import dev.lanewise.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How fast are dot and axpy, where their vectors lie in the first cache, in the second, in the last
 * and in memory? An element counts as 2 flop.
 */
public class Level1Benchmark extends LanewiseBenchmark {
  @Param({"scalar", "vector"})
  public String backend;

  @Param({"1024", "65536", "1048576", "16777216"})
  public int n;

  float[] x;
  float[] y;
  private Kernels kernels;
  private float factor = 0.5f;

  @Setup
  public void setUp() {
    kernels = kernels(backend);
    x = Operands.symmetric(n, 1);
    y = Operands.symmetric(n, 2);
  }

  @Benchmark
  public float dot(Flops flops, Bytes bytes) {
    flops.count(2.0 * n);
    bytes.count(2.0 * n);
    return kernels.dot(n, x, 0, y, 0);
  }

  /** Adds a multiple of one vector to the other. */
  @Benchmark
  public float[] axpy(Flops flops, Bytes bytes) {
    flops.count(2.0 * n);
    bytes.count(3.0 * n);
    kernels.axpy(n, factor, x, 0, y, 0);
    // Every second call takes back what the one before did.
    factor = -factor;
    return y;
  }

  /** Throws if an element became infinite. */
  @TearDown
  public void tearDown() {
    Operands.requireFinite("y", y);
  }
}
