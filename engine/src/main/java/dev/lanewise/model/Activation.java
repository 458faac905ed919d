package dev.lanewise.model;

import java.io.Serializable;
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
public record Activation(Kind kind, float parameter) implements Serializable {
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

  /**
   * {@code y = s (z > 0 ? z : alpha (exp(z) - 1))} with {@code s = 1.0507009873554805} and {@code
   * alpha = 1.6732632423543772} (Klambauer et al. 2017, arXiv 1706.02515).
   */
  public static final Activation SELU = new Activation(Kind.SELU, 0);

  /**
   * {@code y = z / 2 (1 + erf(z / sqrt(2)))}, the exact form of GELU (Hendrycks and Gimpel 2016,
   * arXiv 1606.08415).
   */
  public static final Activation GELU = new Activation(Kind.GELU, 0);

  /**
   * {@code y = z / 2 (1 + tanh(sqrt(2 / pi) (z + 0.044715 z^3)))}, the approximation of {@link
   * #GELU} in the same paper.
   */
  public static final Activation GELU_TANH = new Activation(Kind.GELU_TANH, 0);

  /** {@code y = z / (1 + exp(-z))}, also called swish. */
  public static final Activation SILU = new Activation(Kind.SILU, 0);

  /** {@code y = log(1 + exp(z))}. */
  public static final Activation SOFTPLUS = new Activation(Kind.SOFTPLUS, 0);

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
    SOFTMAX,

    /** {@link Activation#leakyRelu}. */
    LEAKY_RELU,

    /** {@link Activation#elu}. */
    ELU,

    /** {@link Activation#SELU}. */
    SELU,

    /** {@link Activation#GELU}. */
    GELU,

    /** {@link Activation#GELU_TANH}. */
    GELU_TANH,

    /** {@link Activation#SILU}. */
    SILU,

    /** {@link Activation#SOFTPLUS}. */
    SOFTPLUS
  }

  /**
   * Checks the parameter.
   *
   * @throws IllegalArgumentException if a slope is not a finite number of at least 0, an alpha not
   *     a finite number above 0, or if the function has no parameter and this one is not 0
   */
  public Activation {
    Objects.requireNonNull(kind, "kind");
    switch (kind) {
      case LEAKY_RELU -> {
        if (!(parameter >= 0 && parameter <= Float.MAX_VALUE)) {
          throw new IllegalArgumentException(
              "the slope of a leaky ReLU must be a finite number of at least 0, but was "
                  + parameter);
        }
      }
      case ELU -> {
        if (!(parameter > 0 && parameter <= Float.MAX_VALUE)) {
          throw new IllegalArgumentException(
              "the alpha of an ELU must be a finite number above 0, but was " + parameter);
        }
      }
      default -> {
        if (parameter != 0) {
          throw new IllegalArgumentException(kind + " has no parameter, but got " + parameter);
        }
      }
    }
  }

  /**
   * Returns {@code y = z > 0 ? z : slope z}. The derivative at zero is the slope.
   *
   * @param slope the factor on sums that are not positive; 0.01 is usual
   * @return the leaky ReLU
   * @throws IllegalArgumentException if the slope is not a finite number of at least 0
   */
  public static Activation leakyRelu(float slope) {
    return new Activation(Kind.LEAKY_RELU, slope);
  }

  /**
   * Returns {@code y = z > 0 ? z : alpha (exp(z) - 1)} (Clevert et al. 2015, arXiv 1511.07289). The
   * derivative at zero is alpha.
   *
   * @param alpha minus the limit at negative infinity; 1 is usual
   * @return the exponential linear unit
   * @throws IllegalArgumentException if alpha is not a finite number above 0
   */
  public static Activation elu(float alpha) {
    return new Activation(Kind.ELU, alpha);
  }

  /**
   * Tells what the derivative is computed from, and so what a trainer must keep.
   *
   * @return true if the derivative needs the weighted sums {@code z}, false if the results {@code
   *     y} are enough
   */
  public boolean needsSums() {
    return switch (kind) {
      case GELU, GELU_TANH, SILU -> true;
      case IDENTITY, RELU, SIGMOID, TANH, SOFTMAX, LEAKY_RELU, ELU, SELU, SOFTPLUS -> false;
    };
  }

  /** Returns the function's name, with its parameter if it has one: {@code leaky_relu(0.01)}. */
  @Override
  public String toString() {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return switch (kind) {
      case LEAKY_RELU, ELU -> name + "(" + parameter + ")";
      default -> name;
    };
  }
}
