package dev.lanewise.model;

import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How a network is trained: loss and optimizer, and what goes beyond them. Immutable; each method
 * returns options that differ in one thing. Equal to others of equal values, and serializable, to
 * be sent to another virtual machine with the same Lanewise.
 *
 * <pre>{@code
 * TrainingOptions options =
 *     TrainingOptions.of(Loss.SOFTMAX_CROSS_ENTROPY, new AdamW(0.001f))
 *         .clipNorm(1)
 *         .freeze(0)
 *         .withoutPenaltyOnBiases();
 * }</pre>
 */
public final class TrainingOptions implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  private final Loss loss;
  private final Optimizer optimizer;
  private final TreeMap<Integer, Float> rateFactors = new TreeMap<>();
  private final TreeMap<Integer, Penalty> penalties = new TreeMap<>();
  private float clipValue = Float.POSITIVE_INFINITY;
  private float clipNorm = Float.POSITIVE_INFINITY;
  private int accumulation = 1;
  private long seed;
  private boolean biasesPenalized = true;
  private float l1;

  private TrainingOptions(Loss loss, Optimizer optimizer) {
    this.loss = Objects.requireNonNull(loss, "loss");
    this.optimizer = Objects.requireNonNull(optimizer, "optimizer");
  }

  private TrainingOptions copy() {
    TrainingOptions copy = new TrainingOptions(loss, optimizer);
    copy.rateFactors.putAll(rateFactors);
    copy.penalties.putAll(penalties);
    copy.clipValue = clipValue;
    copy.clipNorm = clipNorm;
    copy.accumulation = accumulation;
    copy.seed = seed;
    copy.biasesPenalized = biasesPenalized;
    copy.l1 = l1;
    return copy;
  }

  /**
   * Starts from a loss and an optimizer, and nothing beyond them.
   *
   * @param loss the loss to minimise
   * @param optimizer how gradients change the parameters
   * @return the options
   */
  public static TrainingOptions of(Loss loss, Optimizer optimizer) {
    return new TrainingOptions(loss, optimizer);
  }

  /**
   * Limits each number of the gradient to {@code [-limit, limit]}.
   *
   * @param limit above 0
   * @return changed options
   * @throws IllegalArgumentException if the limit is not above 0
   */
  public TrainingOptions clipValue(float limit) {
    requireLimit("the limit of a gradient's numbers", limit);
    TrainingOptions copy = copy();
    copy.clipValue = limit;
    return copy;
  }

  /**
   * Limits the gradient's norm over all layers that learn: where it is larger, the gradient is
   * multiplied by {@code limit / (norm + 1e-6)}. Pascanu, Mikolov and Bengio, "On the difficulty of
   * training recurrent neural networks", 2013. With {@link #clipValue} that comes first.
   *
   * @param limit above 0
   * @return changed options
   * @throws IllegalArgumentException if the limit is not above 0
   */
  public TrainingOptions clipNorm(float limit) {
    requireLimit("the limit of the gradient's norm", limit);
    TrainingOptions copy = copy();
    copy.clipNorm = limit;
    return copy;
  }

  private static void requireLimit(String what, float limit) {
    if (!(limit > 0)) {
      throw new IllegalArgumentException(what + " must be above 0, but was " + limit);
    }
  }

  /**
   * Updates the parameters with the mean gradient of so many steps, once for all of them: as large
   * a batch as does not fit into memory at once. For {@link Loss#SQUARED_ERROR}, a sum, it is the
   * sum of the gradients.
   *
   * @param steps how many, at least 1; 1 updates at every step
   * @return changed options
   * @throws IllegalArgumentException if {@code steps} is below 1
   */
  public TrainingOptions accumulate(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException(
          "gradients are accumulated over at least 1 step, not " + steps);
    }
    TrainingOptions copy = copy();
    copy.accumulation = steps;
    return copy;
  }

  /**
   * Sets the seed of dropout.
   *
   * @param newSeed any number; without this call 0
   * @return changed options
   */
  public TrainingOptions seed(long newSeed) {
    TrainingOptions copy = copy();
    copy.seed = newSeed;
    return copy;
  }

  /**
   * Leaves biases, and the {@code gamma} and {@code beta} of normalisations, without penalty: the
   * optimizer's weight decay and what is set here go to the weights of dense layers only.
   *
   * @return changed options
   */
  public TrainingOptions withoutPenaltyOnBiases() {
    TrainingOptions copy = copy();
    copy.biasesPenalized = false;
    return copy;
  }

  /**
   * Adds {@code l1 sign(w)} to the gradient of every layer without a penalty of its own.
   *
   * @param newL1 a finite number of at least 0
   * @return changed options
   * @throws IllegalArgumentException if it is negative, infinite or not a number
   */
  public TrainingOptions l1(float newL1) {
    HyperParameter.atLeastZero("l1", newL1);
    TrainingOptions copy = copy();
    copy.l1 = newL1;
    return copy;
  }

  /**
   * Gives a layer a penalty of its own, instead of {@link #l1} and the optimizer's weight decay.
   *
   * @param layer which layer, from 0
   * @param penalty its penalty
   * @return changed options
   */
  public TrainingOptions penalty(int layer, Penalty penalty) {
    TrainingOptions copy = copy();
    copy.penalties.put(layer, Objects.requireNonNull(penalty, "penalty"));
    return copy;
  }

  /**
   * Multiplies the learning rate of a layer.
   *
   * @param layer which layer, from 0
   * @param factor a finite number of at least 0; with 0 the layer is frozen
   * @return changed options
   * @throws IllegalArgumentException if the factor is negative, infinite or not a number
   */
  public TrainingOptions rateFactor(int layer, float factor) {
    HyperParameter.atLeastZero("the factor on the learning rate of layer " + layer, factor);
    TrainingOptions copy = copy();
    copy.rateFactors.put(layer, factor);
    return copy;
  }

  /**
   * Keeps layers as they are, bit for bit. A frozen batch norm normalises with its running
   * statistics, a frozen dropout drops nothing.
   *
   * @param layers which layers, from 0
   * @return changed options
   */
  public TrainingOptions freeze(int... layers) {
    TrainingOptions copy = copy();
    for (int layer : layers) {
      copy.rateFactors.put(layer, 0f);
    }
    return copy;
  }

  /**
   * Checks that the options fit a network.
   *
   * @param layers how many layers it has
   * @throws IllegalArgumentException if an option names a layer that it has not
   */
  public void requireLayers(int layers) {
    requireLayers("a factor on the learning rate, or freezing,", rateFactors, layers);
    requireLayers("a penalty", penalties, layers);
  }

  private static void requireLayers(String what, Map<Integer, ?> options, int layers) {
    for (int layer : options.keySet()) {
      if (layer < 0 || layer >= layers) {
        throw new IllegalArgumentException(
            what + " names layer " + layer + ", but layers go from 0 to " + (layers - 1));
      }
    }
  }

  /**
   * Returns the loss to minimise.
   *
   * @return the loss
   */
  public Loss loss() {
    return loss;
  }

  /**
   * Returns how gradients change the parameters.
   *
   * @return the optimizer
   */
  public Optimizer optimizer() {
    return optimizer;
  }

  /**
   * Returns the limit of each number of the gradient.
   *
   * @return a number above 0; infinity for no limit
   */
  public float clipValue() {
    return clipValue;
  }

  /**
   * Returns the limit of the gradient's norm.
   *
   * @return a number above 0; infinity for no limit
   */
  public float clipNorm() {
    return clipNorm;
  }

  /**
   * Returns how many steps make one update.
   *
   * @return at least 1
   */
  public int accumulation() {
    return accumulation;
  }

  /**
   * Returns the seed of dropout.
   *
   * @return any number
   */
  public long seed() {
    return seed;
  }

  /**
   * Returns the factor on a layer's learning rate.
   *
   * @param layer which layer
   * @return a finite number of at least 0; 0 for a frozen layer
   */
  public float rateFactor(int layer) {
    return rateFactors.getOrDefault(layer, 1f);
  }

  /**
   * Returns the penalty on a layer's weights.
   *
   * @param layer which layer
   * @return its own penalty, or what holds for all layers
   */
  public Penalty weightPenalty(int layer) {
    float weightDecay = optimizer.weightDecay();
    Penalty all =
        switch (optimizer) {
          case Sgd _, Adam _, RmsProp _, AdaGrad _ -> new Penalty(l1, weightDecay, 0);
          case AdamW _, Lion _ -> new Penalty(l1, 0, weightDecay);
        };
    return penalties.getOrDefault(layer, all);
  }

  /**
   * Returns the penalty on a layer's bias, and on both parameters of a normalisation.
   *
   * @param layer which layer
   * @return that on its weights, or none
   */
  public Penalty biasPenalty(int layer) {
    return biasesPenalized ? weightPenalty(layer) : Penalty.NONE;
  }

  private List<Object> values() {
    return List.of(
        loss,
        optimizer,
        rateFactors,
        penalties,
        clipValue,
        clipNorm,
        accumulation,
        seed,
        biasesPenalized,
        l1);
  }

  /**
   * Compares values.
   *
   * @return whether the other are options that train alike; a {@link Loss.Custom} is equal to
   *     itself only, unless it says otherwise
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof TrainingOptions options && values().equals(options.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  /**
   * Says it in one line.
   *
   * @return loss, optimizer, and whatever is not as by default
   */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(loss + ", " + optimizer);
    add(line, clipValue < Float.POSITIVE_INFINITY, "clip value " + clipValue);
    add(line, clipNorm < Float.POSITIVE_INFINITY, "clip norm " + clipNorm);
    add(line, accumulation > 1, "accumulated over " + accumulation + " steps");
    add(line, l1 > 0, "l1 " + l1);
    add(line, !penalties.isEmpty(), "penalties " + penalties);
    add(line, !biasesPenalized, "no penalty on biases");
    add(line, !rateFactors.isEmpty(), "rate factors " + rateFactors);
    add(line, seed != 0, "seed " + seed);
    return line.toString();
  }

  private static void add(StringBuilder line, boolean differs, String words) {
    if (differs) {
      line.append(", ").append(words);
    }
  }

  /**
   * What is taken from parameters besides the gradient of the loss, to keep them small. The loss
   * that a step returns does not contain it.
   *
   * @param l1 {@code l1 sign(w)} is added to the gradient; finite, at least 0
   * @param l2 {@code l2 w} is added to the gradient; finite, at least 0
   * @param decay before each update {@code w = w (1 - learningRate decay)}, apart from the
   *     gradient: Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019; finite, at
   *     least 0
   */
  public record Penalty(float l1, float l2, float decay) implements Serializable {
    /** No penalty. */
    public static final Penalty NONE = new Penalty(0, 0, 0);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is negative, infinite or not a number
     */
    public Penalty {
      HyperParameter.atLeastZero("l1", l1);
      HyperParameter.atLeastZero("l2", l2);
      HyperParameter.atLeastZero("decay", decay);
    }
  }
}
