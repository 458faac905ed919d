package dev.lanewise;

import dev.lanewise.internal.array.ArraySize;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Layer;
import dev.lanewise.model.Layer.Dense;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** Stacked layers without activation, as the one layer that they are. */
final class LinearStack {
  private final double[] weights;
  private final double[] bias;

  private LinearStack(double[] weights, double[] bias) {
    this.weights = weights;
    this.bias = bias;
  }

  /**
   * Multiplies layers together.
   *
   * @param layers the layers, without activation but for the last one
   * @param weightsOf gives a layer's weights
   * @param biasOf gives a layer's bias, or none
   * @throws IllegalStateException if a layer before the last has an activation
   */
  static LinearStack of(
      List<Layer> layers, IntFunction<float[]> weightsOf, IntFunction<float[]> biasOf) {
    for (int l = 0; l < layers.size(); l++) {
      if (!(layers.get(l) instanceof Dense)) {
        throw new IllegalStateException(
            "only a stack of dense layers is one layer, but layer " + l + " is " + layers.get(l));
      }
    }
    for (int l = 0; l < layers.size() - 1; l++) {
      if (!layers.get(l).activation().equals(Activation.IDENTITY)) {
        throw new IllegalStateException(
            "only a stack of layers without activation is one layer, but layer "
                + l
                + " has "
                + layers.get(l).activation());
      }
    }
    double[] product = widened(weightsOf.apply(0));
    double[] offset = Arrays.copyOf(widened(biasOf.apply(0)), layers.get(0).out());
    for (int l = 1; l < layers.size(); l++) {
      Layer layer = layers.get(l);
      float[] next = weightsOf.apply(l);
      product = multiply(layers.get(0).in(), layer, product, next);
      offset = multiply(1, layer, offset, next);
      float[] bias = biasOf.apply(l);
      for (int j = 0; j < bias.length; j++) {
        offset[j] += bias[j];
      }
    }
    return new LinearStack(product, offset);
  }

  /** Returns the one layer's weights, rounded once. */
  float[] weights() {
    return rounded(weights);
  }

  /** Returns the one layer's bias, rounded once; zeros where no layer has one. */
  float[] bias() {
    return rounded(bias);
  }

  private static double[] widened(float[] values) {
    double[] widened = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      widened[i] = values[i];
    }
    return widened;
  }

  private static double[] multiply(int rows, Layer layer, double[] x, float[] w) {
    double[] y = new double[ArraySize.of("the weights", rows, layer.out())];
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < layer.in(); i++) {
        double xi = x[r * layer.in() + i];
        for (int j = 0; j < layer.out(); j++) {
          y[r * layer.out() + j] += xi * w[i * layer.out() + j];
        }
      }
    }
    return y;
  }

  private static float[] rounded(double[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }
}
