package dev.lanewise.model;

/**
 * Scales its inputs by numbers that are fitted before training and never learned: {@code y[j] =
 * (x[j] - shift[j]) factor[j]}. So a network takes raw numbers and carries their scaling with it.
 * The numbers are the layer's statistics, {@code shift} then {@code factor}; at first 0 and 1.
 *
 * @param width how many inputs and outputs, at least 1
 */
public record Normalization(int width) implements Layer {
  /**
   * Checks the width.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public Normalization {
    HyperParameter.atLeast(1, "the width of a normalization layer", width);
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
  public Activation activation() {
    return Activation.IDENTITY;
  }

  @Override
  public String describe() {
    return "normalization";
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
    return 2L * width;
  }
}
