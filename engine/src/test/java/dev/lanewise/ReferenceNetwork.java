package dev.lanewise;

import dev.lanewise.internal.random.SplitMix64;
import dev.lanewise.internal.train.ReferenceLoss;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Layer;
import dev.lanewise.model.Layer.BatchNorm;
import dev.lanewise.model.Layer.Dense;
import dev.lanewise.model.Layer.Dropout;
import dev.lanewise.model.Layer.LayerNorm;
import dev.lanewise.model.Layer.Residual;
import dev.lanewise.model.Loss;
import dev.lanewise.model.TrainingOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Networks in double precision, written from the formulas; forward only. */
final class ReferenceNetwork {
  private final List<Layer> layers;
  private final double[] parameters;
  private final List<double[]> statistics = new ArrayList<>();
  private final TrainingOptions options;
  private final long step;

  /**
   * Takes a network's layers and statistics.
   *
   * @param parameters the parameters, the array itself
   * @param options how it trains; null to do as in predictions
   * @param step the number of the step that draws the masks
   */
  ReferenceNetwork(Network network, double[] parameters, TrainingOptions options, long step) {
    this.layers = network.layers();
    this.parameters = parameters;
    this.options = options;
    this.step = step;
    for (int l = 0; l < layers.size(); l++) {
      statistics.add(doubles(network.buffers(l)));
    }
  }

  static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  double loss(int rows, float[] x, float[] targets) {
    Loss.Standard loss = (Loss.Standard) options.loss();
    int out = layers.get(layers.size() - 1).out();
    return ReferenceLoss.value(loss, out, outputs(rows, x, leftOut(loss.kind())), targets, null);
  }

  double[] outputs(int rows, float[] x) {
    return outputs(rows, x, null);
  }

  /** The activation at the end that the loss contains; null if there is none. */
  private static Activation leftOut(Loss.Standard.Kind loss) {
    return switch (loss) {
      case SOFTMAX_CROSS_ENTROPY -> Activation.SOFTMAX;
      case BINARY_CROSS_ENTROPY -> Activation.SIGMOID;
      default -> null;
    };
  }

  private double[] outputs(int rows, float[] x, Activation leftOut) {
    List<double[]> inputs = new ArrayList<>();
    inputs.add(doubles(x));
    int at = 0;
    for (int l = 0; l < layers.size(); l++) {
      Layer layer = layers.get(l);
      double[] z = sums(l, rows, inputs, at);
      at += (int) layer.parameterCount();
      boolean left = l == layers.size() - 1 && layer.activation().equals(leftOut);
      inputs.add(left ? z : activated(layer, z));
    }
    return inputs.get(layers.size());
  }

  private static double[] activated(Layer layer, double[] z) {
    int n = layer.out();
    double[] y = new double[z.length];
    for (int at = 0; at < z.length; at += n) {
      double[] row = activated(layer.activation(), Arrays.copyOfRange(z, at, at + n));
      System.arraycopy(row, 0, y, at, n);
    }
    return y;
  }

  /**
   * What a layer makes of its inputs, before its activation; its parameters start at {@code at}.
   */
  private double[] sums(int l, int rows, List<double[]> inputs, int at) {
    double[] x = inputs.get(l);
    Layer layer = layers.get(l);
    if (layer instanceof Dense dense) {
      return dense(dense, rows, x, at);
    }
    if (layer instanceof LayerNorm norm) {
      return layerNorm(norm, rows, x, at);
    }
    if (layer instanceof BatchNorm norm) {
      return batchNorm(norm, learns(l) ? moments(norm, rows, x) : statistics.get(l), x, at);
    }
    if (layer instanceof Dropout dropout) {
      return learns(l) ? dropout(dropout, l, x) : x;
    }
    if (layer instanceof Residual residual) {
      return sum(x, inputs.get(residual.from() + 1));
    }
    return rescaled(layer.out(), x, statistics.get(l));
  }

  private boolean learns(int l) {
    return options != null && options.rateFactor(l) != 0;
  }

  private double[] dense(Dense layer, int rows, double[] x, int at) {
    int in = layer.in();
    int out = layer.out();
    double[] z = new double[rows * out];
    for (int r = 0; r < rows; r++) {
      for (int j = 0; j < out; j++) {
        double sum = layer.bias() ? parameters[at + in * out + j] : 0;
        for (int i = 0; i < in; i++) {
          sum += x[r * in + i] * parameters[at + i * out + j];
        }
        z[r * out + j] = sum;
      }
    }
    return z;
  }

  /** Section 3.1 of the paper, with the gain and bias of section 3. */
  private double[] layerNorm(LayerNorm norm, int rows, double[] x, int at) {
    int n = norm.width();
    double[] z = new double[x.length];
    for (int r = 0; r < rows; r++) {
      double mean = 0;
      double variance = 0;
      for (int j = 0; j < n; j++) {
        mean += x[r * n + j] / n;
      }
      for (int j = 0; j < n; j++) {
        variance += Math.pow(x[r * n + j] - mean, 2) / n;
      }
      for (int j = 0; j < n; j++) {
        double normal = (x[r * n + j] - mean) / Math.sqrt(variance + norm.epsilon());
        z[r * n + j] = parameters[at + j] * normal + parameters[at + n + j];
      }
    }
    return z;
  }

  /** The means of a batch's columns, then their variances: algorithm 1 of the paper. */
  private static double[] moments(BatchNorm norm, int rows, double[] x) {
    int n = norm.width();
    double[] moments = new double[2 * n];
    for (int i = 0; i < x.length; i++) {
      moments[i % n] += x[i] / rows;
    }
    for (int i = 0; i < x.length; i++) {
      moments[n + i % n] += Math.pow(x[i] - moments[i % n], 2) / rows;
    }
    return moments;
  }

  private double[] batchNorm(BatchNorm norm, double[] moments, double[] x, int at) {
    int n = norm.width();
    double[] z = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int j = i % n;
      double normal = (x[i] - moments[j]) / Math.sqrt(moments[n + j] + norm.epsilon());
      z[i] = parameters[at + j] * normal + parameters[at + n + j];
    }
    return z;
  }

  private double[] dropout(Dropout dropout, int l, double[] x) {
    long key = SplitMix64.bits(SplitMix64.bits(options.seed(), l), step);
    double[] z = new double[x.length];
    for (int p = 0; p < x.length; p++) {
      long both = SplitMix64.bits(key, p / 2);
      double uniform = (p % 2 == 0 ? both & 0xffff_ffffL : both >>> 32) / 0x1p32;
      z[p] = uniform < dropout.rate() ? 0 : x[p] / (1 - dropout.rate());
    }
    return z;
  }

  private static double[] sum(double[] a, double[] b) {
    double[] z = new double[a.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = a[i] + b[i];
    }
    return z;
  }

  private static double[] rescaled(int n, double[] x, double[] statistics) {
    double[] z = new double[x.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = (x[i] - statistics[i % n]) * statistics[n + i % n];
    }
    return z;
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
