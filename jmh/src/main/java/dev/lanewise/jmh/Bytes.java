package dev.lanewise.jmh;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How many GB/s is that, and how much of what one core gets from memory? Counted is what must be
 * read and written at least: each number of each operand once, and twice where it is changed. JMH
 * divides the counters by the time, so the line {@code :gigabyte} of its table, in {@code ops/s},
 * is GB/s, and {@code :percentOfMemory} is percent of the bandwidth in the same fork. It is above
 * 100 where operands stay in the caches.
 */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class Bytes {
  /** Billions of bytes since the iteration began, when JMH sets it to zero. */
  public double gigabyte;

  /** Hundredths of a second for which memory would take for them. */
  public double percentOfMemory;

  private double percentPerGigabyte = Double.NaN;

  /** Takes the bandwidth that was measured. */
  @Setup
  public void setUp(Ceilings ceilings) {
    percentPerGigabyte = 100 / ceilings.gigabytes();
  }

  /** Counts numbers of four bytes. */
  void count(double floats) {
    gigabyte += floats * 4e-9;
    percentOfMemory += floats * 4e-9 * percentPerGigabyte;
  }
}
