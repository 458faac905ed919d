package dev.lanewise.model;

import java.util.Objects;

/**
 * A dense layer: {@code y = activation(x W + b)} with {@code W} of {@code in x out} weights.
 *
 * @param in how many inputs, at least 1
 * @param out how many outputs, at least 1
 * @param activation what is applied to the weighted sums
 * @param bias whether the layer has {@code b}, one number for each output
 */
public record Dense(int in, int out, Activation activation, boolean bias) implements Layer {
  /**
   * Checks the shape.
   *
   * @throws IllegalArgumentException if a width is below 1
   */
  public Dense {
    if (in < 1 || out < 1) {
      throw new IllegalArgumentException(
          "a layer needs at least 1 input and 1 output, but in = " + in + ", out = " + out);
    }
    Objects.requireNonNull(activation, "activation");
  }

  @Override
  public String describe() {
    return bias ? "dense" : "dense, no bias";
  }

  @Override
  public int weightRows() {
    return in;
  }

  @Override
  public boolean hasBias() {
    return bias;
  }

  @Override
  public long bufferLength() {
    return 0;
  }
}
