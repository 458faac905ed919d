package dev.lanewise.internal.warmup;

import dev.lanewise.internal.tuning.Sizes;
import java.util.List;

/**
 * Whose turn it is at one kernel. Before vectors are worth while it is the plain loops'. Then both
 * take turns, on the same work with the same bits, and vectors get no more time than the loops had,
 * beside an advance: code that is not compiled is a hundred times slower. Once they are as fast as
 * they should be, or were called so often that they must be compiled, it is their turn for ever.
 *
 * <p>Nothing is locked or volatile: a count that is lost between threads, or a turn seen late,
 * changes no bit.
 */
final class Turn {
  /** How much of the averages each call leaves: they go over about four calls. */
  private static final double KEPT = 0.75;

  private final WarmUp warmUp;
  private boolean vectorsForEver;
  private int trials;
  private long credit = Sizes.TRIAL_NANOS;
  private double scalarNanos;
  private double scalarWork;
  private double vectorNanos;
  private double vectorWork;

  Turn(WarmUp warmUp) {
    this.warmUp = warmUp;
  }

  /** Tells whether the next call is the vectors'. */
  boolean vectors() {
    return vectorsForEver || triesVectors();
  }

  /**
   * Returns how much of {@code n} is the vectors' in the next call, where the work can be shared:
   * so much that they take about as long as plain loops would for all of it.
   *
   * @param unit what it is a multiple of, unless it is all
   */
  int part(int n, int unit) {
    if (vectorsForEver) {
      return n;
    }
    if (!triesVectors()) {
      return 0;
    }
    double part = trials == 0 ? 0 : n * (scalarNanos * vectorWork) / (scalarWork * vectorNanos);
    return part >= n ? n : Math.min(n, Math.max(unit, (int) part / unit * unit));
  }

  private boolean triesVectors() {
    return credit > 0 && scalarWork > 0 && warmUp.isOpen();
  }

  /** Returns the time, or 0 if it need not be known. */
  long time() {
    return vectorsForEver ? 0 : System.nanoTime();
  }

  /** Notes a call after its end. */
  void end(boolean vectors, long start, long work) {
    if (start != 0) {
      note(vectors, System.nanoTime() - start, work);
    }
  }

  /** Notes a call whose first part was the vectors'. */
  void end(long start, long middle, long vectorPart, long scalarPart) {
    if (start != 0 && middle != 0) {
      if (vectorPart > 0) {
        note(true, middle - start, vectorPart);
      }
      if (scalarPart > 0) {
        note(false, System.nanoTime() - middle, scalarPart);
      }
    }
  }

  /** Notes a call that took so long for so much work. */
  void note(boolean vectors, long nanos, long work) {
    if (vectors) {
      credit -= nanos;
      vectorNanos = vectorNanos * KEPT + nanos;
      vectorWork = vectorWork * KEPT + work;
      trials++;
      boolean faster = vectorNanos * scalarWork < scalarNanos * vectorWork;
      vectorsForEver = trials >= Sizes.MOST_TRIALS || (trials >= Sizes.LEAST_TRIALS && faster);
      return;
    }
    scalarNanos = scalarNanos * KEPT + nanos;
    scalarWork = scalarWork * KEPT + work;
    if (warmUp.isOpen()) {
      credit += nanos;
    } else {
      warmUp.note(nanos, work);
    }
  }

  /** Tells whether every one that was called is the vectors' for ever. */
  static boolean allSettled(List<Turn> turns) {
    return turns.stream().allMatch(turn -> turn.vectorsForEver || turn.scalarWork == 0);
  }
}
