package dev.lanewise.internal.train;

import dev.lanewise.internal.tuning.Sizes;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.SparseRows;
import java.util.Arrays;

/**
 * The desk that a step works at: the rows of its batch, and all memory whose size depends on their
 * number or on the widest layer. {@link #reserve} is the one place that sizes it.
 *
 * <p>The outputs of all layers lie in one array, layer after layer, each {@code rows x stride} as
 * {@link Layout} says, and their gradients in another one at the same places. Where the derivative
 * of an activation needs the sums that it was applied to, these have a place of their own;
 * elsewhere sums become outputs where they lie. For use by one thread at a time, but for the
 * numbers in the arrays, which workers share out.
 */
final class Workspace {
  private final Layout layout;
  private final boolean goesBack;
  private final float[] weightGradient;
  private final SparsePairs pairs = new SparsePairs();

  private final Kernels kernels;
  private final int threads;

  private int capacity;
  private int threadWork;
  private float[] work = {};
  private float[] outputs = {};
  private float[] sums = {};
  private float[] gradients = {};
  private float[] ones = {};
  private float[] unpaddedOutputs = {};
  private float[] unpaddedGradients = {};
  private float[] oneHot = {};

  private int rows;
  private float[] x;
  private int xOffset;
  private SparseRows sparse;
  private int firstRow;
  private int[] chosen;
  private long seed;
  private long pass;

  private Workspace(Layout layout, Kernels kernels, int threads, boolean goesBack) {
    this.layout = layout;
    this.kernels = kernels;
    this.threads = threads;
    this.goesBack = goesBack;
    this.weightGradient = new float[goesBack ? layout.mostInputs() : 0];
  }

  /** Makes a desk with room for no row, for rows that only go forward, by one thread. */
  static Workspace forPredictions(Layout layout, Kernels kernels) {
    return new Workspace(layout, kernels, 1, false);
  }

  /** Makes a desk with room for no row, for rows that go forward and whose gradients come back. */
  static Workspace forTraining(Layout layout, Kernels kernels, int threads) {
    return new Workspace(layout, kernels, threads, true);
  }

  /**
   * Makes room for at least {@code rows} rows, or throws and leaves all as it was.
   *
   * @throws IllegalArgumentException if one array could not hold the outputs of all layers
   */
  void reserve(int newRows) {
    if (newRows <= capacity) {
      return;
    }
    float[] newSums = new float[layout.allSums(newRows)];
    float[] newOutputs = new float[layout.allOutputs(newRows)];
    int backRows = goesBack ? newRows : 0;
    int unpadded = lossNeedsCopies() ? backRows * layout.outputs() : 0;
    float[] newGradients = new float[goesBack ? newOutputs.length : 0];
    float[] newOnes = new float[backRows];
    int newThreadWork = wholeLines(layout.work(kernels, newRows, threads, goesBack));
    int whole = layout.work(kernels, newRows, 1, goesBack);
    long newWork = Math.max(whole, (long) threads * newThreadWork);
    float[] newWorkArray = new float[layout.start() + Math.toIntExact(newWork)];
    float[] newUnpaddedOutputs = new float[unpadded];
    float[] newUnpaddedGradients = new float[unpadded];
    Arrays.fill(newOnes, 1);
    // Only now, so that where memory ends nothing is half as large as the rest.
    work = newWorkArray;
    threadWork = newThreadWork;
    gradients = newGradients;
    ones = newOnes;
    unpaddedOutputs = newUnpaddedOutputs;
    unpaddedGradients = newUnpaddedGradients;
    outputs = newOutputs;
    sums = newSums;
    capacity = newRows;
  }

  private static int wholeLines(int n) {
    return (n + Sizes.LINE - 1) / Sizes.LINE * Sizes.LINE;
  }

  /** Tells whether rows of the last layer lie apart, while losses take them without a gap. */
  boolean lossNeedsCopies() {
    return layout.outputStride(layout.size() - 1) != layout.outputs();
  }

  /**
   * Puts rows on the desk; they stay the caller's, and must stay as they are until the step ends.
   */
  void take(int newRows, float[] newX, int newOffset) {
    rows = newRows;
    x = newX;
    xOffset = newOffset;
    sparse = null;
  }

  /**
   * Puts rows given sparsely on the desk.
   *
   * @param newRows how many
   * @param newX where they are
   * @param newFirstRow the first of them
   * @param newChosen which of them, in ascending order; null for all that follow the first
   */
  void take(int newRows, SparseRows newX, int newFirstRow, int[] newChosen) {
    take(newRows, null, 0);
    sparse = newX;
    firstRow = newFirstRow;
    chosen = newChosen;
  }

  /** Says which random numbers the rows meet in training. */
  void draw(long newSeed, long newPass) {
    seed = newSeed;
    pass = newPass;
  }

  /** Lets go of the rows. */
  void release() {
    x = null;
    sparse = null;
    chosen = null;
  }

  /** Returns how many rows there are. */
  int rows() {
    return rows;
  }

  /** Returns the seed of what training draws. */
  long seed() {
    return seed;
  }

  /** Returns the number of the pass in training. */
  long pass() {
    return pass;
  }

  /** Returns the rows given sparsely, or null. */
  SparseRows sparse() {
    return sparse;
  }

  /** Returns the number among the rows given sparsely of the one that is row {@code r} here. */
  int sparseRow(int r) {
    return chosen == null ? firstRow + r : chosen[r];
  }

  /** Groups the pairs of the rows given sparsely by column. */
  void groupPairs() {
    pairs.group(rows, sparse, chosen);
  }

  /** Returns the pairs that were grouped last. */
  SparsePairs pairs() {
    return pairs;
  }

  /** Returns the array with a layer's inputs; null for the first layer's if given sparsely. */
  float[] inputs(int l) {
    return l == 0 ? x : outputs;
  }

  /** Returns where a layer's inputs start. */
  int inputsAt(int l) {
    return l == 0 ? xOffset : layout.outputsOf(l - 1, rows);
  }

  /** Returns the array with a layer's sums, before its activation. */
  float[] sums(int l) {
    return layout.keepsSums(l) ? sums : outputs;
  }

  /** Returns where a layer's sums start. */
  int sumsAt(int l) {
    return layout.keepsSums(l) ? layout.sumsOf(l, rows) : layout.outputsOf(l, rows);
  }

  /** Returns the array with every layer's outputs. */
  float[] outputs() {
    return outputs;
  }

  /** Returns where a layer's outputs start, and their gradients. */
  int outputsAt(int l) {
    return layout.outputsOf(l, rows);
  }

  /** Returns the array with the gradients of every layer's outputs. */
  float[] gradients() {
    return gradients;
  }

  /** Returns as many ones as there is room for rows. */
  float[] ones() {
    return ones;
  }

  /** Returns scratch for the gradient of the weights of a layer with one output. */
  float[] weightGradient() {
    return weightGradient;
  }

  /** Returns scratch for products: for each thread that shares a layer some of its own. */
  float[] work() {
    return work;
  }

  /** Returns where in {@link #work} a thread's scratch starts. */
  int workAt(int thread) {
    return layout.start() + thread * threadWork;
  }

  /** Returns scratch for outputs without padding, if {@link #lossNeedsCopies}. */
  float[] unpaddedOutputs() {
    return unpaddedOutputs;
  }

  /** Returns scratch for gradients without padding, if {@link #lossNeedsCopies}. */
  float[] unpaddedGradients() {
    return unpaddedGradients;
  }

  /**
   * Returns targets, {@code rows x outputs} from 0 on, that are 1 at each row's class and else 0.
   *
   * @throws IllegalArgumentException if one array could not hold them
   */
  float[] oneHot(int[] classes, int at) {
    int n = layout.outputs();
    long size = (long) rows * n;
    if (size > Layout.MAX_ARRAY) {
      throw new IllegalArgumentException(
          "the classes of "
              + rows
              + " rows with "
              + n
              + " outputs would need an array of "
              + size
              + ", but it holds at most "
              + Layout.MAX_ARRAY);
    }
    if (oneHot.length < size) {
      oneHot = new float[(int) size];
    }
    Arrays.fill(oneHot, 0, (int) size, 0);
    for (int r = 0; r < rows; r++) {
      oneHot[r * n + classes[at + r]] = 1;
    }
    return oneHot;
  }

  /** Copies the last layer's outputs, {@code rows x outputs} without padding. */
  void copyOutputs(float[] y, int yOffset) {
    int last = layout.size() - 1;
    int n = layout.outputs();
    Rows.copy(rows, n, outputs, outputsAt(last), layout.outputStride(last), y, yOffset, n);
  }

  /** Returns which of a row's outputs is largest; for one output, whether it is at least a half. */
  int largestOutput(int row) {
    int last = layout.size() - 1;
    int at = outputsAt(last) + row * layout.outputStride(last);
    if (layout.outputs() == 1) {
      return outputs[at] >= 0.5f ? 1 : 0;
    }
    int largest = 0;
    for (int j = 1; j < layout.outputs(); j++) {
      largest = outputs[at + j] > outputs[at + largest] ? j : largest;
    }
    return largest;
  }

  /** Sets the gradients of the last layer's outputs: {@code rows x outputs} without padding. */
  void setGradients(float[] dy, int dyOffset) {
    int last = layout.size() - 1;
    int n = layout.outputs();
    int stride = layout.outputStride(last);
    int at = outputsAt(last);
    Rows.copy(rows, n, dy, dyOffset, n, gradients, at, stride);
    Rows.clearPadding(rows, n, gradients, at, stride);
  }

  /** Returns the first layer with an output that is infinite or not a number, or -1. */
  int firstLayerNotFinite() {
    for (int l = 0; l < layout.size(); l++) {
      for (int r = 0; r < rows; r++) {
        int from = outputsAt(l) + r * layout.outputStride(l);
        for (int i = from; i < from + layout.width(l); i++) {
          if (!Float.isFinite(outputs[i])) {
            return l;
          }
        }
      }
    }
    return -1;
  }
}
