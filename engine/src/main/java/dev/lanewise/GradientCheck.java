package dev.lanewise;

import dev.lanewise.internal.train.LossFunction;
import dev.lanewise.model.Loss;
import java.util.Arrays;
import java.util.Objects;

/**
 * What came of comparing the gradient that a loss gives with differences of its values: a test for
 * a {@link dev.lanewise.model.Loss.Custom}.
 *
 * <pre>{@code
 * GradientCheck.of(loss, rows, outputs, y, targets).requireWithin(1e-4);
 * }</pre>
 *
 * <p>Every output {@code y} in turn is moved up and down by {@code h}, and {@code (loss(y + h) -
 * loss(y - h)) / 2h} taken for the slope. A large {@code h} suffers from the loss's curvature, a
 * small one from rounding, most of all in {@code y} itself, a float. So many are tried, each half
 * of the one before (powers of two, from an eighth of the larger of {@code |y|} and 1 on), and that
 * one is taken whose slope is least in doubt: its {@link Slope#uncertainty} is how far it is from
 * the slope before it, and how much a rounding of the two losses to float would change it. What
 * differs by no more than that is no error.
 *
 * <p>Near a kink (a mean absolute error with {@code y} next to the target) the slope in the middle
 * may not exist; try other numbers. The loss is computed some fifty times for each output, so take
 * a few rows only.
 *
 * @param loss the loss of the outputs as they were given
 * @param largestAbsolute where the absolute error is largest
 * @param largestRelative where the relative error is largest
 */
public record GradientCheck(double loss, Slope largestAbsolute, Slope largestRelative) {
  private static final float LARGEST_STEP = 0x1p-3f;
  private static final int STEPS = 24;
  private static final double ROUNDING = 0x1p-24;

  /**
   * A gradient of one output, found in two ways.
   *
   * @param row the output's row
   * @param column which output of the row
   * @param given the gradient that the loss gave
   * @param numeric the slope of the loss's values
   * @param uncertainty how wrong that slope may be
   */
  public record Slope(int row, int column, double given, double numeric, double uncertainty) {
    /**
     * Returns how far the two are apart, as far as it is certain.
     *
     * @return at least 0; infinite where one of them is not a number
     */
    public double absoluteError() {
      double error = Math.abs(given - numeric) - uncertainty;
      return Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(0, error);
    }

    /**
     * Returns how far the two are apart, as a part of the larger one.
     *
     * @return at least 0; infinite where one of them is not a number
     */
    public double relativeError() {
      double error = absoluteError();
      return error == 0 || error == Double.POSITIVE_INFINITY
          ? error
          : error / Math.max(Math.abs(given), Math.abs(numeric));
    }
  }

  /**
   * Checks a loss at some outputs and targets.
   *
   * @param loss the loss; for a cross-entropy the outputs are its logits
   * @param rows how many rows, at least 1
   * @param outputs how many outputs a row has, at least 1
   * @param y the outputs, {@code rows x outputs}
   * @param targets the targets, {@code rows x outputs}
   * @return the largest errors
   * @throws IllegalArgumentException if an array has another length or {@code y} a number that is
   *     not finite, or if the loss is one with class weights and cannot be computed for these
   *     targets
   */
  public static GradientCheck of(Loss loss, int rows, int outputs, float[] y, float[] targets) {
    Objects.requireNonNull(loss, "loss");
    checkLength("y", rows, outputs, y);
    checkLength("targets", rows, outputs, targets);
    for (int i = 0; i < y.length; i++) {
      if (!(Math.abs(y[i]) < Float.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("y[" + i + "] must be a finite number, but is " + y[i]);
      }
    }
    Evaluation evaluation =
        new Evaluation(
            new LossFunction(loss, Backend.preferred().dispatch(), outputs), rows, y, targets);
    double value = evaluation.loss();
    float[] gradient = evaluation.dy.clone();
    Slope absolute = null;
    Slope relative = null;
    for (int i = 0; i < y.length; i++) {
      Slope slope = evaluation.slope(i, i / outputs, i % outputs, gradient[i]);
      if (absolute == null || slope.absoluteError() > absolute.absoluteError()) {
        absolute = slope;
      }
      if (relative == null || slope.relativeError() > relative.relativeError()) {
        relative = slope;
      }
    }
    return new GradientCheck(value, absolute, relative);
  }

  private static void checkLength(String name, int rows, int outputs, float[] a) {
    if (rows < 1 || outputs < 1) {
      throw new IllegalArgumentException(
          "a check needs at least 1 row and 1 output, but rows = "
              + rows
              + ", outputs = "
              + outputs);
    }
    Shapes.check(name, rows, outputs, a, 0);
    if (a.length != rows * outputs) {
      throw new IllegalArgumentException(
          name + " must hold " + rows + " x " + outputs + " numbers, but holds " + a.length);
    }
  }

  /**
   * Fails where a gradient is wrong.
   *
   * @param tolerance the largest relative error that passes, at least 0
   * @return this
   * @throws AssertionError if the largest relative error is above the tolerance
   */
  public GradientCheck requireWithin(double tolerance) {
    Slope worst = largestRelative;
    if (!(worst.relativeError() <= tolerance)) {
      throw new AssertionError(
          "row "
              + worst.row
              + ", column "
              + worst.column
              + ": the loss gives the gradient "
              + worst.given
              + ", but its values have the slope "
              + worst.numeric
              + " (+- "
              + worst.uncertainty
              + "), a relative error of "
              + worst.relativeError()
              + ", above "
              + tolerance);
    }
    return this;
  }

  /** A loss with the arrays that it is computed on. */
  private static final class Evaluation {
    private final LossFunction function;
    private final int rows;
    private final float[] y;
    private final float[] targets;
    private final float[] dy;

    Evaluation(LossFunction function, int rows, float[] y, float[] targets) {
      this.function = function;
      this.rows = rows;
      this.y = y.clone();
      this.targets = targets.clone();
      this.dy = new float[y.length];
      // An element that the loss forgets to write is no gradient of 0.
      Arrays.fill(dy, Float.NaN);
    }

    double loss() {
      return function.gradient(rows, y, 0, targets, 0, null, 0, dy, 0);
    }

    Slope slope(int i, int row, int column, double given) {
      float middle = y[i];
      float step = LARGEST_STEP * Math.max(1, Math.scalb(1f, Math.getExponent(middle)));
      double before = Double.NaN;
      double best = Double.NaN;
      double uncertainty = Double.POSITIVE_INFINITY;
      for (int k = 0; k < STEPS; k++, step /= 2) {
        float above = middle + step;
        float below = middle - step;
        if (above == middle || below == middle) {
          break;
        }
        y[i] = above;
        double lossAbove = loss();
        y[i] = below;
        double lossBelow = loss();
        double width = (double) above - below;
        double slope = (lossAbove - lossBelow) / width;
        double rounding = ROUNDING * (Math.abs(lossAbove) + Math.abs(lossBelow)) / width;
        double doubt = Math.abs(slope - before) + rounding;
        if (doubt < uncertainty) {
          uncertainty = doubt;
          best = slope;
        }
        before = slope;
      }
      y[i] = middle;
      return new Slope(row, column, given, best, uncertainty);
    }
  }
}
