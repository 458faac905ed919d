package dev.lanewise.internal.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.SparseRows;
import java.util.Arrays;

/**
 * Updates the weights of the first layer where its inputs were given sparsely: only those rows of
 * the weights whose column is named. For use by one thread at a time.
 *
 * <p>Each row's gradient is the sum that {@link DenseBackward} defines, without the rows of the
 * batch that do not name its column: these would add a zero.
 */
final class SparseBackward {
  private final Layout layout;
  private final Kernels kernels;
  private final float[] parameters;
  private final ForwardPass forward;
  private final Updates updates;
  private final float[] dw;

  private SparsePairs pairs;
  private float[] values;
  private int start;

  SparseBackward(Parameters parameters, Kernels kernels, ForwardPass forward, Updates updates) {
    this.layout = parameters.layout();
    this.kernels = kernels;
    this.parameters = parameters.block();
    this.forward = forward;
    this.updates = updates;
    this.dw = new float[layout.width(0)];
  }

  /** Takes the gradients of the first layer's sums to its weights. */
  void run(float[] gradients) {
    SparseRows x = forward.sparse();
    pairs = forward.pairs();
    values = x.values();
    start = x.indptr()[0];
    int width = layout.width(0);
    boolean dot = layout.layer(0).out() == 1;
    boolean fused = updates.fused(0);
    float a = fused ? -updates.rate(0) : 1;
    float[] to = fused ? parameters : updates.gradients();
    for (int g = 0; g < pairs.groups(); g++) {
      int at = layout.weights(0) + pairs.column(g) * layout.weightStride(0);
      if (!fused) {
        updates.clear(at, width);
      }
      if (!dot) {
        addGradient(pairs.head(g), a, gradients, to, at);
      } else if (fused) {
        to[at] = Math.fma(a, gradientOfDot(pairs.head(g), gradients, 0), to[at]);
      } else {
        to[at] = gradientOfDot(pairs.head(g), gradients, to[at]);
      }
      if (!fused) {
        updates.update(0, false, at, width);
      }
    }
    // They belong to the caller.
    values = null;
  }

  /** Adds {@code a dw} of a column to a row of {@code to}. */
  private void addGradient(int head, float a, float[] gradients, float[] to, int at) {
    int width = layout.width(0);
    int dyAt = forward.outputsOffset(0);
    if (forward.rows() == 1) {
      // As in ger, where a zero leaves even the sign of a zero weight as it is.
      if (values[start + head] != 0) {
        kernels.axpy(width, a * values[start + head], gradients, dyAt, to, at);
      }
      return;
    }
    Arrays.fill(dw, 0);
    for (int p = head; p >= 0; p = pairs.next(p)) {
      int dyRow = dyAt + pairs.row(p) * layout.outputStride(0);
      kernels.axpy(width, values[start + p], gradients, dyRow, dw, 0);
    }
    kernels.axpy(width, a, dw, 0, to, at);
  }

  /** Returns {@code sum} with the gradient of a column's one weight added to it, row by row. */
  private float gradientOfDot(int head, float[] gradients, float sum) {
    int dyAt = forward.outputsOffset(0);
    for (int p = head; p >= 0; p = pairs.next(p)) {
      sum = Math.fma(gradients[dyAt + pairs.row(p)], values[start + p], sum);
    }
    return forward.rows() == 1 ? sum : sum + 0f;
  }
}
