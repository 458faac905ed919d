package dev.lanewise.internal.warmup;

import dev.lanewise.internal.tuning.Sizes;

/**
 * Decides when it is worth while to have vectors compiled, which takes a second or two of the
 * processor: not before plain loops took as long, so that short runs never pay for it. Large calls
 * tell of a large network, which is seldom trained for a moment only.
 *
 * <p>Safe for use by any number of threads: times that are lost between them do no harm.
 */
public final class WarmUp {
  private final long nanos;
  private final long largeWork;
  private long spent;
  private long large;
  private boolean open;

  /** Begins with nothing spent. */
  public WarmUp() {
    this(Sizes.WARM_UP_AFTER_NANOS, Sizes.WARM_UP_AFTER_LARGE);
  }

  /**
   * Begins with nothing spent.
   *
   * @param nanos after how much time in plain loops vectors are tried
   * @param largeWork after how much work in large calls
   */
  WarmUp(long nanos, long largeWork) {
    this.nanos = nanos;
    this.largeWork = largeWork;
    this.open = nanos == 0;
  }

  /** Tells whether vectors are to be tried. */
  public boolean isOpen() {
    return open;
  }

  /** Takes note that so many multiply-adds are to come. */
  public void expect(double work) {
    open |= work >= Sizes.WARM_UP_FOR;
  }

  /** Notes a call of plain loops. */
  void note(long callNanos, long work) {
    spent += callNanos;
    large += work >= Sizes.LARGE_CALL ? work : 0;
    if (spent >= nanos || large >= largeWork) {
      open = true;
    }
  }
}
