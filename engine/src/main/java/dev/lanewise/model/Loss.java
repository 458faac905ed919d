package dev.lanewise.model;

import dev.lanewise.model.StandardLoss.Kind;

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
 * <p>Losses are immutable, but for what a {@link CustomLoss} keeps. Their values are summed in an
 * order of their own, so threads, vector width and backend change no bit.
 */
public sealed interface Loss permits StandardLoss, CustomLoss {
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
  StandardLoss SQUARED_ERROR = new StandardLoss(Kind.SQUARED_ERROR, 0);

  /** {@code sum d^2 / (rows * out)}. Its gradient is {@code 2 d / (rows * out)}. */
  StandardLoss MEAN_SQUARED_ERROR = new StandardLoss(Kind.MEAN_SQUARED_ERROR, 0);

  /**
   * {@code sum |d| / (rows * out)}. Its gradient is {@code sign(d) / (rows * out)}, 0 where {@code
   * d} is 0.
   */
  StandardLoss MEAN_ABSOLUTE_ERROR = new StandardLoss(Kind.MEAN_ABSOLUTE_ERROR, 0);

  /** {@link #binaryCrossEntropy} with a positive weight of 1. */
  StandardLoss BINARY_CROSS_ENTROPY = new StandardLoss(Kind.BINARY_CROSS_ENTROPY, 1);

  /**
   * {@code -sum t log(softmax(z)) / rows}, with targets that are probabilities (one-hot rows for
   * classes); such as are negative or not finite are refused. With a last layer of {@link
   * Activation#SOFTMAX} the {@code z} are that layer's weighted sums; with any other they are the
   * network's outputs. Softmax and logarithm are fused: no probability is ever rounded to zero
   * before its logarithm is taken. The gradient is {@code (softmax(z) - t) / rows} where the
   * targets of a row add up to one.
   */
  StandardLoss SOFTMAX_CROSS_ENTROPY = new StandardLoss(Kind.SOFTMAX_CROSS_ENTROPY, 0);

  /**
   * {@code sum (exp(y) - t y) / (rows * out)}: the negative logarithm of the likelihood of the
   * counts {@code t} where {@code y} are the logarithms of their expected values, but for a term
   * that does not depend on {@code y} (PyTorch's {@code PoissonNLLLoss}). Its gradient is {@code
   * (exp(y) - t) / (rows * out)}. Targets are finite and at least 0; others are refused.
   */
  StandardLoss POISSON = new StandardLoss(Kind.POISSON, 0);

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
  static StandardLoss huber(float delta) {
    return new StandardLoss(Kind.HUBER, delta);
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
  static StandardLoss quantile(float q) {
    return new StandardLoss(Kind.QUANTILE, q);
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
  static StandardLoss binaryCrossEntropy(float positiveWeight) {
    return new StandardLoss(Kind.BINARY_CROSS_ENTROPY, positiveWeight);
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
  static StandardLoss softmaxCrossEntropy(float labelSmoothing) {
    return new StandardLoss(Kind.SOFTMAX_CROSS_ENTROPY, labelSmoothing);
  }
}
