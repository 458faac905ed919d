package dev.lanewise.internal.warmup;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.UpdateKernels;

/**
 * Which kernels the calls of a network or a trainer go to now: always the same ones, or plain loops
 * first and vectors later. Then each step or prediction is wholly the one's or the other's, as its
 * {@link Turn} says, with the same bits.
 *
 * <p>Safe for use by any number of threads, without a lock: a change that one sees late, or that
 * comes amid its work, changes no bit.
 */
public final class Dispatch {
  private final Kernels first;
  private final UpdateKernels firstUpdates;
  private final Kernels last;
  private final UpdateKernels lastUpdates;

  /** Null where there is nothing to choose. */
  private final Turn turn;

  private Kernels current;
  private UpdateKernels currentUpdates;
  private boolean settled;

  /**
   * Makes one that never changes.
   *
   * @param kernels the array kernels
   * @param updates the kernels of optimizers; may be null where none is called
   */
  public Dispatch(Kernels kernels, UpdateKernels updates) {
    this(kernels, updates, kernels, updates, (Turn) null);
    this.settled = true;
  }

  /**
   * Makes one that begins on plain loops.
   *
   * @param scalar the plain loops
   * @param scalarUpdates the same of optimizers
   * @param vector what gives the same bits with vectors
   * @param vectorUpdates the same of optimizers
   * @param warmUp when vectors are tried
   */
  public Dispatch(
      Kernels scalar,
      UpdateKernels scalarUpdates,
      Kernels vector,
      UpdateKernels vectorUpdates,
      WarmUp warmUp) {
    this(scalar, scalarUpdates, vector, vectorUpdates, new Turn(warmUp));
  }

  private Dispatch(
      Kernels first,
      UpdateKernels firstUpdates,
      Kernels last,
      UpdateKernels lastUpdates,
      Turn turn) {
    this.first = first;
    this.firstUpdates = firstUpdates;
    this.last = last;
    this.lastUpdates = lastUpdates;
    this.turn = turn;
    this.current = first;
    this.currentUpdates = firstUpdates;
  }

  /** Returns the array kernels that run now: to be asked at each call. */
  public Kernels now() {
    // That this branch is taken for the first time makes the compiler count anew: see Turn.
    if (settled) {
      return last;
    }
    return current;
  }

  /** Returns the kernels of optimizers that run now. */
  public UpdateKernels updates() {
    if (settled) {
      return lastUpdates;
    }
    return currentUpdates;
  }

  /** Returns the array kernels that run in the end, which need the larger work space. */
  public Kernels last() {
    return last;
  }

  /** Tells whether plain loops run, with vectors not tried yet. */
  public boolean isCold() {
    return turn != null && !turn.hasBegun();
  }

  /** Tells whether both take turns. */
  public boolean isWarming() {
    return turn != null && turn.hasBegun() && !turn.isDecided();
  }

  /**
   * Begins a step or a prediction.
   *
   * @return what {@link #end} wants to know
   */
  public long begin() {
    if (settled) {
      return 0;
    }
    boolean vectors = turn.vectors();
    choose(vectors);
    // The lowest bit says whose time it is.
    return vectors ? System.nanoTime() | 1 : System.nanoTime() & ~1L;
  }

  /**
   * Ends it.
   *
   * @param began what {@link #begin} returned
   * @param work how many multiply-adds it took
   */
  public void end(long began, double work) {
    if (settled || began == 0) {
      return;
    }
    turn.note((began & 1) == 1, System.nanoTime() - began, work);
    settled = turn.isSettled();
    choose(turn.isDecided());
  }

  private void choose(boolean vectors) {
    current = vectors ? last : first;
    currentUpdates = vectors ? lastUpdates : firstUpdates;
  }
}
