package dev.lanewise.jmh;

import dev.lanewise.jmh.work.Operands;
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

  private float[] activate(Activation activation, Bytes bytes) {
    bytes.count(2.0 * ELEMENTS);
    kernels.activate(activation, ELEMENTS, x, 0, y, 0);
    return y;
  }

  private float[] gradient(Activation activation, Bytes bytes) {
    bytes.count(5.0 * ELEMENTS);
    System.arraycopy(ones, 0, y, 0, ELEMENTS);
    kernels.activationGradient(activation, ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] relu(Bytes bytes) {
    return activate(Activation.RELU, bytes);
  }

  @Benchmark
  public float[] exp(Bytes bytes) {
    bytes.count(2.0 * ELEMENTS);
    kernels.exp(ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] sigmoid(Bytes bytes) {
    return activate(Activation.SIGMOID, bytes);
  }

  @Benchmark
  public float[] tanh(Bytes bytes) {
    return activate(Activation.TANH, bytes);
  }

  @Benchmark
  public float[] log(Bytes bytes) {
    bytes.count(2.0 * ELEMENTS);
    kernels.log(ELEMENTS, positive, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] softplus(Bytes bytes) {
    return activate(Activation.SOFTPLUS, bytes);
  }

  @Benchmark
  public float[] erf(Bytes bytes) {
    bytes.count(2.0 * ELEMENTS);
    kernels.erf(ELEMENTS, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public float[] leakyRelu(Bytes bytes) {
    return activate(LEAKY_RELU, bytes);
  }

  @Benchmark
  public float[] elu(Bytes bytes) {
    return activate(ELU, bytes);
  }

  @Benchmark
  public float[] selu(Bytes bytes) {
    return activate(Activation.SELU, bytes);
  }

  @Benchmark
  public float[] gelu(Bytes bytes) {
    return activate(Activation.GELU, bytes);
  }

  @Benchmark
  public float[] geluTanh(Bytes bytes) {
    return activate(Activation.GELU_TANH, bytes);
  }

  @Benchmark
  public float[] silu(Bytes bytes) {
    return activate(Activation.SILU, bytes);
  }

  @Benchmark
  public float[] geluGradient(Bytes bytes) {
    return gradient(Activation.GELU, bytes);
  }

  @Benchmark
  public float[] geluTanhGradient(Bytes bytes) {
    return gradient(Activation.GELU_TANH, bytes);
  }

  @Benchmark
  public float[] siluGradient(Bytes bytes) {
    return gradient(Activation.SILU, bytes);
  }
}
