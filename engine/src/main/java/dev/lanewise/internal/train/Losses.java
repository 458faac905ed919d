package dev.lanewise.internal.train;

import dev.lanewise.internal.warmup.Dispatch;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Loss;

/**
 * The sums of standard losses over rows, and their gradients.
 *
 * <p>Every method returns the sum over all elements without the factor {@code a}, and overwrites
 * {@code dy} with the gradient of that sum times {@code a}. But for the squares, the sums are in
 * double precision in the order of the elements.
 */
final class Losses {
  private Losses() {}

  /** Computes a loss of {@code n} elements that do not depend on each other: any but softmax. */
  static double elementwise(
      Loss.Standard loss,
      Dispatch kernels,
      SquaredErrors squares,
      int n,
      float[] y,
      int yOffset,
      float[] t,
      int tOffset,
      double a,
      float[] dy,
      int dyOffset) {
    float parameter = loss.parameter();
    return switch (loss.kind()) {
      case SQUARED_ERROR -> squares.gradient(n, y, yOffset, t, tOffset, a, dy, dyOffset) / 2;
      case MEAN_SQUARED_ERROR -> squares.gradient(n, y, yOffset, t, tOffset, 2 * a, dy, dyOffset);
      case MEAN_ABSOLUTE_ERROR -> pinball(n, 1, 1, y, yOffset, t, tOffset, a, dy, dyOffset);
      case QUANTILE ->
          pinball(n, parameter, 1.0 - parameter, y, yOffset, t, tOffset, a, dy, dyOffset);
      case HUBER -> huber(n, parameter, y, yOffset, t, tOffset, a, dy, dyOffset);
      case BINARY_CROSS_ENTROPY -> {
        kernels.now().activate(Activation.SIGMOID, n, y, yOffset, dy, dyOffset);
        yield binary(n, parameter, y, yOffset, t, tOffset, a, dy, dyOffset);
      }
      case POISSON -> {
        kernels.now().exp(n, y, yOffset, dy, dyOffset);
        yield poisson(n, y, yOffset, t, tOffset, a, dy, dyOffset);
      }
      case SOFTMAX_CROSS_ENTROPY ->
          throw new IllegalArgumentException(loss + " is not of elements");
    };
  }

  /**
   * Computes {@code below (t - y)} where {@code y < t}, and {@code above (y - t)} where {@code y >
   * t}. Where they are equal the gradient is 0, and where one is not a number neither is it.
   */
  private static double pinball(
      int n,
      double below,
      double above,
      float[] y,
      int yOffset,
      float[] t,
      int tOffset,
      double a,
      float[] dy,
      int dyOffset) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double d = (double) y[yOffset + i] - t[tOffset + i];
      double slope = d > 0 ? above : d < 0 ? -below : d;
      sum += slope * d;
      dy[dyOffset + i] = (float) (slope * a);
    }
    return sum;
  }

  private static double huber(
      int n,
      double delta,
      float[] y,
      int yOffset,
      float[] t,
      int tOffset,
      double a,
      float[] dy,
      int dyOffset) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double d = (double) y[yOffset + i] - t[tOffset + i];
      double slope = Math.max(-delta, Math.min(delta, d));
      // d^2 / 2 inside, where the slope is d; delta (|d| - delta / 2) outside.
      sum += slope * (d - slope / 2);
      dy[dyOffset + i] = (float) (slope * a);
    }
    return sum;
  }

  /** Computes the loss with logits {@code z}; {@code dz} holds their sigmoids. */
  private static double binary(
      int n,
      double positiveWeight,
      float[] z,
      int zOffset,
      float[] t,
      int tOffset,
      double a,
      float[] dz,
      int dzOffset) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double logit = z[zOffset + i];
      double target = t[tOffset + i];
      double weight = 1 + (positiveWeight - 1) * target;
      // Without the difference of large numbers that softplus(-z) would be part of.
      double linear = logit > 0 ? (1 - target) * logit : -positiveWeight * target * logit;
      sum += linear + weight * softplus(-Math.abs(logit));
      dz[dzOffset + i] = (float) ((weight * dz[dzOffset + i] - positiveWeight * target) * a);
    }
    return sum;
  }

  /** Returns {@code log(1 + exp(x))} for an {@code x} that is not positive. */
  private static double softplus(double x) {
    return StrictMath.log1p(StrictMath.exp(x));
  }

  /** Computes the loss of logarithms {@code y}; {@code dy} holds their exponentials. */
  private static double poisson(
      int n, float[] y, int yOffset, float[] t, int tOffset, double a, float[] dy, int dyOffset) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double rate = dy[dyOffset + i];
      double count = t[tOffset + i];
      sum += rate - count * y[yOffset + i];
      dy[dyOffset + i] = (float) ((rate - count) * a);
    }
    return sum;
  }
}
