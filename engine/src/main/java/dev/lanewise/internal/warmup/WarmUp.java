package dev.lanewise.internal.warmup;

import dev.lanewise.internal.tuning.Sizes;

/**
 * Decides when it is worth while to have vectors compiled, which takes a second or two of the
 * processor. Where much work is expected, at once. Where it is expected to be little, not before it
 * is done. Where nothing is expected, not before plain loops took as long, so that short runs never
 * pay for it; but large steps tell of a large network, which is seldom trained for a moment only.
 *
 * <p>Safe for use by any number of threads: times that are lost between them do no harm.
 */
public final class WarmUp {
  private final long nanos;
  private final double largeWork;
  private long spent;
  private double large;
  private double done;
  private double expected;
  private boolean open;
  private boolean atOnce;

  /** Begins with nothing spent. */
  public WarmUp() {
    this(Sizes.WARM_UP_AFTER_NANOS, Sizes.WARM_UP_AFTER_LARGE);
  }

  /**
   * Begins with nothing spent.
   *
   * @param nanos after how much time in plain loops vectors are tried
   * @param largeWork after how much work in large steps
   */
  WarmUp(long nanos, double largeWork) {
    this.nanos = nanos;
    this.largeWork = largeWork;
    this.open = nanos == 0;
  }

  /** Tells whether vectors are to be tried. */
  boolean isOpen() {
    return open;
  }

  /** Tells whether vectors are to run without trial. */
  boolean isAtOnce() {
    return atOnce;
  }

  /** Takes note that so many multiply-adds are to come. */
  public void expect(double work) {
    expected = done + work;
    atOnce |= expected >= Sizes.WARM_UP_FOR;
  }

  /** Notes a step of plain loops. */
  void note(long stepNanos, double work) {
    done += work;
    if (done <= expected) {
      return;
    }
    spent += stepNanos;
    large += work >= Sizes.LARGE_STEP ? work : 0;
    if (spent >= nanos || large >= largeWork) {
      open = true;
    }
  }
}
