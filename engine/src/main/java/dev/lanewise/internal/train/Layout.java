package dev.lanewise.internal.train;

import dev.lanewise.model.Layer;
import java.util.List;

/**
 * Where each layer's numbers lie in the flat block of parameters: layer by layer the weights,
 * {@code in x out} row-major, then the bias.
 */
public final class Layout {
  /** The most elements asked of one array; some virtual machines refuse the last few. */
  public static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private final List<Layer> layers;
  private final int[] weights;
  private final int[] outputs;
  private final int parameterCount;
  private final int rowWidth;
  private final int largestMatrix;

  /**
   * Lays out a network.
   *
   * @param layers its layers, each with as many inputs as the one before has outputs
   * @throws IllegalArgumentException if an array could not hold the parameters
   */
  public Layout(List<Layer> layers) {
    this.layers = List.copyOf(layers);
    this.weights = new int[layers.size()];
    this.outputs = new int[layers.size()];
    long parameters = 0;
    long width = 0;
    long matrix = 0;
    for (int l = 0; l < layers.size(); l++) {
      Layer layer = layers.get(l);
      weights[l] = (int) parameters;
      outputs[l] = (int) width;
      parameters += layer.parameterCount();
      width += layer.out();
      matrix = Math.max(matrix, (long) layer.in() * layer.out());
      if (parameters > MAX_ARRAY) {
        throw new IllegalArgumentException(
            "layers 0 to "
                + l
                + " have "
                + parameters
                + " parameters, but one network holds at most "
                + MAX_ARRAY
                + ": make layer "
                + l
                + " ("
                + layer.in()
                + " x "
                + layer.out()
                + ") narrower");
      }
    }
    this.parameterCount = (int) parameters;
    this.rowWidth = checkedSize("all layers' outputs for one row", width);
    this.largestMatrix = (int) matrix;
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

  /** Returns how many parameters there are. */
  public int parameterCount() {
    return parameterCount;
  }

  /** Returns where a layer's weights start among the parameters. */
  public int weights(int l) {
    return weights[l];
  }

  /** Returns where a layer's bias starts among the parameters. */
  public int bias(int l) {
    return weights[l] + layer(l).in() * layer(l).out();
  }

  /** Returns where a layer's outputs for {@code rows} rows start in a workspace. */
  int outputsOf(int l, int rows) {
    return outputs[l] * rows;
  }

  /** Returns how many outputs all layers have for {@code rows} rows. */
  int allOutputs(int rows) {
    return checkedSize("the outputs of all layers for " + rows + " rows", (long) rowWidth * rows);
  }

  /** Returns the weights of the largest layer. */
  int largestMatrix() {
    return largestMatrix;
  }

  /** Returns the most inputs that a layer has. */
  int mostInputs() {
    return layers.stream().mapToInt(Layer::in).max().orElseThrow();
  }
}
