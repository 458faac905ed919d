package dev.lanewise.jmh;

import dev.lanewise.Batch;
import dev.lanewise.Network;
import dev.lanewise.Trainer;
import dev.lanewise.internal.random.SplitMix64;
import dev.lanewise.jmh.work.Operands;
import dev.lanewise.kernel.SparseRows;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How many training steps a second does a network make whose rows name few of very many inputs?
 * Each row names one input of each of {@code named} equal groups, as one-hot features do; a layer
 * of 64 outputs and one of a single output follow. The samples a second stand in the line {@code
 * :samples}.
 *
 * <p>Batches take turns, so that the weights they touch do not all stay in the cache. The weights
 * and the array with which gradients would be taken back to inputs need half a gigabyte, hence a
 * larger heap than elsewhere.
 */
public class SparseBenchmark extends LanewiseBenchmark {
  private static final long SEED = 42;
  private static final int WIDTH = 64;
  private static final int BATCHES = 64;

  @Param({"scalar", "vector"})
  public String backend;

  @Param("1000000")
  public int columns;

  @Param("30")
  public int named;

  @Param({"1", "32", "256"})
  public int batch;

  Network network;
  private Trainer trainer;
  private SparseRows[] batches;
  private float[] targets;
  private int next;
  private double firstLoss;

  @Setup
  public void setUp() {
    network =
        Network.builder(columns)
            .dense(WIDTH, Activation.RELU)
            .dense(1, Activation.IDENTITY)
            .initializer(Initializer.HE, SEED)
            .backend(backend(backend))
            .build();
    batches = new SparseRows[BATCHES];
    for (int b = 0; b < BATCHES; b++) {
      batches[b] = rows(b);
    }
    targets = Operands.symmetric(batch, SEED);
    trainer = new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Sgd(0.01f), 1);
    announce(backend, trainer.backendInfo());
    next = 0;
    firstLoss = loss();
  }

  private SparseRows rows(int b) {
    int group = columns / named;
    int[] indices = new int[batch * named];
    for (int i = 0; i < indices.length; i++) {
      float random = SplitMix64.uniform(SEED + 1 + b, i);
      indices[i] = i % named * group + (int) (random * group);
    }
    return SparseRows.oneHot(columns, named, indices);
  }

  @Benchmark
  public double step(SampleCount samples) {
    samples.samples += batch;
    SparseRows x = batches[next];
    next = (next + 1) % BATCHES;
    return trainer.step(Batch.of(x, targets, 0));
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

  /** Returns the mean loss of all batches. */
  double loss() {
    double sum = 0;
    for (SparseRows x : batches) {
      sum += trainer.loss(Batch.of(x, targets, 0));
    }
    return sum / BATCHES;
  }

  SparseRows firstBatch() {
    return batches[0];
  }
}
