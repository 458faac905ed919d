package dev.lanewise.model;

import java.util.Objects;

/**
 * Layer normalisation: each row is brought to mean 0 and variance 1 over its {@code width} numbers,
 * then {@code y = activation(gamma (x - mean) / sqrt(variance + epsilon) + beta)}. The variance is
 * divided by {@code width}. Ba, Kiros and Hinton, "Layer Normalization", 2016.
 *
 * <p>The layer learns {@code gamma} (its weights, at first 1) and {@code beta} (its bias, at first
 * 0), {@code width} numbers each.
 *
 * @param width how many inputs and outputs, at least 1
 * @param activation what is applied to the result
 * @param epsilon what is added to the variance, finite and above 0
 */
public record LayerNorm(int width, Activation activation, float epsilon) implements Layer {
  /** The epsilon that most use. */
  public static final float EPSILON = 1e-5f;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public LayerNorm {
    HyperParameter.atLeast(1, "the width of a layer norm", width);
    Objects.requireNonNull(activation, "activation");
    HyperParameter.positive("epsilon", epsilon);
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
    return "layer norm";
  }

  @Override
  public int weightRows() {
    return 1;
  }

  @Override
  public boolean hasBias() {
    return true;
  }

  @Override
  public long bufferLength() {
    return 0;
  }
}
