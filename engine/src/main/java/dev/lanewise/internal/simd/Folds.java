package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import jdk.incubator.vector.VectorShuffle;

/**
 * The order in which lanes become one number, which never changes: those 8 apart, then 4, 2, 1. The
 * API's own reductions add in an order that depends on whether the code has been compiled.
 *
 * <p>Only the shuffles are here; a shared method that takes vectors would box them where HotSpot
 * does not inline it.
 */
public final class Folds {
  /** Brings together lanes 8 apart, at 16 lanes. */
  public static final VectorShuffle<Float> APART_8 = VectorShuffle.iota(F, 8 % LANES, 1, true);

  /** Brings together lanes 4 apart, from 8 lanes on. */
  public static final VectorShuffle<Float> APART_4 = VectorShuffle.iota(F, 4 % LANES, 1, true);

  /** Brings together lanes 2 apart. */
  public static final VectorShuffle<Float> APART_2 = VectorShuffle.iota(F, 2, 1, true);

  /** Brings together neighbours. */
  public static final VectorShuffle<Float> APART_1 = VectorShuffle.iota(F, 1, 1, true);

  private Folds() {}
}
