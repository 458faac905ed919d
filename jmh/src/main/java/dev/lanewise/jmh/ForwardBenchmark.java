package dev.lanewise.jmh;

import dev.lanewise.Network;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * How many batches a second does a W-W-W-W network predict, on one thread?
 *
 * <p>A sample counts as {@code 6 W^2} flop: {@code 2 W^2} for each layer's sums. Biases and
 * activations are timed, but not counted.
 */
public class ForwardBenchmark extends LanewiseBenchmark {
  @Param({"scalar", "vector"})
  public String backend;

  @Param({"16", "64", "128", "256", "512", "1024", "2048", "4096"})
  public int width;

  @Param({"1", "8", "32", "256", "1024"})
  public int batch;

  Network network;
  float[] x;
  private float[] y;
  private double flop;

  @Setup
  public void setUp() {
    network = ThreeLayers.network(backend, width);
    announce(backend, network.backendInfo());
    x = ThreeLayers.inputs(width, batch);
    y = new float[batch * width];
    flop = 6.0 * width * width * batch;
  }

  @Benchmark
  public float[] predict(Flops flops, Bytes bytes) {
    flops.count(flop);
    bytes.count(network.parameterCount() + 2.0 * batch * width);
    network.predict(batch, x, 0, y, 0);
    return y;
  }
}
