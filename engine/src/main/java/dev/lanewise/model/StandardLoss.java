package dev.lanewise.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A loss that Lanewise computes itself; {@link Loss} has one constant or method for each.
 *
 * @param kind which function
 * @param parameter its parameter; 0 for one that has none
 * @param classWeights how much a row counts by its class, see {@link #withClassWeights}; empty if
 *     all count alike
 */
public record StandardLoss(Kind kind, float parameter, List<Float> classWeights) implements Loss {
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
  public StandardLoss {
    Objects.requireNonNull(kind, "kind");
    switch (kind) {
      case HUBER -> positive("delta of the Huber loss", parameter);
      case BINARY_CROSS_ENTROPY -> positive("positive weight of binary cross-entropy", parameter);
      case QUANTILE ->
          require(parameter > 0 && parameter < 1, "quantile", "above 0 and below 1", parameter);
      case SOFTMAX_CROSS_ENTROPY ->
          require(
              parameter >= 0 && parameter < 1,
              "label smoothing",
              "at least 0 and below 1",
              parameter);
      case SQUARED_ERROR, MEAN_SQUARED_ERROR, MEAN_ABSOLUTE_ERROR, POISSON ->
          require(parameter == 0, "parameter of " + kind + ", which has none,", "0", parameter);
    }
    classWeights = List.copyOf(classWeights);
    boolean any = classWeights.isEmpty();
    for (int j = 0; j < classWeights.size(); j++) {
      float weight = classWeights.get(j);
      String name = "weight of class " + j;
      require(finite(weight) && weight >= 0, name, "a finite number of at least 0", weight);
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
  public StandardLoss(Kind kind, float parameter) {
    this(kind, parameter, List.of());
  }

  private static void positive(String name, float value) {
    require(finite(value) && value > 0, name, "a finite number above 0", value);
  }

  private static boolean finite(float value) {
    return Math.abs(value) < Float.POSITIVE_INFINITY;
  }

  private static void require(boolean right, String name, String expected, float value) {
    if (!right) {
      throw new IllegalArgumentException(name + " must be " + expected + ", but was " + value);
    }
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
  public StandardLoss withClassWeights(float... classWeights) {
    List<Float> weights = new ArrayList<>(classWeights.length);
    for (float weight : classWeights) {
      weights.add(weight);
    }
    return new StandardLoss(kind, parameter, weights);
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
