package dev.lanewise.jmh;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Activation;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * For how many elements a second can an activation be computed, in the caches? Arguments lie
 * between -8 and 8 (0 and 8 for the logarithm), where none of them takes a short cut for all lanes.
 * Gradients start from ones, which are copied each time.
 */
@OperationsPerInvocation(ActivationBenchmark.ELEMENTS)
public class ActivationBenchmark extends LanewiseBenchmark {
  static final int ELEMENTS = 4096;

  private static final Activation LEAKY_RELU = Activation.leakyRelu(0.01f);
  private static final Activation ELU = Activation.elu(1);

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
  public float[] relu(Bytes bytes) {
    bytes.count(2.0 * ELEMENTS);
    kernels.activate(Activation.RELU, ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] exp(Bytes bytes) {
    bytes.count(2.0 * ELEMENTS);
    kernels.exp(ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] sigmoid(Bytes bytes) {
    bytes.count(2.0 * ELEMENTS);
    kernels.activate(Activation.SIGMOID, ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] tanh(Bytes bytes) {
    bytes.count(2.0 * ELEMENTS);
    kernels.activate(Activation.TANH, ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] log(Bytes bytes) {
    bytes.count(2.0 * ELEMENTS);
    kernels.log(ELEMENTS, positive, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] softplus(Bytes bytes) {
    bytes.count(2.0 * ELEMENTS);
    kernels.activate(Activation.SOFTPLUS, ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] erf(Bytes bytes) {
    bytes.count(2.0 * ELEMENTS);
    kernels.erf(ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] leakyRelu(Bytes bytes) {
    bytes.count(2.0 * ELEMENTS);
    kernels.activate(LEAKY_RELU, ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] elu(Bytes bytes) {
    bytes.count(2.0 * ELEMENTS);
    kernels.activate(ELU, ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] selu(Bytes bytes) {
    bytes.count(2.0 * ELEMENTS);
    kernels.activate(Activation.SELU, ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] gelu(Bytes bytes) {
    bytes.count(2.0 * ELEMENTS);
    kernels.activate(Activation.GELU, ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] geluTanh(Bytes bytes) {
    bytes.count(2.0 * ELEMENTS);
    kernels.activate(Activation.GELU_TANH, ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] silu(Bytes bytes) {
    bytes.count(2.0 * ELEMENTS);
    kernels.activate(Activation.SILU, ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] geluGradient(Bytes bytes) {
    bytes.count(5.0 * ELEMENTS);
    System.arraycopy(ones, 0, y, 0, ELEMENTS);
    kernels.activationGradient(Activation.GELU, ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] geluTanhGradient(Bytes bytes) {
    bytes.count(5.0 * ELEMENTS);
    System.arraycopy(ones, 0, y, 0, ELEMENTS);
    kernels.activationGradient(Activation.GELU_TANH, ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] siluGradient(Bytes bytes) {
    bytes.count(5.0 * ELEMENTS);
    System.arraycopy(ones, 0, y, 0, ELEMENTS);
    kernels.activationGradient(Activation.SILU, ELEMENTS, x, 0, y, 0);
    return y;
  }
}
