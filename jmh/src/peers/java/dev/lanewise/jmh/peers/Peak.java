package dev.lanewise.jmh.peers;

import dev.lanewise.jmh.Flops;
import dev.lanewise.jmh.FmaPeakBenchmark;

/** Measures how many fused multiply-adds one core does if they never wait for memory. */
final class Peak {
  private static final int SLICES = 40;
  private static final long SLICE_NANOS = 20_000_000;

  private final FmaPeakBenchmark benchmark = new FmaPeakBenchmark();
  private float sink;

  private Peak() {
    benchmark.setUp();
  }

  /** Returns billions of floating-point operations a second, in the best of many short slices. */
  static double gflops() {
    Peak peak = new Peak();
    double best = 0;
    for (int i = 0; i < SLICES; i++) {
      best = Math.max(best, Math.max(peak.slice(false), peak.slice(true)));
    }
    if (Float.isNaN(peak.sink)) {
      throw new IllegalStateException("the sums are no numbers");
    }
    return best;
  }

  private double slice(boolean many) {
    Flops flops = new Flops();
    long start = System.nanoTime();
    long elapsed;
    do {
      sink += many ? benchmark.chains24(flops) : benchmark.chains12(flops);
      elapsed = System.nanoTime() - start;
    } while (elapsed < SLICE_NANOS);
    return flops.gflop / (elapsed * 1e-9);
  }
}
