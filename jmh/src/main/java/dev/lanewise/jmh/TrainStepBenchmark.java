package dev.lanewise.jmh;

import dev.lanewise.Network;
import dev.lanewise.Trainer;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How many training steps a second does a W-W-W-W network make?
 *
 * <p>A sample counts as {@code 16 W^2} flop: {@code 6 W^2} for three layers forward, {@code 6 W^2}
 * for their weight gradients, and {@code 4 W^2} for the input gradients of the last two. Biases,
 * activations, loss and update are timed, but not counted.
 */
public class TrainStepBenchmark extends LanewiseBenchmark {
  @Param({"scalar", "vector"})
  public String backend;

  @Param({"16", "64", "128", "256", "512", "1024", "2048", "4096"})
  public int width;

  @Param({"1", "8", "32", "256", "1024"})
  public int batch;

  @Param("1")
  public int threads;

  Network network;
  private Trainer trainer;
  float[] x;
  float[] targets;
  private double flop;
  private double firstLoss;

  @Setup
  public void setUp() {
    network = ThreeLayers.network(backend, width);
    x = ThreeLayers.inputs(width, batch);
    targets = ThreeLayers.targets(network, x);
    trainer = new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Sgd(0.01f), threads);
    announce(backend, trainer.backendInfo());
    flop = 16.0 * width * width * batch;
    firstLoss = loss();
  }

  @Benchmark
  public double step(Flops flops, Bytes bytes) {
    flops.count(flop);
    bytes.count(2.0 * network.parameterCount() + 2.0 * batch * width);
    return trainer.step(batch, x, 0, targets, 0);
  }

  /** Throws if training did not go well: then steps of another kind would have been timed. */
  @TearDown
  public void tearDown() {
    double loss = loss();
    trainer.close();
    if (!(loss <= firstLoss)) {
      throw new IllegalStateException("the loss went from " + firstLoss + " to " + loss);
    }
  }

  double loss() {
    return trainer.loss(batch, x, 0, targets, 0);
  }
}
