package dev.lanewise.jmh;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * How many GFLOP/s is that? JMH divides the counter by the time, so the line {@code :gflop} of its
 * table, in {@code ops/s}, is GFLOP/s.
 */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class Flops {
  /** Billions of floating-point operations since the iteration began, when JMH sets it to zero. */
  public double gflop;

  void count(double flop) {
    gflop += flop * 1e-9;
  }
}
