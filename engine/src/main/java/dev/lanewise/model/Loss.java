package dev.lanewise.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The loss to minimise: a function of the network's outputs {@code y} and the targets {@code t},
 * both {@code rows x out}. Below, {@code d = y - t}.
 *
 * <p>Rows may have weights. A loss that is a mean then is {@code sum over r of w[r] l[r] / sum over
 * r of w[r]}, where {@code l[r]} is the loss of row {@code r} alone: a row of weight 2 counts like
 * two rows, and a row of weight 0 is not looked at, whatever stands in it: a step gives the bits of
 * a step without that row. {@link #SQUARED_ERROR}, a sum, is {@code sum over r of w[r] l[r]}. The
 * statistics of a batch norm count all other rows alike.
 *
 * <p>Losses are immutable, but for what a {@link Custom} keeps. Their values are summed in an order
 * of their own, so threads, vector width and backend change no bit.
 *
 * <p>Serializable, to be sent to another virtual machine with the same Lanewise; a {@link Custom}
 * as far as what it holds is, a lambda among them.
 */
public sealed interface Loss extends Serializable {
  /**
   * Tells how the losses of rows are put together.
   *
   * @return whether the loss of a batch is the sum over its rows, not a mean
   */
  boolean isSum();

  /**
   * {@code sum d^2 / 2} over all rows and outputs. Its gradient is {@code d}, the "delta" of
   * classic texts on backpropagation: not divided by anything.
   */
  Standard SQUARED_ERROR = new Standard(Standard.Kind.SQUARED_ERROR, 0);

  /** {@code sum d^2 / (rows * out)}. Its gradient is {@code 2 d / (rows * out)}. */
  Standard MEAN_SQUARED_ERROR = new Standard(Standard.Kind.MEAN_SQUARED_ERROR, 0);

  /**
   * {@code sum |d| / (rows * out)}. Its gradient is {@code sign(d) / (rows * out)}, 0 where {@code
   * d} is 0.
   */
  Standard MEAN_ABSOLUTE_ERROR = new Standard(Standard.Kind.MEAN_ABSOLUTE_ERROR, 0);

  /** {@link #binaryCrossEntropy} with a positive weight of 1. */
  Standard BINARY_CROSS_ENTROPY = new Standard(Standard.Kind.BINARY_CROSS_ENTROPY, 1);

  /**
   * {@code -sum t log(softmax(z)) / rows}, with targets that are probabilities (one-hot rows for
   * classes); such as are negative or not finite are refused. With a last layer of {@link
   * Activation#SOFTMAX} the {@code z} are that layer's weighted sums; with any other they are the
   * network's outputs. Softmax and logarithm are fused: no probability is ever rounded to zero
   * before its logarithm is taken. The gradient is {@code (softmax(z) - t) / rows} where the
   * targets of a row add up to one.
   */
  Standard SOFTMAX_CROSS_ENTROPY = new Standard(Standard.Kind.SOFTMAX_CROSS_ENTROPY, 0);

  /**
   * {@code sum (exp(y) - t y) / (rows * out)}: the negative logarithm of the likelihood of the
   * counts {@code t} where {@code y} are the logarithms of their expected values, but for a term
   * that does not depend on {@code y} (PyTorch's {@code PoissonNLLLoss}). Its gradient is {@code
   * (exp(y) - t) / (rows * out)}. Targets are finite and at least 0; others are refused.
   */
  Standard POISSON = new Standard(Standard.Kind.POISSON, 0);

  /**
   * Returns a loss that is squared near the target and absolute far from it: the mean over rows and
   * outputs of {@code d^2 / 2} where {@code |d| <= delta}, and of {@code delta (|d| - delta / 2)}
   * elsewhere. Huber, "Robust Estimation of a Location Parameter", 1964; PyTorch's {@code
   * HuberLoss}.
   *
   * @param delta where the two meet, a finite number above 0
   * @return the loss
   * @throws IllegalArgumentException if {@code delta} is none of these
   */
  static Standard huber(float delta) {
    return new Standard(Standard.Kind.HUBER, delta);
  }

  /**
   * Returns the pinball loss, whose best prediction is a quantile: the mean over rows and outputs
   * of {@code q (t - y)} where {@code y < t}, and of {@code (1 - q) (y - t)} elsewhere. The
   * gradient at {@code y = t} is 0. Koenker and Bassett, "Regression Quantiles", 1978.
   *
   * @param q which quantile, above 0 and below 1; 0.5 for the median
   * @return the loss
   * @throws IllegalArgumentException if {@code q} is not between 0 and 1
   */
  static Standard quantile(float q) {
    return new Standard(Standard.Kind.QUANTILE, q);
  }

  /**
   * Returns the cross-entropy of outputs that are each a yes or no: the mean over rows and outputs
   * of {@code -(p t log(s) + (1 - t) log(1 - s))} with {@code s = sigmoid(z)}, and targets from 0
   * to 1; others are refused. With a last layer of {@link Activation#SIGMOID} the {@code z} are
   * that layer's weighted sums; with any other they are the network's outputs. Sigmoid and
   * logarithm are fused: no probability is ever rounded to zero before its logarithm is taken. The
   * gradient is {@code (s (1 + (p - 1) t) - p t) / (rows * out)}. PyTorch's {@code
   * BCEWithLogitsLoss}.
   *
   * @param positiveWeight {@code p}, how much more a yes counts than a no; a finite number above 0
   * @return the loss
   * @throws IllegalArgumentException if the weight is none of these
   */
  static Standard binaryCrossEntropy(float positiveWeight) {
    return new Standard(Standard.Kind.BINARY_CROSS_ENTROPY, positiveWeight);
  }

  /**
   * Returns {@link #SOFTMAX_CROSS_ENTROPY} with targets that are drawn towards equal probabilities:
   * {@code (1 - labelSmoothing) t + labelSmoothing / out}. Szegedy et al., "Rethinking the
   * Inception Architecture for Computer Vision", 2016.
   *
   * @param labelSmoothing how far, at least 0 and below 1
   * @return the loss
   * @throws IllegalArgumentException if the smoothing is not in this range
   */
  static Standard softmaxCrossEntropy(float labelSmoothing) {
    return new Standard(Standard.Kind.SOFTMAX_CROSS_ENTROPY, labelSmoothing);
  }

  /**
   * A loss that Lanewise computes itself; {@link Loss} has one constant or method for each.
   *
   * @param kind which function
   * @param parameter its parameter; 0 for one that has none
   * @param classWeights how much a row counts by its class, see {@link #withClassWeights}; empty if
   *     all count alike
   */
  record Standard(Kind kind, float parameter, List<Float> classWeights) implements Loss {
    /** The functions, without their parameters. */
    public enum Kind {
      /** {@link Loss#SQUARED_ERROR}. */
      SQUARED_ERROR,

      /** {@link Loss#MEAN_SQUARED_ERROR}. */
      MEAN_SQUARED_ERROR,

      /** {@link Loss#MEAN_ABSOLUTE_ERROR}. */
      MEAN_ABSOLUTE_ERROR,

      /** {@link Loss#huber}; its parameter is {@code delta}. */
      HUBER,

      /** {@link Loss#quantile}; its parameter is {@code q}. */
      QUANTILE,

      /** {@link Loss#binaryCrossEntropy}; its parameter is the positive weight. */
      BINARY_CROSS_ENTROPY,

      /** {@link Loss#softmaxCrossEntropy}; its parameter is the label smoothing. */
      SOFTMAX_CROSS_ENTROPY,

      /** {@link Loss#POISSON}. */
      POISSON
    }

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if the parameter is outside its range, or the class weights
     *     are not finite numbers of at least 0, one of them above 0
     */
    public Standard {
      Objects.requireNonNull(kind, "kind");
      switch (kind) {
        case HUBER -> HyperParameter.positive("delta of the Huber loss", parameter);
        case BINARY_CROSS_ENTROPY ->
            HyperParameter.positive("positive weight of binary cross-entropy", parameter);
        case QUANTILE -> HyperParameter.between0And1("quantile", parameter);
        case SOFTMAX_CROSS_ENTROPY -> HyperParameter.belowOne("label smoothing", parameter);
        case SQUARED_ERROR, MEAN_SQUARED_ERROR, MEAN_ABSOLUTE_ERROR, POISSON ->
            HyperParameter.none("parameter of " + kind + ", which has none,", parameter);
      }
      classWeights = List.copyOf(classWeights);
      boolean any = classWeights.isEmpty();
      for (int j = 0; j < classWeights.size(); j++) {
        float weight = classWeights.get(j);
        HyperParameter.atLeastZero("weight of class " + j, weight);
        any |= weight > 0;
      }
      if (!any) {
        throw new IllegalArgumentException(
            "at least one class weight must be above 0, but all " + classWeights.size() + " are 0");
      }
    }

    /**
     * Makes a loss without class weights.
     *
     * @param kind which function
     * @param parameter its parameter; 0 for one that has none
     * @throws IllegalArgumentException if the parameter is outside its range
     */
    public Standard(Kind kind, float parameter) {
      this(kind, parameter, List.of());
    }

    /**
     * Returns this loss with weights for classes: a row's weight is multiplied by {@code sum over j
     * of t[j] classWeights[j]}, with the row's targets before label smoothing. For one-hot targets
     * this is the weight of the row's class, as PyTorch's {@code weight}; but there a smoothed or
     * mixed target is weighted output by output, here row by row.
     *
     * <p>A network with one output has two classes, the targets 0 and 1: its rows are weighted by
     * {@code (1 - t) classWeights[0] + t classWeights[1]}. With several yes-or-no outputs a row of
     * noes belongs to no class and has the weight 0; {@link #binaryCrossEntropy} has a weight for
     * them instead.
     *
     * @param classWeights one finite number of at least 0 for each output, two if there is one
     *     output; copied. None at all to weigh classes alike.
     * @return a loss that differs from this one in its class weights only
     * @throws IllegalArgumentException if a weight is negative or not finite, or all are 0
     */
    public Standard withClassWeights(float... classWeights) {
      List<Float> weights = new ArrayList<>(classWeights.length);
      for (float weight : classWeights) {
        weights.add(weight);
      }
      return new Standard(kind, parameter, weights);
    }

    @Override
    public boolean isSum() {
      return kind == Kind.SQUARED_ERROR;
    }

    @Override
    public String toString() {
      String name = kind.name().toLowerCase(Locale.ROOT);
      String call = parameter == 0 ? name : name + "(" + parameter + ")";
      return classWeights.isEmpty() ? call : call + " with class weights " + classWeights;
    }
  }

  /**
   * A loss of your own: a method that returns the loss of a batch and writes its gradient. {@code
   * dev.lanewise.GradientCheck} tells whether the two belong together.
   *
   * <pre>{@code
   * Custom logCosh = (rows, outputs, y, yOffset, t, tOffset, dy, dyOffset) -> {
   *   int n = rows * outputs;
   *   double sum = 0;
   *   for (int i = 0; i < n; i++) {
   *     double d = (double) y[yOffset + i] - t[tOffset + i];
   *     sum += StrictMath.log(StrictMath.cosh(d));
   *     dy[dyOffset + i] = (float) (StrictMath.tanh(d) / n);
   *   }
   *   return sum / n;
   * };
   * }</pre>
   *
   * <p>Bits are the same everywhere only as far as the method's are: {@code StrictMath} is, {@code
   * Math.exp} need not be. A method that allocates, does so in every step.
   */
  @FunctionalInterface
  non-sealed interface Custom extends Loss {
    /**
     * Computes the loss of some rows, and its gradient.
     *
     * <p>A step without weights calls this once, with all its rows, and takes both as they are. A
     * step with sample weights {@code w} calls it row by row ({@code rows} is 1), leaving out rows
     * of weight 0, and makes weighted means of the results: the loss {@code sum over r of w[r] l[r]
     * / sum over r of w[r]}, its gradient accordingly. For a loss that is a mean over rows, weights
     * of 1 then are like none.
     *
     * <p>It is called by the thread that trains. An exception passes through the step, which
     * changes nothing then.
     *
     * @param rows how many rows, at least 1
     * @param outputs how many outputs a row has
     * @param y the network's outputs, {@code rows x outputs}, which must not be changed
     * @param yOffset where they start
     * @param t the targets, {@code rows x outputs}, which must not be changed
     * @param tOffset where they start
     * @param dy the gradients of the outputs, {@code rows x outputs}, every one of which must be
     *     written, and nothing beside them
     * @param dyOffset where they start
     * @return the loss
     */
    double gradient(
        int rows,
        int outputs,
        float[] y,
        int yOffset,
        float[] t,
        int tOffset,
        float[] dy,
        int dyOffset);

    /**
     * Returns false: what {@link #gradient} returns is taken as a mean over the rows.
     *
     * @return whether it is a sum
     */
    @Override
    default boolean isSum() {
      return false;
    }
  }
}
