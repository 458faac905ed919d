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
 * How does a training step of a W-W-W-W network get faster, from the first of a virtual machine on?
 * The score is the mean of all steps; the curve is in the raw data of JMH's JSON, one number for
 * each step of each fork.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(10)
@Warmup(iterations = 0)
@Measurement(iterations = 500)
public class WarmUpBenchmark extends LanewiseBenchmark {
  @Param({"auto", "scalar", "vector"})
  public String backend;

  @Param("256")
  public int width;

  @Param("32")
  public int batch;

  private Trainer trainer;
  float[] x;
  float[] targets;
  private double firstLoss = Double.NaN;
  private double lastLoss;

  /** Makes the network and its data, and computes nothing with it. */
  @Setup
  public void setUp() {
    Network network = ThreeLayers.network(backend, width);
    x = ThreeLayers.inputs(width, batch);
    targets = new float[batch * width];
    trainer = new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Sgd(0.01f), 1);
    announce(backend, trainer.backendInfo());
  }

  @Benchmark
  public double step() {
    lastLoss = trainer.step(batch, x, 0, targets, 0);
    if (Double.isNaN(firstLoss)) {
      firstLoss = lastLoss;
    }
    return lastLoss;
  }

  /** Throws if training did not go well: then steps of another kind would have been timed. */
  @TearDown
  public void tearDown() {
    trainer.close();
    if (!(lastLoss <= firstLoss)) {
      throw new IllegalStateException("the loss went from " + firstLoss + " to " + lastLoss);
    }
  }
}
