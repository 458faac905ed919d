package dev.lanewise.internal.train;

import dev.lanewise.model.Loss;
import java.util.List;

/** Losses in double precision, one row at a time, written from the formulas. */
public final class ReferenceLoss {
  private static final double STEP = 1e-6;

  private ReferenceLoss() {}

  /** The loss of all rows; {@code weights} may be null. */
  public static double value(
      Loss.Standard loss, int outputs, double[] y, float[] t, float[] weights) {
    double sum = 0;
    double total = 0;
    for (int r = 0; r < y.length / outputs; r++) {
      double weight = weights == null ? 1 : weights[r];
      weight *= classWeight(loss.classWeights(), outputs, t, r * outputs);
      sum += weight * row(loss, outputs, y, t, r * outputs);
      total += weight;
    }
    return loss.kind() == Loss.Standard.Kind.SQUARED_ERROR ? sum : sum / total;
  }

  /** The gradient of {@link #value}, from its differences. */
  static double[] gradient(
      Loss.Standard loss, int outputs, double[] y, float[] t, float[] weights) {
    double[] gradient = new double[y.length];
    double[] moved = y.clone();
    for (int i = 0; i < y.length; i++) {
      moved[i] = y[i] + STEP;
      double above = value(loss, outputs, moved, t, weights);
      moved[i] = y[i] - STEP;
      double below = value(loss, outputs, moved, t, weights);
      moved[i] = y[i];
      gradient[i] = (above - below) / (2 * STEP);
    }
    return gradient;
  }

  private static double classWeight(List<Float> weights, int outputs, float[] t, int at) {
    if (weights.isEmpty()) {
      return 1;
    }
    if (outputs == 1) {
      return (1 - t[at]) * weights.get(0) + t[at] * weights.get(1);
    }
    double sum = 0;
    for (int j = 0; j < outputs; j++) {
      sum += t[at + j] * weights.get(j);
    }
    return sum;
  }

  private static double row(Loss.Standard loss, int outputs, double[] y, float[] t, int at) {
    double p = loss.parameter();
    double exponentials = 0;
    for (int j = 0; j < outputs; j++) {
      exponentials += Math.exp(y[at + j]);
    }
    double sum = 0;
    for (int j = 0; j < outputs; j++) {
      double out = y[at + j];
      double target = t[at + j];
      double d = out - target;
      double sigmoid = 1 / (1 + Math.exp(-out));
      sum +=
          switch (loss.kind()) {
            case SQUARED_ERROR -> d * d / 2;
            case MEAN_SQUARED_ERROR -> d * d;
            case MEAN_ABSOLUTE_ERROR -> Math.abs(d);
            case HUBER -> Math.abs(d) <= p ? d * d / 2 : p * (Math.abs(d) - p / 2);
            case QUANTILE -> d < 0 ? -p * d : (1 - p) * d;
            case BINARY_CROSS_ENTROPY ->
                -(p * target * Math.log(sigmoid) + (1 - target) * Math.log(1 - sigmoid));
            case SOFTMAX_CROSS_ENTROPY ->
                -((1 - p) * target + p / outputs) * Math.log(Math.exp(out) / exponentials);
            case POISSON -> Math.exp(out) - target * out;
          };
    }
    return switch (loss.kind()) {
      case SQUARED_ERROR, SOFTMAX_CROSS_ENTROPY -> sum;
      default -> sum / outputs;
    };
  }
}
