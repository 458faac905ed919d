package dev.lanewise.jmh;

import dev.lanewise.Network;
import dev.lanewise.Trainer;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.openjdk.jmh.util.ListStatistics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows how a training step gets faster from the start of the virtual machine on. */
@Command(
    name = "warm-up",
    header = "how a training step gets faster from the start of a JVM on",
    description =
        "Trains for six seconds, and prints a line for each quarter of a second with the GFLOP/s in"
            + " it. The network is 256-256-256-256, a batch has 32 rows; a step counts as 16 W^2"
            + " operations a row.",
    mixinStandardHelpOptions = true)
final class WarmUp implements Callable<Integer> {
  private static final int WIDTH = 256;
  private static final int BATCH = 32;
  private static final int SLICES = 24;
  private static final int SLICE_MILLIS = 250;

  /** Of these last slices the median is the steady rate, if they are near to each other. */
  private static final int STEADY_SLICES = 8;

  private static final double NEAR = 0.9;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "What computes: auto, scalar or vector. Default: auto.")
  private String backend = "auto";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    long start = ManagementFactory.getRuntimeMXBean().getStartTime();
    long[] steps = steps(backend, start, SLICES, SLICE_MILLIS);
    double perStep = 16.0 * WIDTH * WIDTH * BATCH;
    PrintWriter out = spec.commandLine().getOut();
    double[] gflops = new double[SLICES];
    for (int slice = 0; slice < SLICES; slice++) {
      gflops[slice] = steps[slice] * perStep / (SLICE_MILLIS * 1e6);
      out.printf(Locale.ROOT, "to %.2f s %8.1f GFLOP/s%n", seconds(slice), gflops[slice]);
    }
    out.println(conclusion(gflops));
    out.flush();
    return 0;
  }

  private static double seconds(int slice) {
    return (slice + 1) * SLICE_MILLIS / 1e3;
  }

  /** Returns when nine tenths of the steady rate were reached, or that there was none. */
  static String conclusion(double[] gflops) {
    double[] last = Arrays.copyOfRange(gflops, gflops.length - STEADY_SLICES, gflops.length);
    double steady = median(last);
    double first = median(Arrays.copyOf(last, STEADY_SLICES / 2));
    double second = median(Arrays.copyOfRange(last, STEADY_SLICES / 2, STEADY_SLICES));
    if (!(steady > 0 && first >= NEAR * second)) {
      return String.format(
          Locale.ROOT,
          "Nine tenths of the steady rate were not reached: it was still rising at %.2f s, from"
              + " %.1f to %.1f GFLOP/s in the last two seconds.",
          seconds(gflops.length - 1),
          first,
          second);
    }
    int slice = 0;
    while (gflops[slice] < NEAR * steady) {
      slice++;
    }
    return String.format(
        Locale.ROOT,
        "Nine tenths of the steady rate, %.1f GFLOP/s, were reached in the quarter of a second to"
            + " %.2f s.",
        steady,
        seconds(slice));
  }

  private static double median(double[] values) {
    return new ListStatistics(values).getPercentile(50);
  }

  /** Trains, and returns how many steps ended in each slice of the time since {@code start}. */
  static long[] steps(String backend, long start, int slices, int sliceMillis) {
    Network network = ThreeLayers.network(backend, WIDTH);
    float[] x = ThreeLayers.inputs(WIDTH, BATCH);
    float[] targets = new float[BATCH * WIDTH];
    Arrays.fill(targets, 0.1f);
    long[] steps = new long[slices];
    try (Trainer trainer = new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Sgd(1e-4f), 1)) {
      LanewiseBenchmark.require(backend, trainer.backendInfo());
      while (true) {
        trainer.step(BATCH, x, 0, targets, 0);
        long slice = (System.currentTimeMillis() - start) / sliceMillis;
        if (slice >= slices) {
          return steps;
        }
        steps[(int) slice]++;
      }
    }
  }
}
