package dev.lanewise.jmh.threads;

import dev.lanewise.Network;
import dev.lanewise.NetworkBuilder;
import dev.lanewise.Trainer;
import dev.lanewise.jmh.work.NetworkShape;
import dev.lanewise.jmh.work.Operands;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Steps of one network on one thread, on several that share each step, and on as many that each
 * train a network of their own: more than the last the machine has not.
 */
final class Scaling implements AutoCloseable {
  /** So small that nothing is learned while it is timed. */
  private static final float LEARNING_RATE = 1e-6f;

  private static final long WARM_NANOS = 600_000_000;

  /** What is timed. */
  enum Way {
    ONE,
    SHARED,
    APART
  }

  private final String name;
  private final double flop;
  private final Steps one;
  private final Steps shared;
  private final List<Steps> apart = new ArrayList<>();
  private final List<Map<Way, Double>> rounds = new ArrayList<>();
  private int left;

  Scaling(NetworkShape shape, int batch, int threads, Cores cores) {
    name = shape + " at " + batch;
    flop = flop(shape, batch);
    one = new Steps(shape, batch, 1);
    shared = new Steps(shape, batch, threads);
    for (int i = 0; i < threads; i++) {
      apart.add(new Steps(shape, batch, 1));
    }
    for (Way way : Way.values()) {
      gflops(way, WARM_NANOS, cores);
    }
  }

  /** Counts a multiply-add as two operations; all but products is timed, but not counted. */
  private static double flop(NetworkShape shape, int batch) {
    List<Integer> widths = shape.widths();
    double forward = 0;
    for (int l = 1; l < widths.size(); l++) {
      forward += 2.0 * widths.get(l - 1) * widths.get(l);
    }
    return batch * (3 * forward - 2.0 * widths.get(0) * widths.get(1));
  }

  /**
   * Times each way once. It counts if the machine has a core for each thread, and none of them
   * waited for another process.
   *
   * @param leastRate of the slowest thread beside that of one alone
   * @param mostWaited of the time of a round, for all threads together
   * @param nanos of each way, at least
   */
  void round(Cores cores, double leastRate, double mostWaited, long nanos) {
    double before = cores.rate();
    long waited = Cores.waited();
    long start = System.nanoTime();
    Way[] ways = Way.values();
    Map<Way, Double> gflops = new EnumMap<>(Way.class);
    for (int i = 0; i < ways.length; i++) {
      Way way = ways[(i + rounds.size() + left) % ways.length];
      gflops.put(way, gflops(way, nanos, cores));
    }
    double lost = (double) (Cores.waited() - waited) / (System.nanoTime() - start);
    if (Math.min(before, cores.rate()) < leastRate || lost > mostWaited) {
      left++;
    } else {
      rounds.add(gflops);
    }
  }

  private double gflops(Way way, long nanos, Cores cores) {
    return switch (way) {
      case ONE -> flop / one.nanosEach(nanos);
      case SHARED -> flop / shared.nanosEach(nanos);
      case APART -> {
        List<LongSupplier> works = new ArrayList<>();
        apart.forEach(steps -> works.add(() -> steps.nanosEach(nanos)));
        double sum = 0;
        for (long each : cores.together(works)) {
          sum += flop / each;
        }
        yield sum;
      }
    };
  }

  /** Returns the network and the number of samples in a step. */
  String name() {
    return name;
  }

  /** Returns how many rounds counted. */
  int counted() {
    return rounds.size();
  }

  /** Returns how many rounds did not. */
  int left() {
    return left;
  }

  /** Returns the mean GFLOP/s of the fastest quarter of the rounds that counted. */
  double fastest(Way way) {
    double[] sorted = sorted(way, false);
    int quarter = Math.max(1, sorted.length / 4);
    return Arrays.stream(sorted, Math.max(0, sorted.length - quarter), sorted.length)
        .average()
        .orElse(Double.NaN);
  }

  /** Returns how fast a way was beside one thread: the median of the rounds that counted. */
  double medianRatio(Way way) {
    double[] sorted = sorted(way, true);
    return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
  }

  private double[] sorted(Way way, boolean besideOne) {
    return rounds.stream()
        .mapToDouble(gflops -> gflops.get(way) / (besideOne ? gflops.get(Way.ONE) : 1))
        .sorted()
        .toArray();
  }

  @Override
  public void close() {
    one.trainer.close();
    shared.trainer.close();
    apart.forEach(steps -> steps.trainer.close());
  }

  /** A network and what trains it: ReLU between layers, mean squared error, plain SGD. */
  private static final class Steps {
    private final int batch;
    private final float[] x;
    private final float[] targets;
    private final Trainer trainer;

    Steps(NetworkShape shape, int batch, int threads) {
      this.batch = batch;
      List<Integer> widths = shape.widths();
      x = Operands.symmetric(batch * widths.getFirst(), 1);
      targets = Operands.symmetric(batch * widths.getLast(), 2);
      NetworkBuilder builder = Network.builder(widths.getFirst());
      for (int l = 1; l < widths.size(); l++) {
        boolean last = l == widths.size() - 1;
        builder.dense(widths.get(l), last ? Activation.IDENTITY : Activation.RELU);
      }
      Network network = builder.initializer(Initializer.HE, 42).build();
      trainer = new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Sgd(LEARNING_RATE), threads);
    }

    /** Returns how long a step takes, after one that brings its numbers back into the caches. */
    long nanosEach(long nanos) {
      trainer.step(batch, x, 0, targets, 0);
      long start = System.nanoTime();
      long elapsed;
      long count = 0;
      do {
        trainer.step(batch, x, 0, targets, 0);
        count++;
        elapsed = System.nanoTime() - start;
      } while (elapsed < nanos);
      return Math.max(1, elapsed / count);
    }
  }
}
