package dev.lanewise.cli;

import dev.lanewise.Network;
import dev.lanewise.model.Dense;
import dev.lanewise.model.Layer;

/** The usual short form of a network, such as {@code 784-128-10}. */
final class Shape {
  private Shape() {}

  static String of(Network network) {
    StringBuilder shape = new StringBuilder().append(network.inputs());
    for (Layer layer : network.layers()) {
      if (layer instanceof Dense) {
        shape.append('-').append(layer.out());
      }
    }
    return shape.toString();
  }
}
