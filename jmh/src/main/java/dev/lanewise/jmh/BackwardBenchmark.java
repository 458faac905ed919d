package dev.lanewise.jmh;

import dev.lanewise.jmh.work.Operands;
import dev.lanewise.kernel.Kernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How fast is the way back through one layer of W x W weights: the input gradient, the weight
 * gradient and the update?
 *
 * <p>A sample counts as {@code 4 W^2} flop, {@code 2 W^2} for each gradient; the update is timed,
 * but not counted.
 *
 * <p>These are the kernels that a trainer runs for a hidden layer behind a ReLU, and not its own
 * method: a trainer goes back only once for each time it went forward, so the way forward would be
 * timed as well. {@link TrainStepBenchmark} times both.
 */
public class BackwardBenchmark extends LanewiseBenchmark {
  @Param({"scalar", "vector"})
  public String backend;

  @Param({"16", "64", "128", "256", "512", "1024", "2048", "4096"})
  public int width;

  @Param({"1", "8", "32", "256", "1024"})
  public int batch;

  float[] x;
  float[] dy;
  float[] w;
  float[] dx;
  private float[] work;
  private Kernels kernels;
  private float rate = 1e-3f;
  private double flop;

  @Setup
  public void setUp() {
    kernels = kernels(backend);
    x = Operands.rectified(batch * width, 1);
    dy = Operands.symmetric(batch * width, 2);
    w = Operands.symmetric(width * width, 3);
    dx = new float[batch * width];
    work =
        new float
            [Math.max(
                kernels.gemmNTWork(batch, width, width), kernels.gemmTNWork(batch, width, width))];
    flop = 4.0 * width * width * batch;
  }

  @Benchmark
  public float[] layer(Flops flops, Bytes bytes) {
    flops.count(flop);
    bytes.count(2.0 * width * width + 3.0 * batch * width);
    if (batch == 1) {
      kernels.gemvGer(width, width, -rate, x, 0, dy, 0, w, 0, width, dx, 0, true);
    } else {
      kernels.gemmNT(batch, width, width, dy, 0, width, w, 0, width, dx, 0, width, work, 0);
      kernels.gemmTN(batch, width, width, -rate, x, 0, width, dy, 0, width, w, 0, width, work, 0);
    }
    // Every second call takes back what the one before did, so that the weights stay where they
    // are however often it runs.
    rate = -rate;
    return dx;
  }

  /** Throws if a weight became infinite. */
  @TearDown
  public void tearDown() {
    Operands.requireFinite("w", w);
  }
}
