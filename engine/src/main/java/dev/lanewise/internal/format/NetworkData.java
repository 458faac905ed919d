package dev.lanewise.internal.format;

import dev.lanewise.model.Layer;
import java.util.List;

/**
 * A network as files see it: its layers, and for each of them its numbers as {@code
 * dev.lanewise.Network} presents them. The arrays are not copied.
 *
 * @param layers the layers, from the inputs on, at least 1
 * @param weights of each layer the weights, {@code in x out} row-major, or {@code gamma}; empty
 *     where it has none
 * @param biases of each layer the bias, or {@code beta}; empty where it has none
 * @param buffers of each layer what it knows but does not learn; empty where there is none
 */
public record NetworkData(
    List<Layer> layers, List<float[]> weights, List<float[]> biases, List<float[]> buffers) {
  /**
   * Copies the lists, and checks how many numbers there are.
   *
   * @throws IllegalArgumentException if there is no layer, or a layer does not have as many numbers
   *     as it needs
   */
  public NetworkData {
    layers = List.copyOf(layers);
    weights = List.copyOf(weights);
    biases = List.copyOf(biases);
    buffers = List.copyOf(buffers);
    int n = layers.size();
    if (n == 0 || weights.size() != n || biases.size() != n || buffers.size() != n) {
      throw new IllegalArgumentException(
          "expected at least 1 layer, and numbers for each, but there are "
              + n
              + " layers, "
              + weights.size()
              + " arrays of weights, "
              + biases.size()
              + " of biases and "
              + buffers.size()
              + " of buffers");
    }
    for (int l = 0; l < n; l++) {
      Layer layer = layers.get(l);
      long bias = layer.hasBias() ? layer.out() : 0;
      if (weights.get(l).length != layer.parameterCount() - bias
          || biases.get(l).length != bias
          || buffers.get(l).length != layer.bufferLength()) {
        throw new IllegalArgumentException(
            "layer "
                + l
                + ", "
                + layer
                + ", does not go with "
                + weights.get(l).length
                + " weights, a bias of "
                + biases.get(l).length
                + " and "
                + buffers.get(l).length
                + " buffers");
      }
    }
  }
}
