package dev.lanewise.model;

import java.io.Serializable;

/**
 * How the learning rate goes with time: a pure function of time and of the rate that it starts
 * from, so that a run that is resumed gets the rates that it would have had. Time counts from 0;
 * whether it counts steps or epochs is up to who asks.
 *
 * <p>Schedules have no state and may be shared by threads. Those made here are equal if they are
 * made from equal numbers. Schedules are serializable, to be sent to another virtual machine with
 * the same Lanewise, one of your own as far as what it holds is, a lambda among them. In their
 * formulas {@code base} is the optimizer's own learning rate.
 *
 * <pre>{@code
 * Schedule schedule = Schedule.warmUp(500).then(Schedule.cosine(9_500, 0));
 * trainer.setLearningRate((float) schedule.rate(0.1, step));
 * }</pre>
 *
 * <p>For a rate that follows the loss see {@link Plateau}.
 */
@FunctionalInterface
public interface Schedule extends Serializable {
  /** What time counts. */
  enum Unit {
    /** Steps. */
    STEP,

    /** Epochs. */
    EPOCH
  }

  /**
   * Returns a learning rate.
   *
   * @param base the rate that the schedule changes
   * @param t the time, at least 0
   * @return the rate at that time
   * @throws IllegalArgumentException if the time is negative
   */
  double rate(double base, long t);

  /**
   * Returns when this schedule is over.
   *
   * @return the first time that does not belong to it any more; {@code Long.MAX_VALUE}, which is
   *     the default, if it has no end
   */
  default long length() {
    return Long.MAX_VALUE;
  }

  /**
   * Returns this schedule with another one after it.
   *
   * @param next what comes after {@link #length}; its time is 0 then
   * @return the two, one after the other
   * @throws IllegalStateException if this one has no end
   */
  default Schedule then(Schedule next) {
    if (length() == Long.MAX_VALUE) {
      throw new IllegalStateException(
          this + " has no end, so nothing can follow it; give it one with until");
    }
    return new Schedules.Sequence(this, next);
  }

  /**
   * Returns this schedule with an end.
   *
   * @param length when it is over, at least 1
   * @return a schedule with the same rates, also after its end
   * @throws IllegalArgumentException if {@code length} is below 1
   */
  default Schedule until(long length) {
    return new Schedules.Until(this, length);
  }

  /**
   * Returns the schedule that changes nothing: {@code base}, without end.
   *
   * @return the schedule
   */
  static Schedule constant() {
    return new Schedules.Constant();
  }

  /**
   * Returns a step decay, as PyTorch's StepLR: {@code base gamma^floor(t / size)}, without end.
   *
   * @param size how long each rate is kept, at least 1
   * @param gamma what the rate is multiplied by, a finite number, at least 0
   * @return the schedule
   * @throws IllegalArgumentException if a number lies outside its range
   */
  static Schedule step(long size, double gamma) {
    return new Schedules.Step(size, gamma);
  }

  /**
   * Returns an exponential decay: {@code base gamma^t}, without end.
   *
   * @param gamma what the rate is multiplied by each time, a finite number, at least 0
   * @return the schedule
   * @throws IllegalArgumentException if it lies outside its range
   */
  static Schedule exponential(double gamma) {
    return new Schedules.Step(1, gamma);
  }

  /**
   * Returns half a cosine (Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm
   * Restarts", 2017): {@code minimum + (base - minimum) (1 + cos(pi t / length)) / 2}, and {@code
   * minimum} from {@code length} on.
   *
   * @param length how long it goes down, at least 1
   * @param minimum the last learning rate, a finite number, at least 0
   * @return the schedule
   * @throws IllegalArgumentException if a number lies outside its range
   */
  static Schedule cosine(long length, double minimum) {
    return new Schedules.Cosine(length, minimum);
  }

  /**
   * Returns half cosines one after another, without end (the warm restarts of SGDR, see {@link
   * #cosine}): each goes from {@code base} down to {@code minimum}, which it just does not reach
   * before the next one starts.
   *
   * @param first how long the first one takes, at least 1
   * @param multiplier how many times as long each one takes as the one before, at least 1
   * @param minimum the learning rate that they go down to, a finite number, at least 0
   * @return the schedule
   * @throws IllegalArgumentException if a number lies outside its range
   */
  static Schedule cosineRestarts(long first, long multiplier, double minimum) {
    return new Schedules.Restarts(first, multiplier, minimum);
  }

  /**
   * Returns a linear rise that starts above 0: {@link #warmUp(long, double)} with {@code from = 1 /
   * length}, as PyTorch's LinearLR with that {@code start_factor}.
   *
   * @param length how long the rise takes, at least 1
   * @return the schedule
   * @throws IllegalArgumentException if it is below 1
   */
  static Schedule warmUp(long length) {
    return warmUp(length, 1.0 / Math.max(1, length));
  }

  /**
   * Returns a linear rise: {@code base (from + (1 - from) t / length)}, and {@code base} from
   * {@code length} on.
   *
   * @param length how long the rise takes, at least 1
   * @param from which part of {@code base} it starts with, from 0 to 1; with 0 nothing is learned
   *     at time 0
   * @return the schedule
   * @throws IllegalArgumentException if a number lies outside its range
   */
  static Schedule warmUp(long length, double from) {
    return new Schedules.WarmUp(length, from);
  }

  /**
   * Returns the one-cycle policy with the numbers that PyTorch's OneCycleLR takes: {@link
   * #oneCycle(long, double, double, double)} with 0.3, 25 and 10,000.
   *
   * @param length how long the cycle takes, at least 1
   * @return the schedule
   * @throws IllegalArgumentException if it is below 1
   */
  static Schedule oneCycle(long length) {
    return oneCycle(length, 0.3, 25, 10_000);
  }

  /**
   * Returns the one-cycle policy (Smith and Topin, "Super-Convergence: Very Fast Training of Neural
   * Networks Using Large Learning Rates", 2018), as PyTorch's OneCycleLR: half a cosine from {@code
   * base / divisor} up to {@code base}, which is the largest rate here, until {@code t = rise
   * length - 1}, then half a cosine down to {@code base / divisor / lastDivisor} at {@code t =
   * length - 1}, where it stays.
   *
   * @param length how long the cycle takes, at least 1
   * @param rise which part of it the rate rises, at least 0 and below 1
   * @param divisor how many times as large the largest rate is as the first, above 0
   * @param lastDivisor how many times as large the first rate is as the last, above 0
   * @return the schedule
   * @throws IllegalArgumentException if a number lies outside its range
   */
  static Schedule oneCycle(long length, double rise, double divisor, double lastDivisor) {
    return new Schedules.OneCycle(length, rise, divisor, lastDivisor);
  }
}
