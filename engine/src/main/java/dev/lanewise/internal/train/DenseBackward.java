package dev.lanewise.internal.train;

import dev.lanewise.internal.parallel.Workers;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Layer;
import java.util.Arrays;

/**
 * Takes gradients back through dense layers.
 *
 * <p>Threads share out a layer's inputs: each needs only its own rows of the weights, first as they
 * were for the input gradient, then to update them. For use by one thread at a time.
 *
 * <p>Numeric definition: with several rows a layer's {@code dw} and {@code db} are sums over the
 * rows in their order. Where the update is {@code w = fma(-rate, dw, w)} and there is one row, it
 * is {@code ger}. A layer with one output sums over rows in any case, one row among them.
 */
final class DenseBackward implements Workers.Task {
  /** Rows of a gradient that are stored before they are used: few enough to stay in the cache. */
  private static final int ROWS_AT_ONCE = 48;

  private final BackwardPass pass;
  private final Layout layout;
  private final Kernels kernels;
  private final float[] parameters;
  private final ForwardPass forward;
  private final Updates updates;
  private final SparseBackward sparse;
  private final float[] dotGradient;
  private final float[] work;

  private float[] gradients;
  private float[] ones = {};
  private int layer;
  private int rows;
  private float rate;
  private boolean inputGradient;

  DenseBackward(
      BackwardPass pass,
      Parameters parameters,
      Kernels kernels,
      ForwardPass forward,
      Updates updates) {
    this.pass = pass;
    this.layout = parameters.layout();
    this.kernels = kernels;
    this.parameters = parameters.block();
    this.forward = forward;
    this.updates = updates;
    this.sparse = new SparseBackward(parameters, kernels, forward, updates);
    this.dotGradient = new float[layout.mostInputs()];
    this.work = new float[layout.start() + layout.largestMatrix()];
  }

  /** Makes room for at least {@code rows} rows. */
  void reserve(int newRows) {
    ones = new float[newRows];
    Arrays.fill(ones, 1);
  }

  /** Takes the gradients of a layer's sums back to its inputs, and to its parameters. */
  void run(int l, Workers workers) {
    layer = l;
    gradients = pass.gradients();
    rows = forward.rows();
    rate = updates.rate(l);
    inputGradient = l > updates.lowest();
    Layer shape = layout.layer(l);
    boolean alone = rows == 1 || forward.sparse(l);
    // As the forward pass counts: with one of them shared, the weights would move between cores.
    workers.run(this, alone ? 0 : 2L * rows * shape.in() * shape.out());
  }

  /** Takes one part of the current layer's inputs back, and updates their rows of the weights. */
  @Override
  public void run(int part, int parts) {
    int width = layout.inputWidth(layer);
    int from = Workers.boundary(width, part, parts);
    int to = Workers.boundary(width, part + 1, parts);
    int n = Math.min(to, layout.layer(layer).in()) - from;
    boolean learns = !updates.frozen(layer);
    if (part == 0 && learns && layout.hasBias(layer)) {
      updateBias(layout.width(layer));
    }
    if (n <= 0) {
      return;
    }
    if (forward.sparse(layer)) {
      sparse.run(gradients);
    } else if (layout.layer(layer).out() == 1) {
      inputGradientOfDot(from, to - from);
      if (learns) {
        updateDot(from, n);
      }
    } else if (rows == 1) {
      backOneRow(from, n, learns);
      if (inputGradient) {
        int dxAt = forward.outputsOffset(layer - 1);
        Arrays.fill(gradients, dxAt + from + n, dxAt + to, 0);
      }
    } else {
      inputGradient(from, to - from);
      if (learns) {
        updateWeights(from, n);
      }
    }
  }

  private void updateBias(int out) {
    int dyAt = forward.outputsOffset(layer);
    int biasAt = layout.bias(layer);
    boolean fused = updates.fused(layer);
    float a = fused ? -rate : 1;
    float[] to = fused ? parameters : updates.gradients();
    if (!fused) {
      updates.clear(biasAt, out);
    }
    if (rows == 1) {
      kernels.axpy(out, a, gradients, dyAt, to, biasAt);
    } else {
      int lddy = layout.outputStride(layer);
      kernels.gemmTN(rows, 1, out, a, ones, 0, 1, gradients, dyAt, lddy, to, biasAt, out);
    }
    if (!fused) {
      updates.update(layer, true, biasAt, out);
    }
  }

  private void inputGradientOfDot(int from, int n) {
    if (!inputGradient) {
      return;
    }
    int lddx = layout.inputStride(layer);
    int dyAt = forward.outputsOffset(layer);
    int dxAt = forward.outputsOffset(layer - 1) + from;
    for (int r = 0; r < rows; r++) {
      Arrays.fill(gradients, dxAt + r * lddx, dxAt + r * lddx + n, 0);
    }
    int weightsAt = layout.weights(layer) + from;
    kernels.ger(rows, n, 1, gradients, dyAt, parameters, weightsAt, gradients, dxAt, lddx);
  }

  private void updateDot(int from, int n) {
    int weightsAt = layout.weights(layer) + from;
    if (updates.fused(layer)) {
      Arrays.fill(dotGradient, from, from + n, 0);
      gradientOfDot(from, n, dotGradient, from);
      kernels.axpy(n, -rate, dotGradient, from, parameters, weightsAt);
    } else {
      updates.clear(weightsAt, n);
      gradientOfDot(from, n, updates.gradients(), weightsAt);
      updates.update(layer, false, weightsAt, n);
    }
  }

  private void gradientOfDot(int from, int n, float[] dw, int dwAt) {
    float[] x = forward.inputs(layer);
    int xAt = forward.inputsOffset(layer) + from;
    int dyAt = forward.outputsOffset(layer);
    if (rows == 1) {
      kernels.axpy(n, gradients[dyAt], x, xAt, dw, dwAt);
    } else {
      kernels.gemv(rows, n, gradients, dyAt, x, xAt, layout.inputStride(layer), dw, dwAt);
    }
  }

  private void backOneRow(int from, int n, boolean learns) {
    int out = layout.width(layer);
    float[] x = forward.inputs(layer);
    int xAt = forward.inputsOffset(layer) + from;
    int dyAt = forward.outputsOffset(layer);
    int ldw = layout.weightStride(layer);
    int weightsAt = layout.weights(layer) + from * ldw;
    boolean fused = learns && updates.fused(layer);
    if (!fused) {
      inputGradientOfRow(from, n);
      if (learns) {
        updates.clear(weightsAt, n * ldw);
        kernels.ger(n, out, 1, x, xAt, gradients, dyAt, updates.gradients(), weightsAt, ldw);
        updates.update(layer, false, weightsAt, n * ldw);
      }
    } else if (inputGradient) {
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
          ldw,
          gradients,
          dxAt,
          skipsZeros());
    } else {
      kernels.ger(n, out, -rate, x, xAt, gradients, dyAt, parameters, weightsAt, ldw);
    }
  }

  /** Inputs that a ReLU made zero have no gradient. */
  private boolean skipsZeros() {
    return layout.layer(layer - 1).activation().kind() == Activation.Kind.RELU;
  }

  private void inputGradientOfRow(int from, int n) {
    if (!inputGradient) {
      return;
    }
    int out = layout.width(layer);
    int ldw = layout.weightStride(layer);
    int weightsAt = layout.weights(layer);
    int dyAt = forward.outputsOffset(layer);
    int dxAt = forward.outputsOffset(layer - 1);
    for (int i = from; i < from + n; i++) {
      gradients[dxAt + i] = kernels.dot(out, gradients, dyAt, parameters, weightsAt + i * ldw);
    }
  }

  private void inputGradient(int from, int n) {
    if (!inputGradient) {
      return;
    }
    int out = layout.width(layer);
    int ldw = layout.weightStride(layer);
    int weightsAt = layout.weights(layer) + from * ldw;
    int dyAt = forward.outputsOffset(layer);
    int dxAt = forward.outputsOffset(layer - 1) + from;
    kernels.gemmNT(
        rows,
        n,
        out,
        gradients,
        dyAt,
        layout.outputStride(layer),
        parameters,
        weightsAt,
        ldw,
        gradients,
        dxAt,
        layout.inputStride(layer),
        work,
        layout.start() + from * out);
  }

  private void updateWeights(int from, int n) {
    if (updates.fused(layer)) {
      addGradient(from, n, -rate, parameters);
      return;
    }
    int ldw = layout.weightStride(layer);
    for (int i = from; i < from + n; i += ROWS_AT_ONCE) {
      int count = Math.min(ROWS_AT_ONCE, from + n - i);
      int at = layout.weights(layer) + i * ldw;
      updates.clear(at, count * ldw);
      addGradient(i, count, 1, updates.gradients());
      updates.update(layer, false, at, count * ldw);
    }
  }

  /** Adds {@code a dw} of inputs {@code [from, from + n)} to their rows. */
  private void addGradient(int from, int n, float a, float[] to) {
    int out = layout.width(layer);
    int ldw = layout.weightStride(layer);
    int dyAt = forward.outputsOffset(layer);
    kernels.gemmTN(
        rows,
        n,
        out,
        a,
        forward.inputs(layer),
        forward.inputsOffset(layer) + from,
        layout.inputStride(layer),
        gradients,
        dyAt,
        layout.outputStride(layer),
        to,
        layout.weights(layer) + from * ldw,
        ldw);
  }
}
