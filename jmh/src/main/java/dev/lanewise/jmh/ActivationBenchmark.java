package dev.lanewise.jmh;

import dev.lanewise.kernel.Kernels;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * How many nanoseconds does an activation take for one element? Arguments lie between -8 and 8 (0
 * and 8 for the logarithm), where none of them takes a short cut for all lanes. Gradients start
 * from ones, which are copied each time.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(ActivationBenchmark.ELEMENTS)
public class ActivationBenchmark extends LanewiseBenchmark {
  static final int ELEMENTS = 4096;

  @Param({"scalar", "vector"})
  public String backend;

  float[] x;
  float[] positive;
  private float[] ones;
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
    positive = new float[ELEMENTS];
    for (int i = 0; i < ELEMENTS; i++) {
      positive[i] = Math.abs(x[i]);
    }
    ones = new float[ELEMENTS];
    Arrays.fill(ones, 1);
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

  @Benchmark
  public float[] log() {
    kernels.log(ELEMENTS, positive, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] softplus() {
    kernels.softplus(ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] erf() {
    kernels.erf(ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] leakyRelu() {
    kernels.leakyRelu(ELEMENTS, 0.01f, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] elu() {
    kernels.elu(ELEMENTS, 1, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] selu() {
    kernels.selu(ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] gelu() {
    kernels.gelu(ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] geluTanh() {
    kernels.geluTanh(ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] silu() {
    kernels.silu(ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] geluGradient() {
    System.arraycopy(ones, 0, y, 0, ELEMENTS);
    kernels.geluGradient(ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] geluTanhGradient() {
    System.arraycopy(ones, 0, y, 0, ELEMENTS);
    kernels.geluTanhGradient(ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] siluGradient() {
    System.arraycopy(ones, 0, y, 0, ELEMENTS);
    kernels.siluGradient(ELEMENTS, x, 0, y, 0);
    return y;
  }
}
