package dev.lanewise;

import dev.lanewise.internal.train.ReferenceLoss;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Dense;
import dev.lanewise.model.Layer;
import dev.lanewise.model.StandardLoss;
import java.util.List;

/** Networks in double precision, one sample at a time, written from the formulas. */
final class ReferenceNetwork {
  private final List<Layer> layers;
  private final double[] parameters;

  ReferenceNetwork(List<Layer> layers, double[] parameters) {
    this.layers = layers;
    this.parameters = parameters;
  }

  double loss(StandardLoss loss, int rows, float[] x, float[] targets) {
    int in = layers.get(0).in();
    int out = layers.get(layers.size() - 1).out();
    double[] y = new double[rows * out];
    for (int r = 0; r < rows; r++) {
      double[] row = new double[in];
      for (int i = 0; i < in; i++) {
        row[i] = x[r * in + i];
      }
      System.arraycopy(outputs(row, leftOut(loss.kind())), 0, y, r * out, out);
    }
    return ReferenceLoss.value(loss, out, y, targets, null);
  }

  /** The activation at the end that the loss contains; null if there is none. */
  private static Activation leftOut(StandardLoss.Kind loss) {
    return switch (loss) {
      case SOFTMAX_CROSS_ENTROPY -> Activation.SOFTMAX;
      case BINARY_CROSS_ENTROPY -> Activation.SIGMOID;
      default -> null;
    };
  }

  private double[] outputs(double[] row, Activation leftOut) {
    double[] x = row;
    int at = 0;
    for (int l = 0; l < layers.size(); l++) {
      Layer layer = layers.get(l);
      double[] z = new double[layer.out()];
      for (int j = 0; j < layer.out(); j++) {
        z[j] = ((Dense) layer).bias() ? parameters[at + layer.in() * layer.out() + j] : 0;
        for (int i = 0; i < layer.in(); i++) {
          z[j] += x[i] * parameters[at + i * layer.out() + j];
        }
      }
      at += (int) layer.parameterCount();
      boolean left = l == layers.size() - 1 && layer.activation().equals(leftOut);
      x = left ? z : activated(layer.activation(), z);
    }
    return x;
  }

  private static double[] activated(Activation activation, double[] z) {
    if (activation.equals(Activation.SOFTMAX)) {
      return softmax(z);
    }
    double[] y = new double[z.length];
    for (int j = 0; j < z.length; j++) {
      y[j] =
          switch (activation.kind()) {
            case IDENTITY -> z[j];
            case RELU -> Math.max(0, z[j]);
            case SIGMOID -> 1 / (1 + Math.exp(-z[j]));
            case TANH -> Math.tanh(z[j]);
            case LEAKY_RELU -> z[j] * (z[j] > 0 ? 1 : activation.parameter());
            case ELU -> z[j] > 0 ? z[j] : activation.parameter() * Math.expm1(z[j]);
            case SELU ->
                1.0507009873554805 * (z[j] > 0 ? z[j] : 1.6732632423543772 * Math.expm1(z[j]));
            case GELU -> ActivationFormulas.gelu(z[j]);
            case GELU_TANH -> ActivationFormulas.geluTanh(z[j]);
            case SILU -> ActivationFormulas.silu(z[j]);
            case SOFTPLUS -> ActivationFormulas.softplus(z[j]);
            case SOFTMAX -> throw new AssertionError();
          };
    }
    return y;
  }

  private static double[] softmax(double[] z) {
    double sum = 0;
    double[] y = new double[z.length];
    for (int j = 0; j < z.length; j++) {
      y[j] = Math.exp(z[j]);
      sum += y[j];
    }
    for (int j = 0; j < z.length; j++) {
      y[j] /= sum;
    }
    return y;
  }
}
