package dev.lanewise.jmh;

import dev.lanewise.Backend;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Setup;

/**
 * What is the most that one core could do: how many fused multiply-adds, if they never wait for
 * memory? Other figures can be read as percent of the higher of the two.
 *
 * <p>The accumulators are chains that do not depend on each other. A core with two units and a
 * latency of four or five cycles needs 8 to 10 of them, and 12 fit into 16 registers; a core with
 * four units needs more, and has 32 registers.
 *
 * <p>Each method is compiled by itself: as a part of JMH's loop it was large enough for C2 to stop
 * inlining, and then its vectors went through memory.
 */
public class FmaPeakBenchmark extends LanewiseBenchmark {
  static final int ROUNDS = 4096;

  private static final int MOST_CHAINS = 24;

  private static final VectorSpecies<Float> F =
      VectorSpecies.of(float.class, VectorShape.forBitSize(infoOf(Backend.VECTOR).vectorBits()));

  static final int LANES = F.length();

  // Fields, so that the compiler does not know them. The factors are added up, and not multiplied
  // into the sums: C2 lets the result take the place of the addend, and would copy any other.
  float left;
  float right;
  float[] starts;

  /** Makes small multiples of 1/8, so that all sums are exact. */
  @Setup
  public void setUp() {
    announce("vector", infoOf(Backend.VECTOR));
    left = 0.25f;
    right = 0.5f;
    starts = new float[MOST_CHAINS * LANES];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = (i % 64 + 1) / 8f;
    }
  }

  /** Runs 12 accumulators: the peak of most cores. */
  @Benchmark
  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  public float chains12(Flops flops) {
    flops.count(2.0 * LANES * 12 * ROUNDS);
    FloatVector x = FloatVector.broadcast(F, left);
    FloatVector y = FloatVector.broadcast(F, right);
    FloatVector s00 = FloatVector.fromArray(F, starts, 0);
    FloatVector s01 = FloatVector.fromArray(F, starts, LANES);
    FloatVector s02 = FloatVector.fromArray(F, starts, 2 * LANES);
    FloatVector s03 = FloatVector.fromArray(F, starts, 3 * LANES);
    FloatVector s04 = FloatVector.fromArray(F, starts, 4 * LANES);
    FloatVector s05 = FloatVector.fromArray(F, starts, 5 * LANES);
    FloatVector s06 = FloatVector.fromArray(F, starts, 6 * LANES);
    FloatVector s07 = FloatVector.fromArray(F, starts, 7 * LANES);
    FloatVector s08 = FloatVector.fromArray(F, starts, 8 * LANES);
    FloatVector s09 = FloatVector.fromArray(F, starts, 9 * LANES);
    FloatVector s10 = FloatVector.fromArray(F, starts, 10 * LANES);
    FloatVector s11 = FloatVector.fromArray(F, starts, 11 * LANES);
    for (int round = 0; round < ROUNDS; round++) {
      s00 = x.fma(y, s00);
      s01 = x.fma(y, s01);
      s02 = x.fma(y, s02);
      s03 = x.fma(y, s03);
      s04 = x.fma(y, s04);
      s05 = x.fma(y, s05);
      s06 = x.fma(y, s06);
      s07 = x.fma(y, s07);
      s08 = x.fma(y, s08);
      s09 = x.fma(y, s09);
      s10 = x.fma(y, s10);
      s11 = x.fma(y, s11);
    }
    FloatVector sum0 = s00.add(s01).add(s02).add(s03);
    FloatVector sum1 = s04.add(s05).add(s06).add(s07);
    FloatVector sum2 = s08.add(s09).add(s10).add(s11);
    return sum0.add(sum1).add(sum2).reduceLanes(VectorOperators.ADD);
  }

  /** Runs 24 accumulators: the peak where there are 32 registers and many units. */
  @Benchmark
  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  public float chains24(Flops flops) {
    flops.count(2.0 * LANES * 24 * ROUNDS);
    FloatVector x = FloatVector.broadcast(F, left);
    FloatVector y = FloatVector.broadcast(F, right);
    FloatVector s00 = FloatVector.fromArray(F, starts, 0);
    FloatVector s01 = FloatVector.fromArray(F, starts, LANES);
    FloatVector s02 = FloatVector.fromArray(F, starts, 2 * LANES);
    FloatVector s03 = FloatVector.fromArray(F, starts, 3 * LANES);
    FloatVector s04 = FloatVector.fromArray(F, starts, 4 * LANES);
    FloatVector s05 = FloatVector.fromArray(F, starts, 5 * LANES);
    FloatVector s06 = FloatVector.fromArray(F, starts, 6 * LANES);
    FloatVector s07 = FloatVector.fromArray(F, starts, 7 * LANES);
    FloatVector s08 = FloatVector.fromArray(F, starts, 8 * LANES);
    FloatVector s09 = FloatVector.fromArray(F, starts, 9 * LANES);
    FloatVector s10 = FloatVector.fromArray(F, starts, 10 * LANES);
    FloatVector s11 = FloatVector.fromArray(F, starts, 11 * LANES);
    FloatVector s12 = FloatVector.fromArray(F, starts, 12 * LANES);
    FloatVector s13 = FloatVector.fromArray(F, starts, 13 * LANES);
    FloatVector s14 = FloatVector.fromArray(F, starts, 14 * LANES);
    FloatVector s15 = FloatVector.fromArray(F, starts, 15 * LANES);
    FloatVector s16 = FloatVector.fromArray(F, starts, 16 * LANES);
    FloatVector s17 = FloatVector.fromArray(F, starts, 17 * LANES);
    FloatVector s18 = FloatVector.fromArray(F, starts, 18 * LANES);
    FloatVector s19 = FloatVector.fromArray(F, starts, 19 * LANES);
    FloatVector s20 = FloatVector.fromArray(F, starts, 20 * LANES);
    FloatVector s21 = FloatVector.fromArray(F, starts, 21 * LANES);
    FloatVector s22 = FloatVector.fromArray(F, starts, 22 * LANES);
    FloatVector s23 = FloatVector.fromArray(F, starts, 23 * LANES);
    for (int round = 0; round < ROUNDS; round++) {
      s00 = x.fma(y, s00);
      s01 = x.fma(y, s01);
      s02 = x.fma(y, s02);
      s03 = x.fma(y, s03);
      s04 = x.fma(y, s04);
      s05 = x.fma(y, s05);
      s06 = x.fma(y, s06);
      s07 = x.fma(y, s07);
      s08 = x.fma(y, s08);
      s09 = x.fma(y, s09);
      s10 = x.fma(y, s10);
      s11 = x.fma(y, s11);
      s12 = x.fma(y, s12);
      s13 = x.fma(y, s13);
      s14 = x.fma(y, s14);
      s15 = x.fma(y, s15);
      s16 = x.fma(y, s16);
      s17 = x.fma(y, s17);
      s18 = x.fma(y, s18);
      s19 = x.fma(y, s19);
      s20 = x.fma(y, s20);
      s21 = x.fma(y, s21);
      s22 = x.fma(y, s22);
      s23 = x.fma(y, s23);
    }
    FloatVector sum0 = s00.add(s01).add(s02).add(s03);
    FloatVector sum1 = s04.add(s05).add(s06).add(s07);
    FloatVector sum2 = s08.add(s09).add(s10).add(s11);
    FloatVector sum3 = s12.add(s13).add(s14).add(s15);
    FloatVector sum4 = s16.add(s17).add(s18).add(s19);
    FloatVector sum5 = s20.add(s21).add(s22).add(s23);
    return sum0.add(sum1).add(sum2).add(sum3).add(sum4).add(sum5).reduceLanes(VectorOperators.ADD);
  }
}
