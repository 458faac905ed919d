package dev.lanewise.internal.train;

import dev.lanewise.internal.parallel.Workers;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Layer;
import java.util.Arrays;

/**
 * Takes the gradient of the outputs back through the layers and updates the parameters on the way.
 *
 * <p>Threads share out a layer's inputs: each needs only its own rows of the weights, first as they
 * were for the input gradient, then to update them. For use by one thread at a time.
 *
 * <p>Numeric definition: with several rows a layer's {@code dw} and {@code db} are sums over the
 * rows in their order, then {@code w = fma(-rate, dw, w)}. With one row the update is {@code ger}.
 * A layer with one output sums over rows in any case, one row among them.
 */
public final class BackwardPass implements Workers.Task {
  private final Layout layout;
  private final Kernels kernels;
  private final float[] parameters;
  private final ForwardPass forward;
  private final float[] dotGradient;
  private final float[] work;

  private float[] gradients = {};
  private float[] ones = {};
  private int capacity;
  private float rate;
  private int layer;

  /**
   * Makes a pass with room for no row; {@link #reserve} makes room.
   *
   * @param layout the network's layout
   * @param kernels the kernels to run on
   * @param parameters the network's parameters, which are updated
   * @param forward the pass whose outputs are used
   */
  public BackwardPass(Layout layout, Kernels kernels, float[] parameters, ForwardPass forward) {
    this.layout = layout;
    this.kernels = kernels;
    this.parameters = parameters;
    this.forward = forward;
    this.dotGradient = new float[layout.mostInputs()];
    this.work = new float[layout.largestMatrix()];
  }

  /** Makes room for at least {@code rows} rows. */
  public void reserve(int rows) {
    if (rows > capacity) {
      gradients = new float[layout.allOutputs(rows)];
      ones = new float[rows];
      Arrays.fill(ones, 1);
      capacity = rows;
    }
  }

  /** Sets the gradients of the outputs: {@code rows x outputs} without padding. */
  public void setGradients(float[] dy, int dyOffset) {
    int last = layout.size() - 1;
    int n = layout.outputs();
    int width = layout.width(last);
    int at = forward.outputsOffset(last);
    if (width > n) {
      Arrays.fill(gradients, at, at + forward.rows() * width, 0);
    }
    Rows.copy(forward.rows(), n, dy, dyOffset, n, gradients, at, width);
  }

  /** Returns the array that holds the gradients of every layer's outputs. */
  float[] gradients() {
    return gradients;
  }

  /**
   * Runs all layers, from the last one back, after the gradient of its outputs was set.
   *
   * @param rate the learning rate
   * @param logits whether that gradient is of the last layer's sums already
   * @param workers who shares the work
   */
  public void run(float rate, boolean logits, Workers workers) {
    this.rate = rate;
    int rows = forward.rows();
    int last = layout.size() - 1;
    if (!logits) {
      lastActivation(last);
    }
    for (layer = last; layer >= 0; layer--) {
      Layer shape = layout.layer(layer);
      workers.run(this, rows == 1 ? 0 : 4L * rows * shape.in() * shape.out());
      if (layer > 0) {
        activationGradient();
      }
    }
  }

  private void lastActivation(int last) {
    Activation activation = layout.layer(last).activation();
    int at = forward.outputsOffset(last);
    int width = layout.width(last);
    if (activation.kind() == Activation.Kind.SOFTMAX) {
      for (int r = 0; r < forward.rows(); r++) {
        int row = at + r * width;
        kernels.softmaxGradient(layout.outputs(), forward.outputs(), row, gradients, row);
      }
    } else {
      int all = forward.rows() * width;
      Activations.gradient(activation, kernels, all, forward.outputs(), at, gradients, at);
    }
  }

  /** Takes one part of the current layer's inputs back, and updates their rows of the weights. */
  @Override
  public void run(int part, int parts) {
    Layer shape = layout.layer(layer);
    int width = layout.inputWidth(layer);
    int from = Workers.boundary(width, part, parts);
    int to = Workers.boundary(width, part + 1, parts);
    int n = Math.min(to, shape.in()) - from;
    if (part == 0 && layout.dense(layer).bias()) {
      updateBias(layout.width(layer));
    }
    if (n <= 0) {
      return;
    }
    if (shape.out() == 1) {
      inputGradientOfDot(from, to - from);
      updateDot(from, n);
    } else if (forward.rows() == 1) {
      backOneRow(from, n);
      if (layer > 0) {
        int dxAt = forward.outputsOffset(layer - 1);
        Arrays.fill(gradients, dxAt + from + n, dxAt + to, 0);
      }
    } else {
      if (layer > 0) {
        inputGradient(from, to - from);
      }
      updateWeights(from, n);
    }
  }

  private void updateBias(int out) {
    int dyAt = forward.outputsOffset(layer);
    int biasAt = layout.bias(layer);
    if (forward.rows() == 1) {
      kernels.axpy(out, -rate, gradients, dyAt, parameters, biasAt);
      return;
    }
    kernels.gemmTN(
        forward.rows(), 1, out, -rate, ones, 0, 1, gradients, dyAt, out, parameters, biasAt, out);
  }

  private void inputGradientOfDot(int from, int n) {
    if (layer == 0) {
      return;
    }
    int rows = forward.rows();
    int width = layout.inputWidth(layer);
    int dyAt = forward.outputsOffset(layer);
    int dxAt = forward.outputsOffset(layer - 1) + from;
    for (int r = 0; r < rows; r++) {
      Arrays.fill(gradients, dxAt + r * width, dxAt + r * width + n, 0);
    }
    int weightsAt = layout.weights(layer) + from;
    kernels.ger(rows, n, 1, gradients, dyAt, parameters, weightsAt, gradients, dxAt, width);
  }

  private void updateDot(int from, int n) {
    int rows = forward.rows();
    float[] x = forward.inputs(layer);
    int xAt = forward.inputsOffset(layer) + from;
    int dyAt = forward.outputsOffset(layer);
    int weightsAt = layout.weights(layer) + from;
    int width = layout.inputWidth(layer);
    Arrays.fill(dotGradient, from, from + n, 0);
    if (rows == 1) {
      kernels.axpy(n, gradients[dyAt], x, xAt, dotGradient, from);
    } else {
      kernels.gemv(rows, n, gradients, dyAt, x, xAt, width, dotGradient, from);
    }
    kernels.axpy(n, -rate, dotGradient, from, parameters, weightsAt);
  }

  private void backOneRow(int from, int n) {
    int out = layout.width(layer);
    float[] x = forward.inputs(layer);
    int xAt = forward.inputsOffset(layer) + from;
    int dyAt = forward.outputsOffset(layer);
    int weightsAt = layout.weights(layer) + from * out;
    if (layer == 0) {
      kernels.ger(n, out, -rate, x, xAt, gradients, dyAt, parameters, weightsAt, out);
    } else {
      boolean skipZeros = layout.layer(layer - 1).activation().kind() == Activation.Kind.RELU;
      int dxAt = forward.outputsOffset(layer - 1) + from;
      kernels.gemvGer(
          n,
          out,
          -rate,
          x,
          xAt,
          gradients,
          dyAt,
          parameters,
          weightsAt,
          out,
          gradients,
          dxAt,
          skipZeros);
    }
  }

  private void inputGradient(int from, int n) {
    int out = layout.width(layer);
    int weightsAt = layout.weights(layer) + from * out;
    int dyAt = forward.outputsOffset(layer);
    int dxAt = forward.outputsOffset(layer - 1) + from;
    kernels.gemmNT(
        forward.rows(),
        n,
        out,
        gradients,
        dyAt,
        out,
        parameters,
        weightsAt,
        out,
        gradients,
        dxAt,
        layout.inputWidth(layer),
        work,
        from * out);
  }

  private void updateWeights(int from, int n) {
    int out = layout.width(layer);
    int xAt = forward.inputsOffset(layer) + from;
    int dyAt = forward.outputsOffset(layer);
    kernels.gemmTN(
        forward.rows(),
        n,
        out,
        -rate,
        forward.inputs(layer),
        xAt,
        layout.inputWidth(layer),
        gradients,
        dyAt,
        out,
        parameters,
        layout.weights(layer) + from * out,
        out);
  }

  private void activationGradient() {
    Activation activation = layout.layer(layer - 1).activation();
    int at = forward.outputsOffset(layer - 1);
    int n = forward.rows() * layout.inputWidth(layer);
    Activations.gradient(activation, kernels, n, forward.outputs(), at, gradients, at);
  }
}
