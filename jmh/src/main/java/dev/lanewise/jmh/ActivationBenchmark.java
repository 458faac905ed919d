package dev.lanewise.jmh;

import dev.lanewise.kernel.Kernels;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * How many nanoseconds does an activation take for one element? Arguments lie between -8 and 8,
 * where none of them takes a short cut for all lanes.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(ActivationBenchmark.ELEMENTS)
public class ActivationBenchmark extends LanewiseBenchmark {
  static final int ELEMENTS = 4096;

  @Param({"scalar", "vector"})
  public String backend;

  float[] x;
  private float[] y;
  private Kernels kernels;

  /** Makes the arguments. */
  @Setup
  public void setUp() {
    kernels = kernels(backend);
    x = Operands.symmetric(ELEMENTS, 1);
    for (int i = 0; i < ELEMENTS; i++) {
      x[i] *= 8;
    }
    y = new float[ELEMENTS];
  }

  @Benchmark
  public float[] relu() {
    kernels.relu(ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] exp() {
    kernels.exp(ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] sigmoid() {
    kernels.sigmoid(ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] tanh() {
    kernels.tanh(ELEMENTS, x, 0, y, 0);
    return y;
  }
}
