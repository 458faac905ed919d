package dev.lanewise.internal.warmup;

import dev.lanewise.internal.tuning.Sizes;

/**
 * Whose turn it is in a network. Before vectors are worth while it is the plain loops'. Where much
 * work is expected, it is the vectors' at once. Else both take turns, on the same work with the
 * same bits, and vectors get no more time than the loops had, beside an advance: code that is not
 * compiled is a hundred times slower. Once they are as fast as they should be, or were called so
 * often that they must be compiled, it is their turn for ever.
 *
 * <p>It is settled later. HotSpot counts which kernels a call went to only until it compiles that
 * code, and takes those that are rare in its counts for rare ever after: steps of small networks
 * stayed a seventh slower. Where compiled code meets a branch that was never taken, it is thrown
 * away and counts anew: so this is not to happen before the compiler has done its work.
 *
 * <p>Nothing is locked or volatile: a count that is lost between threads, or a turn seen late,
 * changes no bit.
 */
final class Turn {
  /** How much of the averages each step leaves: they go over about four. */
  private static final double KEPT = 0.75;

  private final WarmUp warmUp;
  private boolean decided;
  private int trials;
  private long credit = Sizes.TRIAL_NANOS;
  private double scalarNanos;
  private double scalarWork;
  private double vectorNanos;
  private double vectorWork;
  private long decidedNanos;

  Turn(WarmUp warmUp) {
    this.warmUp = warmUp;
  }

  /** Tells whether the next step is the vectors'. */
  boolean vectors() {
    return isDecided() || (credit > 0 && scalarWork > 0 && warmUp.isOpen());
  }

  /** Tells whether vectors have been tried. */
  boolean hasBegun() {
    return trials > 0 || isDecided();
  }

  /** Tells whether every step to come is the vectors'. */
  boolean isDecided() {
    return decided || warmUp.isAtOnce();
  }

  /** Tells whether this has been so for some time. */
  boolean isSettled() {
    return decidedNanos >= Sizes.SETTLED_AFTER_NANOS;
  }

  /** Notes a step that took so long for so much work. */
  void note(boolean vectors, long nanos, double work) {
    if (isDecided()) {
      decidedNanos += nanos;
    } else if (vectors) {
      credit -= nanos;
      vectorNanos = vectorNanos * KEPT + nanos;
      vectorWork = vectorWork * KEPT + work;
      trials++;
      boolean faster = vectorNanos * scalarWork < scalarNanos * vectorWork;
      decided = trials >= Sizes.MOST_TRIALS || (trials >= Sizes.LEAST_TRIALS && faster);
    } else {
      scalarNanos = scalarNanos * KEPT + nanos;
      scalarWork = scalarWork * KEPT + work;
      if (warmUp.isOpen()) {
        credit += nanos;
      } else {
        warmUp.note(nanos, work);
      }
    }
  }
}
