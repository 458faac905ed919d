package dev.lanewise.internal.train;

import dev.lanewise.internal.jvm.VirtualMachine;
import dev.lanewise.internal.parallel.Grid;
import dev.lanewise.internal.tuning.Sizes;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Layer;
import java.util.List;

/**
 * Where each layer's numbers lie: in the flat block of parameters layer by layer the weights,
 * row-major, then the bias; in a workspace each layer's outputs and, where the derivative of its
 * activation needs them, its sums; in the block of buffers what a layer knows but does not learn.
 *
 * <p>The weights of a normalisation are its {@code gamma}, one row, and its bias is {@code beta}.
 *
 * <p>Rows are padded with zeros to a multiple of what the kernels like, and so are the rows of the
 * layer before, whose outputs these weights multiply: kernels may run over whole vectors, and write
 * nothing but zeros beside the numbers that count. A layer with one output is not padded.
 */
public final class Layout {
  /** The most elements of one array, all of which kernels may be given at once. */
  public static final int MAX_ARRAY = Kernels.MAX_LENGTH;

  /**
   * Numbers before the first of an array of padded rows: with what an array has before its numbers
   * they fill a line of the cache. So where arrays start on a line, rows do too: large ones do by
   * themselves (G1 gives them regions of their own), all with {@code
   * -XX:ObjectAlignmentInBytes=64}.
   */
  static final int BEFORE_ROWS = Sizes.LINE - VirtualMachine.bytesBeforeFloats() / Float.BYTES;

  private final List<Layer> layers;
  private final int[] widths;
  private final int[] weightStrides;
  private final int[] outputStrides;
  private final int[] weights;
  private final int[] outputs;
  private final boolean[] keepsSums;
  private final int[] sums;
  private final int[] buffers;
  private final int start;
  private final int length;
  private final int parameterCount;
  private final int rowWidth;
  private final int sumsWidth;
  private final int buffersLength;

  /**
   * Lays out a network.
   *
   * @param layers its layers, each with as many inputs as the one before has outputs
   * @param alignment what rows are padded to a multiple of; 1 for no padding
   * @throws IllegalArgumentException if an array could not hold the parameters
   */
  public Layout(List<Layer> layers, int alignment) {
    this.layers = List.copyOf(layers);
    int n = layers.size();
    this.widths = new int[n];
    this.weightStrides = new int[n];
    this.outputStrides = new int[n];
    this.weights = new int[n];
    this.outputs = new int[n];
    this.keepsSums = new boolean[n];
    this.sums = new int[n];
    this.buffers = new int[n];
    this.start = alignment == 1 ? 0 : BEFORE_ROWS;
    long count = 0;
    long block = start;
    long row = 0;
    long sumsRow = 0;
    long known = 0;
    long inputs = layers.get(0).in();
    for (int l = 0; l < n; l++) {
      Layer layer = layers.get(l);
      long width =
          layer.out() == 1 ? 1 : ((long) layer.out() + alignment - 1) / alignment * alignment;
      count += layer.parameterCount();
      weights[l] = (int) block;
      outputs[l] = (int) row;
      keepsSums[l] = layer.activation().needsSums();
      sums[l] = (int) sumsRow;
      buffers[l] = (int) known;
      // One for each input, those that are padded too, or a gamma.
      long weightRows = layer.weightRows() > 1 ? inputs : layer.weightRows();
      long apart = alignment > 1 && width % Sizes.SAME_SETS == 0 ? width + Sizes.LINE : width;
      long weightStride = weightRows > 1 ? apart : width;
      // The loss reads the last layer's outputs without a copy where their rows touch.
      long outputStride = l < n - 1 ? apart : width;
      block += weightRows * weightStride + (layer.hasBias() ? width : 0);
      row += outputStride;
      sumsRow += keepsSums[l] ? outputStride : 0;
      known += layer.bufferLength();
      if (block > MAX_ARRAY) {
        throw new IllegalArgumentException(
            "layers 0 to "
                + l
                + " have "
                + count
                + " parameters, but one network holds at most "
                + MAX_ARRAY
                + ", with rows padded to multiples of "
                + alignment
                + ": make layer "
                + l
                + " ("
                + layer.in()
                + " x "
                + layer.out()
                + ") narrower");
      }
      widths[l] = (int) width;
      weightStrides[l] = (int) weightStride;
      outputStrides[l] = (int) outputStride;
      inputs = width;
    }
    this.parameterCount = (int) count;
    this.length = (int) block;
    this.rowWidth = checkedSize("all layers' outputs for one row", row);
    this.sumsWidth = (int) sumsRow;
    this.buffersLength = checkedSize("all layers' buffers", known);
  }

  private static int checkedSize(String what, long size) {
    if (size > MAX_ARRAY) {
      throw new IllegalArgumentException(
          what + " would need an array of " + size + ", but it holds at most " + MAX_ARRAY);
    }
    return (int) size;
  }

  /** Returns the layers, from the inputs on. */
  public List<Layer> layers() {
    return layers;
  }

  /** Returns one layer. */
  public Layer layer(int l) {
    return layers.get(l);
  }

  /** Returns how many layers there are. */
  public int size() {
    return layers.size();
  }

  /** Returns how many inputs the first layer has. */
  public int inputs() {
    return layers.get(0).in();
  }

  /** Returns how many outputs the last layer has. */
  public int outputs() {
    return layers.get(layers.size() - 1).out();
  }

  /** Returns how many parameters there are, without padding. */
  public int parameterCount() {
    return parameterCount;
  }

  /** Returns how long the block of parameters is, with padding. */
  public int length() {
    return length;
  }

  /** Returns how long a layer's rows of outputs are, with padding. */
  public int width(int l) {
    return widths[l];
  }

  /** Returns how far a layer's rows of weights lie apart, at least {@code width}. */
  int weightStride(int l) {
    return weightStrides[l];
  }

  /** Returns how far a layer's rows of outputs lie apart, at least {@code width}. */
  int outputStride(int l) {
    return outputStrides[l];
  }

  /** Returns how far a layer's rows of inputs lie apart, at least {@code inputWidth}. */
  int inputStride(int l) {
    return l == 0 ? inputs() : outputStrides[l - 1];
  }

  /** Returns how long a layer's rows of inputs are: a dense layer's weights have as many. */
  int inputWidth(int l) {
    return l == 0 ? inputs() : widths[l - 1];
  }

  /** Returns how many rows a layer's weights have, without padding; 0 for a layer without. */
  public int weightRows(int l) {
    return layers.get(l).weightRows();
  }

  /** Tells whether a layer has a bias. */
  public boolean hasBias(int l) {
    return layers.get(l).hasBias();
  }

  /** Returns where a layer's weights start among the parameters. */
  public int weights(int l) {
    return weights[l];
  }

  /** Returns where a layer's bias starts among the parameters. */
  public int bias(int l) {
    int rows = weightRows(l) > 1 ? inputWidth(l) : weightRows(l);
    return weights[l] + rows * weightStrides[l];
  }

  /** Returns where a layer's buffers start. */
  public int buffers(int l) {
    return buffers[l];
  }

  /** Returns how many buffers a layer has. */
  public int buffersLength(int l) {
    return (int) layers.get(l).bufferLength();
  }

  /** Returns how many rows, whose outputs of all layers are so many numbers, there can be. */
  int rowsWithin(int numbers) {
    return numbers / Math.max(1, rowWidth);
  }

  /** Returns how many buffers all layers have. */
  public int buffersLength() {
    return buffersLength;
  }

  /** Returns where the rows of an array start. */
  int start() {
    return start;
  }

  /** Returns where a layer's outputs for {@code rows} rows start in a workspace. */
  int outputsOf(int l, int rows) {
    return start + outputs[l] * rows;
  }

  /** Tells whether a layer's sums are kept apart from its outputs. */
  boolean keepsSums(int l) {
    return keepsSums[l];
  }

  /** Returns where a layer's sums for {@code rows} rows start, if they are kept. */
  int sumsOf(int l, int rows) {
    return start + sums[l] * rows;
  }

  /** Returns how long an array of all layers' outputs for {@code rows} rows is. */
  int allOutputs(int rows) {
    return checkedSize(
        "the outputs of all layers for " + rows + " rows", start + (long) rowWidth * rows);
  }

  /** Returns how long an array of the sums kept for {@code rows} rows is. */
  int allSums(int rows) {
    return checkedSize(
        "the sums of all layers for " + rows + " rows", start + (long) sumsWidth * rows);
  }

  /**
   * Returns how much room one thread's part of a product of any layer takes, for any number of rows
   * up to {@code rows}: as many bands as these have, or fewer.
   *
   * @param kernels what computes them
   * @param rows the most rows of a batch
   * @param parts how many threads share a layer, each with room of its own
   * @param goesBack whether gradients are computed too
   */
  int work(Kernels kernels, int rows, int parts, boolean goesBack) {
    int most = 0;
    for (int l = 0; l < size(); l++) {
      if (weightRows(l) == layer(l).in() && widths[l] > 1) {
        int in = inputWidth(l);
        int out = widths[l];
        int forwardBands = Grid.bands(rows, out, parts);
        int backwardBands = goesBack && l > 0 ? Grid.bands(rows, in, parts) : 0;
        int weightBands = goesBack ? Grid.bands(layer(l).in(), out, parts) : 0;
        for (int bands = 1; bands <= parts; bands++) {
          int m = Grid.mostRows(rows, bands);
          int blocks = parts / bands;
          if (parts % bands == 0 && bands <= forwardBands) {
            most = Math.max(most, kernels.gemmWork(m, in, Grid.mostColumns(out, blocks)));
          }
          if (parts % bands == 0 && bands <= backwardBands) {
            most = Math.max(most, kernels.gemmNTWork(m, Grid.mostColumns(in, blocks), out));
          }
          if (bands == weightBands) {
            int own = Grid.mostRows(in, bands);
            most = Math.max(most, kernels.gemmTNWork(rows, own, Grid.mostColumns(out, blocks)));
          }
        }
      }
    }
    return most;
  }

  /** Returns the most inputs that a layer has. */
  int mostInputs() {
    return layers.stream().mapToInt(Layer::in).max().orElseThrow();
  }
}
