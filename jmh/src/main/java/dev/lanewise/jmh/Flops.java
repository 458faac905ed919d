package dev.lanewise.jmh;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How many GFLOP/s is that, and how much of what one core could do? JMH divides the counters by the
 * time, so the line {@code :gflop} of its table, in {@code ops/s}, is GFLOP/s, and {@code
 * :percentOfPeak} is percent of the peak of one core in the same fork.
 */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class Flops {
  /** Billions of floating-point operations since the iteration began, when JMH sets it to zero. */
  public double gflop;

  /** Hundredths of a second for which the peak would take for them. */
  public double percentOfPeak;

  private double percentPerGflop = Double.NaN;

  /** Takes the peak that was measured. */
  @Setup
  public void setUp(Ceilings ceilings) {
    percentPerGflop = 100 / ceilings.gflops();
  }

  void count(double flop) {
    gflop += flop * 1e-9;
    percentOfPeak += flop * 1e-9 * percentPerGflop;
  }
}
