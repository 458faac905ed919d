package dev.lanewise.model;

import java.io.Serializable;
import java.util.Objects;

/**
 * Lowers the learning rate when a metric, such as the loss on validation data, gets better no more;
 * as PyTorch's ReduceLROnPlateau with relative thresholds and {@code eps = 0}.
 *
 * <p>What is remembered from one value to the next is a {@link State}, which is a value itself:
 *
 * <pre>{@code
 * Plateau.State state = plateau.start();
 * for (int epoch = 0; epoch < epochs; epoch++) {
 *   trainer.setLearningRate((float) plateau.rate(0.1, state));
 *   ...
 *   state = plateau.next(state, validationLoss);
 * }
 * }</pre>
 *
 * @param mode which values of the metric are better
 * @param factor what the rate is multiplied by, at least 0 and below 1
 * @param patience how many values in a row may be no better without a reduction, at least 0
 * @param threshold by which part of the best value another one must pass it to be better, at least
 *     0 and below 1
 * @param cooldown after how many values since a reduction bad ones count again, at least 0
 * @param minimum the learning rate below which this does not go, a finite number, at least 0
 */
public record Plateau(
    Mode mode, double factor, int patience, double threshold, int cooldown, double minimum)
    implements Serializable {
  /** Which values of a metric are better. */
  public enum Mode {
    /** Small ones, as of a loss. */
    MIN,

    /** Large ones, as of an accuracy. */
    MAX
  }

  /**
   * What has been seen so far.
   *
   * @param best the best value; an infinity before the first one
   * @param bad how many values in a row were no better
   * @param cooling for how many values bad ones do not count
   * @param reductions how many times the rate has been lowered
   */
  public record State(double best, int bad, int cooling, int reductions) implements Serializable {}

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one of them lies outside its range
   */
  public Plateau {
    Objects.requireNonNull(mode, "mode");
    HyperParameter.belowOne("factor", factor);
    HyperParameter.atLeast(0, "patience", patience);
    HyperParameter.belowOne("threshold", threshold);
    HyperParameter.atLeast(0, "cooldown", cooldown);
    HyperParameter.atLeastZero("minimum", minimum);
  }

  /**
   * Makes one with PyTorch's numbers: factor 0.1, patience 10, threshold 1e-4, neither cooldown nor
   * minimum.
   *
   * @param mode which values of the metric are better
   */
  public Plateau(Mode mode) {
    this(mode, 0.1, 10, 1e-4, 0, 0);
  }

  /**
   * Returns the state before the first value.
   *
   * @return the state
   */
  public State start() {
    double worst = mode == Mode.MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    return new State(worst, 0, 0, 0);
  }

  /**
   * Returns the state after one more value.
   *
   * @param state the state before
   * @param metric the value; a {@code NaN} is not better than anything
   * @return the state after it
   */
  public State next(State state, double metric) {
    boolean better =
        mode == Mode.MIN
            ? metric < state.best * (1 - threshold)
            : metric > state.best * (1 + threshold);
    double best = better ? metric : state.best;
    if (state.cooling > 0) {
      return new State(best, 0, state.cooling - 1, state.reductions);
    }
    int bad = better ? 0 : state.bad + 1;
    return bad > patience
        ? new State(best, 0, cooldown, state.reductions + 1)
        : new State(best, bad, 0, state.reductions);
  }

  /**
   * Returns the learning rate after what has been seen: {@code base factor^reductions}, but not
   * below the minimum, if {@code base} itself is not.
   *
   * @param base the rate before the first reduction
   * @param state the state
   * @return the rate
   */
  public double rate(double base, State state) {
    double reduced = base * StrictMath.pow(factor, state.reductions);
    return Math.min(base, Math.max(reduced, minimum));
  }
}
