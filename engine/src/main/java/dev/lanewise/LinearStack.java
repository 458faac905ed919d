package dev.lanewise;

import dev.lanewise.model.Activation;
import dev.lanewise.model.Layer;
import java.util.Arrays;
import java.util.List;

/** Stacked layers without activation, as the one layer that they are. */
final class LinearStack {
  private LinearStack() {}

  static Network collapse(Network network) {
    List<Layer> layers = network.layers();
    for (int l = 0; l < layers.size() - 1; l++) {
      if (layers.get(l).activation() != Activation.IDENTITY) {
        throw new IllegalStateException(
            "only a stack of layers without activation is one layer, but layer "
                + l
                + " has "
                + layers.get(l).activation());
      }
    }
    int inputs = network.inputs();
    double[] product = widened(network.weights(0));
    double[] offset = Arrays.copyOf(widened(network.bias(0)), layers.get(0).out());
    for (int l = 1; l < layers.size(); l++) {
      Layer layer = layers.get(l);
      float[] weights = network.weights(l);
      product = multiply(inputs, layer, product, weights);
      offset = multiply(1, layer, offset, weights);
      float[] bias = network.bias(l);
      for (int j = 0; j < bias.length; j++) {
        offset[j] += bias[j];
      }
    }
    boolean bias = layers.stream().anyMatch(Layer::bias);
    Activation last = layers.get(layers.size() - 1).activation();
    Network collapsed =
        Network.builder(inputs)
            .layer(network.outputs(), last, bias)
            .backend(network.backend())
            .build();
    collapsed.setWeights(0, rounded(product));
    if (bias) {
      collapsed.setBias(0, rounded(offset));
    }
    return collapsed;
  }

  private static double[] widened(float[] values) {
    double[] widened = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      widened[i] = values[i];
    }
    return widened;
  }

  private static double[] multiply(int rows, Layer layer, double[] x, float[] w) {
    double[] y = new double[Math.multiplyExact(rows, layer.out())];
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
