package dev.lanewise;

import dev.lanewise.model.Activation;
import dev.lanewise.model.Layer;
import dev.lanewise.model.Layer.Residual;
import java.util.ArrayList;
import java.util.List;

/** The layers of a network in the making, each of which fits those before it. */
final class LayerChain {
  private final int inputs;
  private final List<Layer> layers = new ArrayList<>();

  /**
   * Starts a chain without layers.
   *
   * @throws IllegalArgumentException if there is no input
   */
  LayerChain(int inputs) {
    if (inputs < 1) {
      throw new IllegalArgumentException("a network needs at least 1 input, not " + inputs);
    }
    this.inputs = inputs;
  }

  /** Returns how many layers there are. */
  int size() {
    return layers.size();
  }

  /** Returns how many inputs the next layer has. */
  int width() {
    return layers.isEmpty() ? inputs : layers.get(layers.size() - 1).out();
  }

  /**
   * Adds a layer.
   *
   * @throws IllegalArgumentException if it does not fit the layers before
   */
  void add(Layer layer) {
    if (layer.in() != width()) {
      throw new IllegalArgumentException(
          "layer "
              + layers.size()
              + " must have "
              + width()
              + " inputs, as many as come before it, but has "
              + layer.in());
    }
    if (layer instanceof Residual residual) {
      requireBlock(residual);
    }
    layers.add(layer);
  }

  private void requireBlock(Residual residual) {
    int from = residual.from();
    requireBlock(layers.size() - 1 - from);
    int width = from == -1 ? inputs : layers.get(from).out();
    if (width != residual.width()) {
      throw new IllegalArgumentException(
          "a residual block needs as many inputs as outputs, but has "
              + width
              + " and "
              + residual.width());
    }
  }

  /**
   * Checks that there are as many layers as a residual block is to close over.
   *
   * @throws IllegalArgumentException if not
   */
  void requireBlock(int blockLayers) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException(
          "a residual block closes over layers before it, but there is none: add them first");
    }
    if (blockLayers < 1 || blockLayers > layers.size()) {
      throw new IllegalArgumentException(
          "a residual block holds 1 to "
              + layers.size()
              + " of the layers before, but not "
              + blockLayers);
    }
  }

  /** Returns the layers. */
  List<Layer> layers() {
    return List.copyOf(layers);
  }

  /**
   * Checks that the layers make a network.
   *
   * @throws IllegalArgumentException if there is none, or softmax stands before the last one
   */
  void requireWhole() {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a network needs at least 1 layer: call dense(...)");
    }
    for (int l = 0; l < layers.size() - 1; l++) {
      if (layers.get(l).activation().equals(Activation.SOFTMAX)) {
        throw new IllegalArgumentException(
            "softmax is for the last layer, but layer " + l + " of " + layers.size() + " has it");
      }
    }
  }
}
