package dev.lanewise.internal.train;

import dev.lanewise.internal.parallel.Workers;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Layer;
import java.util.Arrays;

/**
 * Takes rows forward through the layers and keeps every layer's outputs.
 *
 * <p>A layer with one output is a dot product; any other is a sum over the inputs in their order.
 * So a row's outputs do not depend on the rows beside it, nor on the number of threads, which share
 * out rows or columns. For use by one thread at a time.
 */
public final class ForwardPass implements Workers.Task {
  private final Layout layout;
  private final Kernels kernels;
  private final float[] parameters;

  private float[] outputs = {};
  private int capacity;
  private int rows;
  private float[] x;
  private int xOffset;
  private int layer;

  /**
   * Makes a pass with room for no row; {@link #reserve} makes room.
   *
   * @param layout the network's layout
   * @param kernels the kernels to run on
   * @param parameters the network's parameters, which are only read
   */
  public ForwardPass(Layout layout, Kernels kernels, float[] parameters) {
    this.layout = layout;
    this.kernels = kernels;
    this.parameters = parameters;
  }

  /** Makes room for at least {@code rows} rows. */
  public void reserve(int rows) {
    if (rows > capacity) {
      outputs = new float[layout.allOutputs(rows)];
      capacity = rows;
    }
  }

  /**
   * Runs all layers.
   *
   * @param rows how many rows, at most what was reserved
   * @param x the inputs, which must stay as they are until the backward pass is done
   * @param xOffset where they start
   * @param logits whether a softmax at the end is left out, because the loss contains it
   * @param workers who shares the work
   */
  public void run(int rows, float[] x, int xOffset, boolean logits, Workers workers) {
    this.rows = rows;
    this.x = x;
    this.xOffset = xOffset;
    for (layer = 0; layer < layout.size(); layer++) {
      Layer shape = layout.layer(layer);
      workers.run(this, rows == 1 ? 0 : 2L * rows * shape.in() * shape.out());
    }
    layer = layout.size() - 1;
    if (layout.layer(layer).activation().kind() == Activation.Kind.SOFTMAX && !logits) {
      int n = layout.outputs();
      for (int r = 0; r < rows; r++) {
        int at = layout.outputsOf(layer, rows) + r * layout.width(layer);
        kernels.softmax(n, outputs, at, outputs, at);
      }
    }
  }

  /**
   * Computes one part of the current layer: of its rows, or where there are more columns than rows,
   * of these, so that each thread reads only its part of the weights.
   */
  @Override
  public void run(int part, int parts) {
    int width = layout.width(layer);
    if (width > 1 && rows < width) {
      int from = Workers.boundary(width, part, parts);
      block(0, rows, from, Workers.boundary(width, part + 1, parts) - from);
    } else {
      int from = Workers.boundary(rows, part, parts);
      block(from, Workers.boundary(rows, part + 1, parts) - from, 0, width);
    }
  }

  private void block(int row, int count, int column, int n) {
    if (count == 0 || n == 0) {
      return;
    }
    int width = layout.width(layer);
    int at = layout.outputsOf(layer, rows) + row * width + column;
    Layer shape = layout.layer(layer);
    if (shape.out() == 1) {
      dotProducts(shape, row, count, at);
    } else {
      startFromBias(column, n, count, at);
      products(shape, row, count, column, n, at);
    }
    if (n == width) {
      Activations.apply(shape.activation(), kernels, count * n, outputs, at);
    } else {
      for (int r = 0; r < count; r++) {
        Activations.apply(shape.activation(), kernels, n, outputs, at + r * width);
      }
    }
  }

  private void dotProducts(Layer shape, int row, int count, int at) {
    int weightsAt = layout.weights(layer);
    float bias = layout.dense(layer).bias() ? parameters[layout.bias(layer)] : 0;
    int width = layout.inputWidth(layer);
    float[] in = inputs(layer);
    int inAt = inputsOffset(layer) + row * width;
    for (int r = 0; r < count; r++) {
      outputs[at + r] = kernels.dot(shape.in(), in, inAt + r * width, parameters, weightsAt) + bias;
    }
  }

  private void products(Layer shape, int row, int count, int column, int n, int at) {
    float[] in = inputs(layer);
    int inWidth = layout.inputWidth(layer);
    int inAt = inputsOffset(layer) + row * inWidth;
    int width = layout.width(layer);
    int weightsAt = layout.weights(layer) + column;
    if (count == 1) {
      kernels.gemv(shape.in(), n, in, inAt, parameters, weightsAt, width, outputs, at);
    } else {
      kernels.gemm(
          count,
          shape.in(),
          n,
          in,
          inAt,
          inWidth,
          parameters,
          weightsAt,
          width,
          outputs,
          at,
          width);
    }
  }

  private void startFromBias(int column, int n, int count, int at) {
    int width = layout.width(layer);
    if (n == width) {
      startRow(0, n, at);
      int all = count * n;
      for (int done = n; done < all; done *= 2) {
        System.arraycopy(outputs, at, outputs, at + done, Math.min(done, all - done));
      }
    } else {
      for (int r = 0; r < count; r++) {
        startRow(column, n, at + r * width);
      }
    }
  }

  private void startRow(int from, int n, int at) {
    if (layout.dense(layer).bias()) {
      System.arraycopy(parameters, layout.bias(layer) + from, outputs, at, n);
    } else {
      Arrays.fill(outputs, at, at + n, 0);
    }
  }

  /** Copies the last layer's outputs, {@code rows x outputs} without padding. */
  public void copyOutputs(float[] y, int yOffset) {
    int last = layout.size() - 1;
    int n = layout.outputs();
    Rows.copy(rows, n, outputs, outputsOffset(last), layout.width(last), y, yOffset, n);
  }

  /** Returns how many rows ran last. */
  int rows() {
    return rows;
  }

  /** Returns the array with every layer's outputs. */
  float[] outputs() {
    return outputs;
  }

  /** Returns where a layer's outputs start. */
  int outputsOffset(int l) {
    return layout.outputsOf(l, rows);
  }

  /** Returns the array with a layer's inputs. */
  float[] inputs(int l) {
    return l == 0 ? x : outputs;
  }

  /** Returns where a layer's inputs start. */
  int inputsOffset(int l) {
    return l == 0 ? xOffset : layout.outputsOf(l - 1, rows);
  }
}
