package dev.lanewise.model;

import java.io.Serializable;
import java.util.Objects;

/**
 * One layer of a network: what it is, not what it has learned. Serializable, to be sent to another
 * virtual machine with the same Lanewise; kept is a network in a file of its own format.
 */
public sealed interface Layer extends Serializable {
  /**
   * Returns how many inputs the layer has.
   *
   * @return at least 1
   */
  int in();

  /**
   * Returns how many outputs the layer has.
   *
   * @return at least 1
   */
  int out();

  /**
   * Returns what is applied to the outputs at the end.
   *
   * @return the activation
   */
  Activation activation();

  /**
   * Says what the layer is, in words and without its shape and activation.
   *
   * @return such as {@code dense, no bias}
   */
  String describe();

  /**
   * Returns how many rows of {@link #out} weights the layer learns.
   *
   * @return {@link #in} for a dense layer, 1 for a {@code gamma}, 0 for none
   */
  int weightRows();

  /**
   * Tells whether the layer learns a bias, {@link #out} numbers.
   *
   * @return true for a dense layer with one, and for a {@code beta}
   */
  boolean hasBias();

  /**
   * Returns how many numbers the layer knows but does not learn by gradients, its buffers.
   *
   * @return at least 0
   */
  long bufferLength();

  /**
   * Returns how many numbers the layer learns.
   *
   * @return its weights and its bias, at least 0
   */
  default long parameterCount() {
    return (long) weightRows() * out() + (hasBias() ? out() : 0);
  }

  /**
   * A dense layer: {@code y = activation(x W + b)} with {@code W} of {@code in x out} weights.
   *
   * @param in how many inputs, at least 1
   * @param out how many outputs, at least 1
   * @param activation what is applied to the weighted sums
   * @param bias whether the layer has {@code b}, one number for each output
   */
  record Dense(int in, int out, Activation activation, boolean bias) implements Layer {
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

  /**
   * Layer normalisation: each row is brought to mean 0 and variance 1 over its {@code width}
   * numbers, then {@code y = activation(gamma (x - mean) / sqrt(variance + epsilon) + beta)}. The
   * variance is divided by {@code width}. Ba, Kiros and Hinton, "Layer Normalization", 2016.
   *
   * <p>The layer learns {@code gamma} (its weights, at first 1) and {@code beta} (its bias, at
   * first 0), {@code width} numbers each.
   *
   * @param width how many inputs and outputs, at least 1
   * @param activation what is applied to the result
   * @param epsilon what is added to the variance, finite and above 0
   */
  record LayerNorm(int width, Activation activation, float epsilon) implements Layer {
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

  /**
   * Batch normalisation: in training each column is brought to mean 0 and variance 1 over the rows
   * of the batch, then {@code y = activation(gamma (x - mean) / sqrt(variance + epsilon) + beta)}.
   * In predictions the running mean and variance take the place of the batch's. Ioffe and Szegedy,
   * "Batch Normalization", 2015.
   *
   * <p>After each step {@code running = (1 - momentum) running + momentum batch}, where the
   * variance of the batch is divided by {@code rows - 1}; the variance that normalises is divided
   * by {@code rows}. The layer learns {@code gamma} (its weights, at first 1) and {@code beta} (its
   * bias, at first 0), {@code width} numbers each.
   *
   * @param width how many inputs and outputs, at least 1
   * @param activation what is applied to the result
   * @param epsilon what is added to the variance, finite and above 0
   * @param momentum how much of a batch goes into the running statistics, from 0 to 1
   */
  record BatchNorm(int width, Activation activation, float epsilon, float momentum)
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
  record Dropout(int width, float rate) implements Layer {
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

  /**
   * The end of a skip connection: {@code y = activation(x + outputs of layer from)}. He et al.,
   * "Deep Residual Learning for Image Recognition", 2015.
   *
   * @param width how many inputs and outputs, at least 1
   * @param from the layer whose outputs are added, as wide as this one; -1 for the network's inputs
   * @param activation what is applied to the sum
   */
  record Residual(int width, int from, Activation activation) implements Layer {
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
            "a residual layer starts from a layer, or from -1 for the inputs, but not from "
                + from);
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

  /**
   * Scales its inputs by numbers that are fitted before training and never learned: {@code y[j] =
   * (x[j] - shift[j]) factor[j]}. So a network takes raw numbers and carries their scaling with it.
   * The numbers are the layer's statistics, {@code shift} then {@code factor}; at first 0 and 1.
   *
   * @param width how many inputs and outputs, at least 1
   */
  record Normalization(int width) implements Layer {
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
}
