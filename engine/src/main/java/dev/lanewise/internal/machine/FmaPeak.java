package dev.lanewise.internal.machine;

import dev.lanewise.internal.simd.Lanes;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The most that one core could do: fused multiply-adds that never wait for memory, in chains that
 * do not depend on each other. A core with two units and a latency of four or five cycles needs 8
 * to 10 chains, and 12 fit into 16 registers; a core with four units needs more, and has 32
 * registers. For one thread at a time.
 */
public final class FmaPeak {
  /** How many multiply-adds a chain is long. */
  public static final int ROUNDS = 4096;

  private static final int MOST_CHAINS = 24;

  private static final VectorSpecies<Float> F = Lanes.F;

  private static final int LANES = F.length();

  // Fields, so that the compiler does not know them. The factors are added up, and not multiplied
  // into the sums: C2 lets the result take the place of the addend, and would copy any other.
  private final float left;
  private final float right;
  private final float[] starts;

  /** Makes small multiples of 1/8, so that all sums are exact. */
  public FmaPeak() {
    left = 0.25f;
    right = 0.5f;
    starts = new float[MOST_CHAINS * LANES];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = (i % 64 + 1) / 8f;
    }
  }

  /**
   * Returns how many floating-point operations a call makes.
   *
   * @param chains 12 or 24
   */
  public static double flop(int chains) {
    return 2.0 * LANES * chains * ROUNDS;
  }

  /**
   * Returns what a call returns, computed from its definition.
   *
   * @param chains 12 or 24
   */
  public double expected(int chains) {
    double sum = flop(chains) / 2 * left * right;
    for (int i = 0; i < chains * LANES; i++) {
      sum += starts[i];
    }
    return sum;
  }

  /**
   * Measures both numbers of chains.
   *
   * @param nanos how long in all, at least
   * @return billions of floating-point operations a second, in the best of short slices
   */
  public static double gflops(long nanos) {
    FmaPeak peak = new FmaPeak();
    float[] sink = new float[1];
    double of12 = Rate.best(flop(12), nanos / 2, () -> sink[0] += peak.chains12());
    double of24 = Rate.best(flop(24), nanos / 2, () -> sink[0] += peak.chains24());
    if (Float.isNaN(sink[0])) {
      throw new IllegalStateException("the sums are no numbers");
    }
    return Math.max(of12, of24);
  }

  /** Runs 12 chains: the peak of most cores. */
  public float chains12() {
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

  /** Runs 24 chains: the peak where there are 32 registers and many units. */
  public float chains24() {
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
