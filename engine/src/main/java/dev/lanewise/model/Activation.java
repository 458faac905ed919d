package dev.lanewise.model;

import java.util.Locale;
import java.util.Objects;

/**
 * The function that a layer applies to each of its weighted sums {@code z}.
 *
 * <p>A weighted sum of {@code -0.0} counts as {@code 0.0}.
 *
 * @param kind which function
 * @param parameter its parameter; 0 for one that has none
 */
public record Activation(Kind kind, float parameter) {
  /** {@code y = z}. */
  public static final Activation IDENTITY = new Activation(Kind.IDENTITY, 0);

  /** {@code y = z > 0 ? z : 0}; a {@code NaN} stays one. The derivative at zero is zero. */
  public static final Activation RELU = new Activation(Kind.RELU, 0);

  /** {@code y = 1 / (1 + exp(-z))}. */
  public static final Activation SIGMOID = new Activation(Kind.SIGMOID, 0);

  /** {@code y = tanh(z)}. */
  public static final Activation TANH = new Activation(Kind.TANH, 0);

  /**
   * {@code y[j] = exp(z[j]) / sum over k of exp(z[k])}, over the outputs of one sample. Only for
   * the last layer.
   */
  public static final Activation SOFTMAX = new Activation(Kind.SOFTMAX, 0);

  /** The functions, without their parameters. */
  public enum Kind {
    /** {@link Activation#IDENTITY}. */
    IDENTITY,

    /** {@link Activation#RELU}. */
    RELU,

    /** {@link Activation#SIGMOID}. */
    SIGMOID,

    /** {@link Activation#TANH}. */
    TANH,

    /** {@link Activation#SOFTMAX}. */
    SOFTMAX
  }

  /**
   * Checks the parameter.
   *
   * @throws IllegalArgumentException if the function has no parameter and this one is not 0
   */
  public Activation {
    Objects.requireNonNull(kind, "kind");
    if (parameter != 0) {
      throw new IllegalArgumentException(kind + " has no parameter, but got " + parameter);
    }
  }

  /**
   * Tells whether the derivative is computed from the sums rather than from the results.
   *
   * @return whether the sums must be kept
   */
  public boolean needsSums() {
    return false;
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
