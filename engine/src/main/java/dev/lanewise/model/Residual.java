package dev.lanewise.model;

import java.util.Objects;

/**
 * The end of a skip connection: {@code y = activation(x + outputs of layer from)}. He et al., "Deep
 * Residual Learning for Image Recognition", 2015.
 *
 * @param width how many inputs and outputs, at least 1
 * @param from the layer whose outputs are added, as wide as this one; -1 for the network's inputs
 * @param activation what is applied to the sum
 */
public record Residual(int width, int from, Activation activation) implements Layer {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Residual {
    HyperParameter.atLeast(1, "the width of a residual layer", width);
    Objects.requireNonNull(activation, "activation");
    if (from < -1) {
      throw new IllegalArgumentException(
          "a residual layer starts from a layer, or from -1 for the inputs, but not from " + from);
    }
  }

  @Override
  public int in() {
    return width;
  }

  @Override
  public int out() {
    return width;
  }

  @Override
  public String describe() {
    return "residual from " + (from < 0 ? "the inputs" : "layer " + from);
  }

  @Override
  public int weightRows() {
    return 0;
  }

  @Override
  public boolean hasBias() {
    return false;
  }

  @Override
  public long bufferLength() {
    return 0;
  }
}
