package dev.lanewise.jmh;

import dev.lanewise.Network;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * How long does a single prediction of a W-W-W-W network take, and how long do the slowest of a
 * hundred, of a thousand, of ten thousand? Measuring a call takes some tens of nanoseconds itself.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LatencyBenchmark extends LanewiseBenchmark {
  @Param({"scalar", "vector"})
  public String backend;

  @Param({"16", "64", "256", "1024"})
  public int width;

  Network network;
  float[] x;
  private float[] y;

  @Setup
  public void setUp() {
    network = ThreeLayers.network(backend, width);
    announce(backend, network.backendInfo());
    x = ThreeLayers.inputs(width, 1);
    y = new float[width];
  }

  @Benchmark
  public float[] predict() {
    network.predict(1, x, 0, y, 0);
    return y;
  }
}
