package dev.lanewise.jmh;

import dev.lanewise.Backend;
import dev.lanewise.internal.machine.Bandwidth;
import dev.lanewise.internal.machine.FmaPeak;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How much can one core do at most here? Measured in each fork before its benchmark is, for as the
 * neighbours on a machine change, so do its limits.
 */
@State(Scope.Benchmark)
public class Ceilings {
  private static final long NANOS = 400_000_000;

  private static final double STILL_FASTER = 1.1;
  private static final int MOST_TRIES = 10;

  private double gflops = Double.NaN;
  private double gigabytes = Double.NaN;

  /** Measures for a second, and longer where the compiler was not done: percents would be lies. */
  @Setup
  public void setUp() {
    double before;
    int tries = 0;
    gflops = FmaPeak.gflops(NANOS);
    do {
      before = gflops;
      gflops = Math.max(before, FmaPeak.gflops(NANOS));
    } while (gflops > STILL_FASTER * before && ++tries < MOST_TRIES);
    gigabytes = Bandwidth.gigabytes(Backend.VECTOR.kernels(), NANOS);
    System.out.printf(
        "%n# Lanewise: one core reaches %.1f GFLOP/s, and %.1f GB/s of memory%n",
        gflops, gigabytes);
  }

  /** Returns GFLOP/s of fused multiply-adds that never wait, not a number before measuring. */
  double gflops() {
    return gflops;
  }

  /** Returns GB/s of memory, not a number before measuring. */
  double gigabytes() {
    return gigabytes;
  }
}
