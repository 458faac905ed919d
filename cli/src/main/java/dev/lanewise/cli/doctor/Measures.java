package dev.lanewise.cli.doctor;

import dev.lanewise.Backend;
import dev.lanewise.BackendInfo;
import dev.lanewise.Network;
import dev.lanewise.Trainer;
import dev.lanewise.cli.text.Terminal;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Initializer;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was measured, with one thread. All rates are the best of several repetitions.
 *
 * @param peak fused multiply-adds that never wait, in GFLOP/s; 0 without vectors
 * @param bandwidth of memory, in GB/s
 * @param gemm the product of two matrices of 512 x 512, in GFLOP/s
 * @param step training steps of a network 256-256-256-256 with batches of 32, in samples/s
 * @param spread how far the median repetition of the last two is below the best, as a part of it
 */
record Measures(double peak, double bandwidth, double gemm, double step, double spread) {
  private static final int N = 512;
  private static final int WIDTH = 256;
  private static final int BATCH = 32;

  /**
   * Measures.
   *
   * @param nanos about how long
   */
  static Measures take(long nanos) {
    long part = nanos / 4;
    BackendInfo.Ceilings ceilings = BackendInfo.current().ceilings(Duration.ofNanos(2 * part));
    // What is reached once warm.
    Backend backend = Backend.preferred() == Backend.SCALAR ? Backend.SCALAR : Backend.VECTOR;
    Rate gemm = gemm(backend.kernels(), part);
    Rate step = step(backend, part);
    return new Measures(
        ceilings.gflops(),
        ceilings.gigabytes(),
        gemm.best(),
        step.best(),
        Math.max(gemm.spread(), step.spread()));
  }

  private static Rate gemm(Kernels kernels, long nanos) {
    float[] x = filled(N * N);
    float[] w = filled(N * N);
    float[] y = new float[N * N];
    float[] work = new float[kernels.gemmWork(N, N, N)];
    return Rate.of(
        2.0 * N * N * N, nanos, () -> kernels.gemm(N, N, N, x, 0, N, w, 0, N, y, 0, N, work, 0));
  }

  private static Rate step(Backend backend, long nanos) {
    Network network =
        Network.builder(WIDTH)
            .dense(WIDTH, Activation.RELU)
            .dense(WIDTH, Activation.RELU)
            .dense(WIDTH, Activation.IDENTITY)
            .initializer(Initializer.HE, 1)
            .backend(backend)
            .build();
    float[] x = filled(BATCH * WIDTH);
    float[] t = filled(BATCH * WIDTH);
    try (Trainer trainer = new Trainer(network, Loss.MEAN_SQUARED_ERROR, new Sgd(1e-6f), 1)) {
      Rate rate = Rate.of(BATCH, nanos, () -> trainer.step(BATCH, x, 0, t, 0));
      return new Rate(rate.best() * 1e9, rate.spread());
    }
  }

  private static float[] filled(int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (i * 7 % 13 - 6) / 8f;
    }
    return values;
  }

  /** Returns which part of the peak a matrix product reaches. */
  double ofPeak() {
    return peak == 0 ? Double.NaN : gemm / peak;
  }

  Map<String, String> text() {
    Map<String, String> all = new LinkedHashMap<>();
    if (peak > 0) {
      all.put("peak", Terminal.format("%.1f GFLOP/s of fused multiply-adds", peak));
    }
    all.put("memory", Terminal.format("%.1f GB/s", bandwidth));
    all.put(
        "product",
        Terminal.format(
            "%.1f GFLOP/s for 512 x 512 matrices%s",
            gemm, peak > 0 ? Terminal.format(", %.0f %% of the peak", 100 * ofPeak()) : ""));
    all.put(
        "training",
        Terminal.format(
            "%,.0f samples/s (256-256-256-256, batches of 32): %.1f GFLOP/s",
            step, step * 16 * WIDTH * WIDTH * 1e-9));
    return all;
  }

  Map<String, Object> json() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("peakGflops", peak);
    all.put("memoryGbs", bandwidth);
    all.put("gemm512Gflops", gemm);
    all.put("trainingSamplesPerSecond", step);
    all.put("spread", spread);
    return all;
  }
}
