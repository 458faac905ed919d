package dev.lanewise.jmh;

import dev.lanewise.Network;
import dev.lanewise.Trainer;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long do the first prediction and the first training step take in a fresh virtual machine,
 * with the making of the network and the loading of all classes, from the interpreter's first
 * bytecode on? The start of the virtual machine itself is not in it.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(20)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class ColdStartBenchmark extends LanewiseBenchmark {
  @Param({"auto", "scalar", "vector"})
  public String backend;

  @Param({"64", "256"})
  public int width;

  @Param({"1", "32"})
  public int batch;

  float[] x;
  float[] targets;
  private float[] y;
  private Network network;

  /** Makes the data, and nothing of the engine. */
  @Setup
  public void setUp() {
    x = ThreeLayers.inputs(width, batch);
    targets = new float[batch * width];
    y = new float[batch * width];
  }

  @Benchmark
  public float[] prediction() {
    network = ThreeLayers.network(backend, width);
    network.predict(batch, x, 0, y, 0);
    return y;
  }

  @Benchmark
  public double step() {
    network = ThreeLayers.network(backend, width);
    try (Trainer trainer = new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Sgd(0.01f), 1)) {
      return trainer.step(batch, x, 0, targets, 0);
    }
  }

  @TearDown
  public void tearDown() {
    announce(backend, network.backendInfo());
  }
}
