package dev.lanewise;

import dev.lanewise.internal.backend.Settings;
import dev.lanewise.internal.gemm.Gemm;
import dev.lanewise.internal.jvm.VirtualMachine;
import dev.lanewise.internal.machine.Bandwidth;
import dev.lanewise.internal.machine.FmaPeak;
import dev.lanewise.internal.parallel.Workers;
import dev.lanewise.internal.simd.Lanes;
import dev.lanewise.internal.tuning.Tunable;
import dev.lanewise.internal.warmup.Dispatch;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What really runs.
 *
 * @param backend the backend
 * @param running what its kernels run on at this moment
 * @param vectorBits the width of its vectors in bits, 32 for the scalar backend
 * @param lanes how many floats a vector holds
 * @param fma whether a fused multiply-add is one machine instruction; without it only the scalar
 *     backend runs, some times slower, with the same results. In a runtime image without the module
 *     {@code jdk.management}, which tells, it is taken to be one
 * @param threads how many threads share the work of a training step
 * @param properties the system properties of Lanewise that were given, by name, those of the file
 *     that {@code lanewise.tuning} names among them
 */
public record BackendInfo(
    Backend backend,
    Running running,
    int vectorBits,
    int lanes,
    boolean fma,
    int threads,
    Map<String, String> properties) {
  /** How far vectors are. */
  public enum Running {
    /** Plain loops. */
    SCALAR,

    /** Both by turns, while vectors are compiled. */
    WARMING_UP,

    /** Vectors. */
    VECTOR
  }

  /** Copies the properties. */
  public BackendInfo {
    properties = Map.copyOf(properties);
  }

  /**
   * Tells what a network or trainer gets that asks for nothing in particular.
   *
   * @return the preferred backend, with as many threads as {@code lanewise.threads} says (by
   *     default 1)
   * @throws IllegalArgumentException if a system property of Lanewise has an unknown value
   * @throws IllegalStateException if one asks for vectors and their module is missing
   */
  public static BackendInfo current() {
    return of(Backend.preferred(), Settings.read().threads());
  }

  /** Tells it before anything ran. */
  static BackendInfo of(Backend backend, int threads) {
    return of(backend, backend.dispatch(), threads);
  }

  /** Tells what runs now. */
  static BackendInfo of(Backend backend, Dispatch kernels, int threads) {
    boolean scalar = backend == Backend.SCALAR;
    Running running =
        scalar || kernels.isCold()
            ? Running.SCALAR
            : kernels.isWarming() ? Running.WARMING_UP : Running.VECTOR;
    int lanes = scalar ? 1 : Lanes.LANES;
    return new BackendInfo(
        backend,
        running,
        lanes * Float.SIZE,
        lanes,
        VirtualMachine.hasFma(),
        threads,
        Settings.read().given());
  }

  /**
   * What one thread of a machine can do at most, so that a speed can be held against it.
   *
   * @param gflops fused multiply-adds that never wait for memory, in billions of floating-point
   *     operations a second; 0 for the scalar backend
   * @param gigabytes what is read from memory and written to it, in GB/s
   */
  public record Ceilings(double gflops, double gigabytes) {}

  /**
   * Measures what one thread can do at most on this backend, with the caller's. Each is the best of
   * some short slices of time.
   *
   * @param time about how long
   * @return the ceilings
   */
  public Ceilings ceilings(Duration time) {
    long half = time.toNanos() / 2;
    double gflops = backend != Backend.SCALAR ? FmaPeak.gflops(half) : 0;
    Backend warm = backend == Backend.SCALAR ? Backend.SCALAR : Backend.VECTOR;
    return new Ceilings(gflops, Bandwidth.gigabytes(warm.kernels(), half));
  }

  /**
   * Tells which sizes of tiles and blocks and which thresholds are in use, given or by default.
   * They are read once, when they are first needed.
   *
   * @return each one's value by the name of its system property; for the scalar backend only those
   *     that concern threads
   */
  public SortedMap<String, Integer> tuned() {
    SortedMap<String, Integer> values = new TreeMap<>();
    put(Workers.tuned(), values);
    if (backend != Backend.SCALAR) {
      put(Gemm.tuned(), values);
    }
    return values;
  }

  private static void put(Map<Tunable, Integer> tuned, Map<String, Integer> values) {
    tuned.forEach((tunable, value) -> values.put(tunable.property(), value));
  }

  /**
   * Says it in one line.
   *
   * @return for example {@code vector, 512 bits (16 lanes), fma, 1 thread}, or {@code auto (scalar
   *     now), 512 bits (16 lanes), fma, 1 thread}
   */
  @Override
  public String toString() {
    String name =
        switch (backend) {
          case SCALAR -> "scalar";
          case VECTOR -> "vector";
          case AUTO ->
              switch (running) {
                case SCALAR -> "auto (scalar now)";
                case WARMING_UP -> "auto (warming up)";
                case VECTOR -> "auto (vector now)";
              };
        };
    return name
        + (backend == Backend.SCALAR ? "" : ", " + vectorBits + " bits (" + lanes + " lanes)")
        + (fma ? ", fma, " : ", no fma, ")
        + threads
        + (threads == 1 ? " thread" : " threads")
        + (properties.isEmpty() ? "" : ", " + properties);
  }
}
