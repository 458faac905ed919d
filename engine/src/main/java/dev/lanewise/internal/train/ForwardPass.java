package dev.lanewise.internal.train;

import dev.lanewise.internal.parallel.Workers;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.SparseRows;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Layer;

/**
 * Takes rows forward through the layers and keeps every layer's outputs. For use by one thread at a
 * time.
 */
public final class ForwardPass {
  private final Layout layout;
  private final Kernels kernels;
  private final DenseForward dense;
  private final Stage[] stages;
  private final SparsePairs pairs = new SparsePairs();

  private float[] outputs = {};
  private float[] sums = {};
  private int capacity;
  private int rows;
  private float[] x;
  private int xOffset;
  private SparseRows sparse;
  private int firstRow;
  private int[] chosen;
  private boolean logits;
  private long seed;
  private long step;

  /**
   * Makes a pass with room for no row; {@link #reserve} makes room.
   *
   * @param parameters the network's parameters, which are only read
   * @param kernels the kernels to run on
   */
  public ForwardPass(Parameters parameters, Kernels kernels) {
    this.layout = parameters.layout();
    this.kernels = kernels;
    this.dense = new DenseForward(this, parameters, kernels);
    this.stages = new Stage[layout.size()];
    for (int l = 0; l < stages.length; l++) {
      stages[l] = Stage.of(l, parameters, kernels);
    }
  }

  /** Makes room for at least {@code rows} rows. */
  public void reserve(int rows) {
    if (rows > capacity) {
      float[] newSums = new float[layout.allSums(rows)];
      outputs = new float[layout.allOutputs(rows)];
      sums = newSums;
      capacity = rows;
    }
  }

  /**
   * Runs all layers as in predictions.
   *
   * @param rows how many rows, at most what was reserved
   * @param x the inputs, which must stay as they are until the backward pass is done
   * @param xOffset where they start
   * @param logits whether the last activation is left out, because the loss contains it
   * @param workers who shares the work
   */
  public void predict(int rows, float[] x, int xOffset, boolean logits, Workers workers) {
    start(rows, x, xOffset, logits);
    predict(workers);
  }

  /**
   * Runs all layers as in predictions, the first of them a dense one with rows given sparsely.
   *
   * @param rows how many rows, at most what was reserved
   * @param x the inputs
   * @param firstRow the first of the rows
   * @param logits whether the last activation is left out, because the loss contains it
   * @param workers who shares the work
   */
  public void predict(int rows, SparseRows x, int firstRow, boolean logits, Workers workers) {
    start(rows, x, firstRow, logits);
    predict(workers);
  }

  /**
   * Runs all layers as in predictions, the first of them a dense one with rows given sparsely.
   *
   * @param rows how many rows, at most what was reserved
   * @param x the inputs
   * @param chosen which of the rows; null for all
   * @param logits whether the last activation is left out, because the loss contains it
   * @param workers who shares the work
   */
  public void predict(int rows, SparseRows x, int[] chosen, boolean logits, Workers workers) {
    start(rows, x, 0, logits);
    this.chosen = chosen;
    predict(workers);
  }

  private void predict(Workers workers) {
    for (int l = 0; l < layout.size(); l++) {
      run(l, false, workers);
    }
    softmax();
  }

  /**
   * Runs all layers as in training, so that a backward pass can follow.
   *
   * @param rows how many rows, at most what was reserved
   * @param x the inputs, which must stay as they are until the backward pass is done
   * @param xOffset where they start
   * @param logits whether the last activation is left out, because the loss contains it
   * @param updates which layers learn, and the seed and number of the step
   * @param workers who shares the work
   */
  public void train(
      int rows, float[] x, int xOffset, boolean logits, Updates updates, Workers workers) {
    start(rows, x, xOffset, logits);
    train(updates, workers);
  }

  /**
   * Runs all layers as in training, the first of them a dense one with rows given sparsely.
   *
   * @param rows how many rows, at most what was reserved
   * @param x the inputs, which must stay as they are until the backward pass is done
   * @param chosen which of the rows, in ascending order; null for all
   * @param logits whether the last activation is left out, because the loss contains it
   * @param updates which layers learn, and the seed and number of the step
   * @param workers who shares the work
   */
  public void train(
      int rows, SparseRows x, int[] chosen, boolean logits, Updates updates, Workers workers) {
    start(rows, x, 0, logits);
    this.chosen = chosen;
    if (updates.lowest() == 0) {
      pairs.group(rows, x, chosen);
    }
    train(updates, workers);
  }

  private void train(Updates updates, Workers workers) {
    seed = updates.seed();
    step = updates.passes();
    for (int l = 0; l < layout.size(); l++) {
      run(l, !updates.frozen(l), workers);
    }
    softmax();
  }

  /** Lets go of the inputs, which belong to the caller; nothing of them is asked for any more. */
  public void release() {
    x = null;
    sparse = null;
  }

  private void start(int newRows, float[] newX, int newOffset, boolean newLogits) {
    rows = newRows;
    x = newX;
    xOffset = newOffset;
    sparse = null;
    logits = newLogits;
  }

  private void start(int newRows, SparseRows newX, int newFirstRow, boolean newLogits) {
    start(newRows, (float[]) null, 0, newLogits);
    sparse = newX;
    firstRow = newFirstRow;
    chosen = null;
  }

  private void run(int l, boolean training, Workers workers) {
    if (stages[l] == null) {
      dense.run(l, workers);
      return;
    }
    stages[l].forward(this, training);
    activate(l, rows * layout.outputStride(l), 0);
  }

  /** Applies a layer's activation to {@code n} sums, but for softmax, which comes row by row. */
  void activate(int l, int n, int from) {
    Activation activation = layout.layer(l).activation();
    if (activation.kind() == Activation.Kind.SOFTMAX || logits && l == layout.size() - 1) {
      return;
    }
    int zAt = sumsOffset(l) + from;
    kernels.activate(activation, n, sums(l), zAt, outputs, outputsOffset(l) + from);
  }

  private void softmax() {
    int last = layout.size() - 1;
    Layer layer = layout.layer(last);
    if (layer.activation().kind() == Activation.Kind.SOFTMAX && !logits) {
      for (int r = 0; r < rows; r++) {
        int at = outputsOffset(last) + r * layout.outputStride(last);
        kernels.activate(Activation.SOFTMAX, layer.out(), outputs, at, outputs, at);
      }
    }
  }

  /** Copies the last layer's outputs, {@code rows x outputs} without padding. */
  public void copyOutputs(float[] y, int yOffset) {
    int last = layout.size() - 1;
    int n = layout.outputs();
    Rows.copy(rows, n, outputs, outputsOffset(last), layout.outputStride(last), y, yOffset, n);
  }

  /**
   * Returns the first layer with an output that is infinite or not a number, or -1 if there is
   * none.
   */
  public int firstLayerNotFinite() {
    for (int l = 0; l < layout.size(); l++) {
      for (int r = 0; r < rows; r++) {
        int from = outputsOffset(l) + r * layout.outputStride(l);
        for (int i = from; i < from + layout.width(l); i++) {
          if (!Float.isFinite(outputs[i])) {
            return l;
          }
        }
      }
    }
    return -1;
  }

  /** Returns how many rows ran last. */
  int rows() {
    return rows;
  }

  /** Returns the seed of the masks drawn in training. */
  long seed() {
    return seed;
  }

  /** Returns the number of the pass that ran last in training. */
  long step() {
    return step;
  }

  /** Returns the stage of a layer, null for a dense one. */
  Stage stage(int l) {
    return stages[l];
  }

  /** Returns the array with every layer's outputs. */
  float[] outputs() {
    return outputs;
  }

  /** Returns where a layer's outputs start. */
  int outputsOffset(int l) {
    return layout.outputsOf(l, rows);
  }

  /** Returns the array with a layer's sums, before its activation. */
  float[] sums(int l) {
    return layout.keepsSums(l) ? sums : outputs;
  }

  /** Returns where a layer's sums start. */
  int sumsOffset(int l) {
    return layout.keepsSums(l) ? layout.sumsOf(l, rows) : layout.outputsOf(l, rows);
  }

  /** Tells whether a layer's inputs were given sparsely. */
  boolean sparse(int l) {
    return l == 0 && sparse != null;
  }

  /** Returns the rows that were given sparsely, null where they were not. */
  SparseRows sparse() {
    return sparse;
  }

  /** Returns the number among those rows of the one that ran as row {@code r}. */
  int sparseRow(int r) {
    return chosen == null ? firstRow + r : chosen[r];
  }

  /** Returns the pairs of those rows, if they ran in training and the first layer learns. */
  SparsePairs pairs() {
    return pairs;
  }

  /** Returns the array with a layer's inputs, null for rows given sparsely. */
  float[] inputs(int l) {
    return l == 0 ? x : outputs;
  }

  /** Returns where a layer's inputs start. */
  int inputsOffset(int l) {
    return l == 0 ? xOffset : layout.outputsOf(l - 1, rows);
  }
}
