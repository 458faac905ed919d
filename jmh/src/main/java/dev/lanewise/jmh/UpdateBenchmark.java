package dev.lanewise.jmh;

import dev.lanewise.jmh.work.Operands;
import dev.lanewise.kernel.UpdateKernels;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How many weights a second does an optimizer update, where weights, gradients and state lie in the
 * caches? Each call updates with the same gradients, so means settle at them, and weights and sums
 * grow to where adding changes nothing any more; nothing becomes infinite.
 */
@OperationsPerInvocation(UpdateBenchmark.ELEMENTS)
public class UpdateBenchmark extends LanewiseBenchmark {
  static final int ELEMENTS = 4096;
  static final float RATE = 0.001f;

  @Param({"scalar", "vector"})
  public String backend;

  float[] dw;
  float[] w;
  private float[] first;
  private float[] second;
  private float[] third;
  private UpdateKernels kernels;

  @Setup
  public void setUp() {
    announce(backend, infoOf(backend(backend)));
    kernels = backend(backend).updates();
    dw = Operands.symmetric(ELEMENTS, 1);
    w = Operands.symmetric(ELEMENTS, 2);
    first = new float[ELEMENTS];
    second = new float[ELEMENTS];
    third = new float[ELEMENTS];
  }

  @Benchmark
  public float[] sgd(Bytes bytes) {
    bytes.count(3.0 * ELEMENTS);
    kernels.sgd(ELEMENTS, RATE, dw, 0, w, 0);
    return w;
  }

  @Benchmark
  public float[] momentum(Bytes bytes) {
    bytes.count(5.0 * ELEMENTS);
    kernels.momentum(ELEMENTS, RATE, 0.9f, false, dw, 0, first, 0, w, 0);
    return w;
  }

  @Benchmark
  public float[] nesterov(Bytes bytes) {
    bytes.count(5.0 * ELEMENTS);
    kernels.momentum(ELEMENTS, RATE, 0.9f, true, dw, 0, first, 0, w, 0);
    return w;
  }

  @Benchmark
  public float[] adam(Bytes bytes) {
    bytes.count(7.0 * ELEMENTS);
    kernels.adam(ELEMENTS, RATE, 0.9f, 0.999f, 1e-8f, 1, 1, dw, 0, first, 0, second, 0, w, 0);
    return w;
  }

  @Benchmark
  public float[] rmsProp(Bytes bytes) {
    bytes.count(5.0 * ELEMENTS);
    kernels.rmsProp(
        ELEMENTS, RATE, 0.99f, 1e-8f, 0, false, dw, 0, first, 0, null, 0, null, 0, w, 0);
    return w;
  }

  @Benchmark
  public float[] rmsPropCenteredWithMomentum(Bytes bytes) {
    bytes.count(9.0 * ELEMENTS);
    kernels.rmsProp(
        ELEMENTS, RATE, 0.99f, 1e-4f, 0.9f, true, dw, 0, first, 0, second, 0, third, 0, w, 0);
    return w;
  }

  @Benchmark
  public float[] adaGrad(Bytes bytes) {
    bytes.count(5.0 * ELEMENTS);
    kernels.adaGrad(ELEMENTS, RATE, 1e-10f, dw, 0, first, 0, w, 0);
    return w;
  }

  @Benchmark
  public float[] lion(Bytes bytes) {
    bytes.count(5.0 * ELEMENTS);
    kernels.lion(ELEMENTS, RATE, 0.9f, 0.99f, dw, 0, first, 0, w, 0);
    return w;
  }

  /** Throws if a number became infinite. */
  @TearDown
  public void tearDown() {
    for (float[] values : Arrays.asList(w, first, second, third)) {
      Operands.requireFinite("weights and state", values);
    }
  }
}
