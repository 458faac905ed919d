package dev.lanewise.model;

import java.util.Objects;

/**
 * Batch normalisation: in training each column is brought to mean 0 and variance 1 over the rows of
 * the batch, then {@code y = activation(gamma (x - mean) / sqrt(variance + epsilon) + beta)}. In
 * predictions the running mean and variance take the place of the batch's. Ioffe and Szegedy,
 * "Batch Normalization", 2015.
 *
 * <p>After each step {@code running = (1 - momentum) running + momentum batch}, where the variance
 * of the batch is divided by {@code rows - 1}; the variance that normalises is divided by {@code
 * rows}. The layer learns {@code gamma} (its weights, at first 1) and {@code beta} (its bias, at
 * first 0), {@code width} numbers each.
 *
 * @param width how many inputs and outputs, at least 1
 * @param activation what is applied to the result
 * @param epsilon what is added to the variance, finite and above 0
 * @param momentum how much of a batch goes into the running statistics, from 0 to 1
 */
public record BatchNorm(int width, Activation activation, float epsilon, float momentum)
    implements Layer {
  /** The epsilon that most use. */
  public static final float EPSILON = 1e-5f;

  /** The momentum that most use. */
  public static final float MOMENTUM = 0.1f;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public BatchNorm {
    HyperParameter.atLeast(1, "the width of a batch norm", width);
    Objects.requireNonNull(activation, "activation");
    HyperParameter.positive("epsilon", epsilon);
    HyperParameter.atMostOne("momentum", momentum);
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
    return "batch norm";
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
    return 2L * width;
  }
}
