package dev.lanewise.jmh;

import dev.lanewise.Backend;
import dev.lanewise.internal.machine.FmaPeak;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Setup;

/**
 * What is the most that one core could do: how many fused multiply-adds, if they never wait for
 * memory? Other figures can be read as percent of the higher of the two.
 *
 * <p>Each method is compiled by itself: as a part of JMH's loop it was large enough for C2 to stop
 * inlining, and then its vectors went through memory.
 */
public class FmaPeakBenchmark extends LanewiseBenchmark {
  private FmaPeak peak;

  @Setup
  public void setUp() {
    announce("vector", infoOf(Backend.VECTOR));
    peak = new FmaPeak();
  }

  /** Runs 12 accumulators: the peak of most cores. */
  @Benchmark
  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  public float chains12(Flops flops) {
    flops.count(FmaPeak.flop(12));
    return peak.chains12();
  }

  /** Runs 24 accumulators: the peak where there are 32 registers and many units. */
  @Benchmark
  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  public float chains24(Flops flops) {
    flops.count(FmaPeak.flop(24));
    return peak.chains24();
  }
}
