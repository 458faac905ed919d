package dev.lanewise.internal.train;

import dev.lanewise.internal.tuning.Sizes;
import dev.lanewise.internal.warmup.Dispatch;
import dev.lanewise.model.Layer;
import dev.lanewise.model.Layer.BatchNorm;
import dev.lanewise.model.Layer.Dense;
import dev.lanewise.model.Layer.Dropout;
import dev.lanewise.model.Layer.LayerNorm;
import dev.lanewise.model.Layer.Normalization;
import dev.lanewise.model.Layer.Residual;
import dev.lanewise.model.TrainingOptions;
import dev.lanewise.model.TrainingOptions.Penalty;
import java.util.Arrays;

/**
 * The one place that decides when and how gradients change parameters: which layers learn, at which
 * rate, with which penalties and limits, and which are fused.
 *
 * <p>A layer is fused where its update is {@code w = w - rate dw} and nothing else: the kernel that
 * computes {@code dw} makes the update, and {@code dw} is never stored. Elsewhere {@code dw} is
 * stored a block of rows at a time and used while it is in the cache; only a limit on the norm, and
 * the accumulation over steps, need the whole gradient before the first update.
 *
 * <p>A stage need not know: for some parameters it calls {@link #clear}, adds {@link #factor} times
 * {@code dw} to what is in {@link #target}, and calls {@link #update}. One thread runs a step;
 * while it does, any number of threads may do so for parameters of their own.
 */
public final class Updater {
  private final Layout layout;
  private final TrainingOptions options;
  private final Dispatch kernels;
  private final Parameters network;
  private final float[] parameters;
  private final OptimizerState state;
  private final float[] rateFactors;
  private final Penalty[] weightPenalties;
  private final Penalty[] biasPenalties;
  private final boolean[] learns;
  private final boolean[] fused;
  private final boolean needsSeveralRows;
  private final boolean kept;
  private final int lowest;
  private final float[] gradients;

  private float learningRate;
  private long passes;
  private int accumulated;

  /**
   * Prepares the updates of a network.
   *
   * @param network the network's parameters, which are changed
   * @param options the optimizer, penalties, limits and which layers learn
   * @param kernels the kernels to run on
   * @throws IllegalArgumentException if the options do not fit the network
   */
  public Updater(Parameters network, TrainingOptions options, Dispatch kernels) {
    this.layout = network.layout();
    options.requireLayers(layout.size());
    this.options = options;
    this.kernels = kernels;
    this.network = network;
    this.parameters = network.block();
    this.learningRate = options.optimizer().learningRate();
    this.state = new OptimizerState(options.optimizer(), kernels, layout.length());
    this.kept = options.clipNorm() < Float.POSITIVE_INFINITY || options.accumulation() > 1;
    this.rateFactors = new float[layout.size()];
    this.weightPenalties = new Penalty[layout.size()];
    this.biasPenalties = new Penalty[layout.size()];
    this.learns = new boolean[layout.size()];
    this.fused = new boolean[layout.size()];
    int first = layout.size();
    boolean stored = false;
    boolean several = false;
    for (int l = layout.size() - 1; l >= 0; l--) {
      Layer layer = layout.layer(l);
      rateFactors[l] = options.rateFactor(l);
      biasPenalties[l] = options.biasPenalty(l);
      weightPenalties[l] = hasMatrix(layer) ? options.weightPenalty(l) : biasPenalties[l];
      learns[l] = layer.weightRows() > 0 && !frozen(l);
      fused[l] = hasMatrix(layer) && learns[l] && canBeFused(l);
      several |= needsSeveralRows(layer) && !frozen(l);
      if (learns[l]) {
        first = l;
        stored |= !fused[l];
      }
    }
    this.lowest = first;
    this.needsSeveralRows = several;
    this.gradients = new float[stored ? layout.length() : 0];
  }

  private boolean canBeFused(int l) {
    return OptimizerState.blocks(options.optimizer()) == 0
        && !kept
        && options.clipValue() == Float.POSITIVE_INFINITY
        && options.weightPenalty(l).equals(Penalty.NONE)
        && options.biasPenalty(l).equals(Penalty.NONE);
  }

  /** Tells whether a layer multiplies by its weights: a gamma is treated as a bias is. */
  private static boolean hasMatrix(Layer layer) {
    return switch (layer) {
      case Dense _ -> true;
      case LayerNorm _, BatchNorm _, Dropout _, Residual _, Normalization _ -> false;
    };
  }

  private static boolean needsSeveralRows(Layer layer) {
    return switch (layer) {
      case BatchNorm _ -> true;
      case Dense _, LayerNorm _, Dropout _, Residual _, Normalization _ -> false;
    };
  }

  /** Returns the seed of the masks drawn in training. */
  long seed() {
    return options.seed();
  }

  /** Tells whether a layer learns from the variance over rows, which one row does not have. */
  public boolean needsSeveralRows() {
    return needsSeveralRows;
  }

  /** Returns how many passes were made before this one. */
  public long passes() {
    return passes;
  }

  /** Returns of how many passes the gradients have been added up for an update to come. */
  public int accumulated() {
    return accumulated;
  }

  /** Returns how many updates were begun. */
  public long steps() {
    return state.steps();
  }

  /** Returns how many blocks of state the optimizer has. */
  public int stateBlocks() {
    return state.blocks().length;
  }

  /** Returns a block of the optimizer's state, laid out like the parameters: the array itself. */
  public float[] stateBlock(int b) {
    return state.blocks()[b];
  }

  /**
   * Goes on from what was saved.
   *
   * @param newPasses how many passes there were
   * @param newAccumulated of how many the gradients were added up
   * @param newGradients these gradients, without padding; null if there are none
   * @param steps how many updates were begun
   * @param blocks the optimizer's state, without padding
   */
  public void restore(
      long newPasses, int newAccumulated, float[] newGradients, long steps, float[][] blocks) {
    float[][] padded = new float[blocks.length][];
    for (int b = 0; b < blocks.length; b++) {
      padded[b] = new float[layout.length()];
      network.putPadded(blocks[b], padded[b]);
    }
    state.restore(steps, padded);
    passes = newPasses;
    accumulated = newAccumulated;
    if (newGradients != null) {
      network.putPadded(newGradients, gradients);
    }
  }

  /** Tells whether a layer is kept as it is. */
  boolean frozen(int l) {
    return rateFactors[l] == 0;
  }

  /** Tells whether a layer has parameters that change. */
  boolean learns(int l) {
    return learns[l];
  }

  /** Returns the first layer that learns: no gradient is needed before it. */
  int lowest() {
    return lowest;
  }

  /** Tells whether the kernel that computes a layer's gradient makes the update. */
  boolean fused(int l) {
    return fused[l];
  }

  /** Returns what a layer's {@code dw} is multiplied by before it is added to its target. */
  float factor(int l) {
    return fused[l] ? -(learningRate * rateFactors[l]) : 1;
  }

  /** Returns the array that a layer's {@code dw} is added to, laid out like the parameters. */
  float[] target(int l) {
    return fused[l] ? parameters : gradients;
  }

  /** Returns of how many rows of a layer's weights to compute {@code dw} at once, at most. */
  int rowsAtOnce(int l) {
    return fused[l] ? Integer.MAX_VALUE : Sizes.GRADIENT_ROWS;
  }

  /** Returns the gradients, laid out like the parameters: the array itself. */
  public float[] gradients() {
    return gradients;
  }

  /** Begins the way back of a pass whose loss is known to be good. */
  void begin(float newLearningRate) {
    learningRate = newLearningRate;
    if (!kept) {
      state.begin(newLearningRate);
    } else if (accumulated == 0) {
      Arrays.fill(gradients, 0);
    }
  }

  /** Begins with the gradients of a layer's parameters {@code [at, at + n)}. */
  void clear(int l, int at, int n) {
    if (!kept && !fused[l]) {
      Arrays.fill(gradients, at, at + n, 0);
    }
  }

  /** Ends with the gradients of {@code n} weights of a layer, or of its bias. */
  void update(int l, boolean bias, int at, int n) {
    if (!kept && !fused[l]) {
      apply(l, bias, at, n);
    }
  }

  private void apply(int l, boolean bias, int at, int n) {
    if (options.clipValue() < Float.POSITIVE_INFINITY) {
      kernels.updates().clip(n, options.clipValue(), gradients, at);
    }
    Penalty penalty = bias ? biasPenalties[l] : weightPenalties[l];
    state.update(
        n,
        parameters,
        at,
        gradients,
        at,
        rateFactors[l],
        penalty.l1(),
        penalty.l2(),
        penalty.decay());
  }

  /** Ends a pass: where the whole gradient was waited for, it is used. */
  void end() {
    passes++;
    if (!kept) {
      return;
    }
    accumulated++;
    if (accumulated < options.accumulation()) {
      return;
    }
    accumulated = 0;
    state.begin(learningRate);
    if (options.accumulation() > 1 && !options.loss().isSum()) {
      kernels.now().scale(gradients.length, 1f / options.accumulation(), gradients, 0);
    }
    if (options.clipNorm() < Float.POSITIVE_INFINITY) {
      clipNorm();
    }
    for (int l = lowest; l < layout.size(); l++) {
      if (learns[l]) {
        int weights = layout.weights(l);
        apply(l, false, weights, layout.bias(l) - weights);
        if (layout.hasBias(l)) {
          apply(l, true, layout.bias(l), layout.width(l));
        }
      }
    }
  }

  /** Rows are summed one by one, without what is padded, so that padding changes no bit. */
  private void clipNorm() {
    if (options.clipValue() < Float.POSITIVE_INFINITY) {
      kernels.updates().clip(gradients.length, options.clipValue(), gradients, 0);
    }
    double squares = 0;
    for (int l = lowest; l < layout.size(); l++) {
      if (learns[l]) {
        int n = layout.layer(l).out();
        for (int i = 0; i < layout.weightRows(l); i++) {
          int at = layout.weights(l) + i * layout.weightStride(l);
          squares += kernels.now().dot(n, gradients, at, gradients, at);
        }
        if (layout.hasBias(l)) {
          squares += kernels.now().dot(n, gradients, layout.bias(l), gradients, layout.bias(l));
        }
      }
    }
    double factor = options.clipNorm() / (Math.sqrt(squares) + 1e-6);
    if (factor < 1) {
      kernels.now().scale(gradients.length, (float) factor, gradients, 0);
    }
  }
}
