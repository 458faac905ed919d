package dev.lanewise.model;

/**
 * Dropout: in training each number is set to zero with probability {@code rate} and divided by
 * {@code 1 - rate} otherwise; predictions pass it on. Srivastava et al., "Dropout", 2014, in its
 * inverted form.
 *
 * <p>What is dropped depends on the trainer's seed, the number of the step, the layer, and the
 * place in the batch only: it is the same for every number of threads and on every machine.
 *
 * @param width how many inputs and outputs, at least 1
 * @param rate the probability, from 0 to below 1
 */
public record Dropout(int width, float rate) implements Layer {
  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Dropout {
    HyperParameter.atLeast(1, "the width of a dropout", width);
    HyperParameter.belowOne("a dropout rate", rate);
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
    return "dropout " + rate;
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
