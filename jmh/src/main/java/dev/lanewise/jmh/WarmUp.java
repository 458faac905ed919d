package dev.lanewise.jmh;

import dev.lanewise.Network;
import dev.lanewise.Trainer;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/**
 * Shows how a training step gets faster from the start of the virtual machine on: one line for each
 * quarter of a second, with the GFLOP/s in it. The network is W-W-W-W with W = 256, a batch has 32
 * rows, a step counts as 16 W^2 operations a row.
 */
public final class WarmUp {
  private static final int WIDTH = 256;
  private static final int BATCH = 32;
  private static final int SLICES = 24;
  private static final int SLICE_MILLIS = 250;

  private WarmUp() {}

  /**
   * Trains for six seconds and prints the curve.
   *
   * @param arguments none
   */
  public static void main(String[] arguments) {
    long start = ManagementFactory.getRuntimeMXBean().getStartTime();
    long[] steps = steps(start, SLICES, SLICE_MILLIS);
    double perStep = 16.0 * WIDTH * WIDTH * BATCH;
    for (int slice = 0; slice < SLICES; slice++) {
      double gflops = steps[slice] * perStep / (SLICE_MILLIS * 1e6);
      double end = (slice + 1) * SLICE_MILLIS / 1e3;
      System.out.printf(Locale.ROOT, "to %.2f s %8.1f GFLOP/s%n", end, gflops);
    }
  }

  /** Trains, and returns how many steps ended in each slice of the time since {@code start}. */
  static long[] steps(long start, int slices, int sliceMillis) {
    Network network = ThreeLayers.network("vector", WIDTH);
    float[] x = ThreeLayers.inputs(WIDTH, BATCH);
    float[] targets = new float[BATCH * WIDTH];
    Arrays.fill(targets, 0.1f);
    long[] steps = new long[slices];
    try (Trainer trainer = new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Sgd(1e-4f), 1)) {
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
