package dev.lanewise.internal.train;

import dev.lanewise.internal.parallel.Workers;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.SparseRows;
import dev.lanewise.model.Layer;
import java.util.Arrays;

/**
 * Takes rows forward through dense layers.
 *
 * <p>A layer with one output is a dot product; any other is a sum over the inputs in their order.
 * So a row's outputs do not depend on the rows beside it, nor on the number of threads, which share
 * out rows or columns. Rows given sparsely give the same bits; their products are few enough for
 * one thread. For use by one thread at a time.
 */
final class DenseForward implements Workers.Task {
  private final ForwardPass pass;
  private final Layout layout;
  private final Kernels kernels;
  private final float[] parameters;
  private final SparseProducts sparseProducts;

  private int rows;
  private int layer;

  DenseForward(ForwardPass pass, Parameters parameters, Kernels kernels) {
    this.pass = pass;
    this.layout = parameters.layout();
    this.kernels = kernels;
    this.parameters = parameters.block();
    this.sparseProducts = new SparseProducts(kernels);
  }

  /** Computes a layer's outputs from its inputs, softmax left out. */
  void run(int l, Workers workers) {
    layer = l;
    rows = pass.rows();
    Layer shape = layout.layer(l);
    boolean alone = rows == 1 || pass.sparse(l);
    workers.run(this, alone ? 0 : 2L * rows * shape.in() * shape.out());
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
    int stride = layout.outputStride(layer);
    int at = row * stride + column;
    float[] z = pass.sums(layer);
    int zAt = pass.sumsOffset(layer) + at;
    boolean dot = layout.layer(layer).out() == 1;
    if (!dot) {
      startFromBias(column, n, count, z, zAt);
    }
    if (pass.sparse(layer)) {
      sparseProducts(row, count, column, n, z, zAt);
    } else if (dot) {
      dotProducts(row, count, z, zAt);
    } else {
      products(row, count, column, n, z, zAt);
    }
    if (n == width) {
      pass.activate(layer, count * stride, at);
    } else {
      for (int r = 0; r < count; r++) {
        pass.activate(layer, n, at + r * stride);
      }
    }
  }

  private void sparseProducts(int row, int count, int column, int n, float[] z, int zAt) {
    SparseRows x = pass.sparse();
    int ldz = layout.outputStride(layer);
    int ldw = layout.weightStride(layer);
    int weightsAt = layout.weights(layer) + column;
    if (layout.layer(layer).out() > 1) {
      for (int r = 0; r < count; r++) {
        sparseProducts.add(
            x, pass.sparseRow(row + r), n, parameters, weightsAt, ldw, z, zAt + r * ldz);
      }
      return;
    }
    for (int r = 0; r < count; r++) {
      z[zAt + r] =
          sparseProducts.dot(x, pass.sparseRow(row + r), parameters, weightsAt) + biasOfDot();
    }
  }

  private float biasOfDot() {
    return layout.hasBias(layer) ? parameters[layout.bias(layer)] : 0;
  }

  private void dotProducts(int row, int count, float[] z, int zAt) {
    int n = layout.layer(layer).in();
    int weightsAt = layout.weights(layer);
    float bias = biasOfDot();
    int ldx = layout.inputStride(layer);
    float[] x = pass.inputs(layer);
    int xAt = pass.inputsOffset(layer) + row * ldx;
    for (int r = 0; r < count; r++) {
      z[zAt + r] = kernels.dot(n, x, xAt + r * ldx, parameters, weightsAt) + bias;
    }
  }

  private void products(int row, int count, int column, int n, float[] z, int zAt) {
    int in = layout.layer(layer).in();
    float[] x = pass.inputs(layer);
    int ldx = layout.inputStride(layer);
    int xAt = pass.inputsOffset(layer) + row * ldx;
    int ldz = layout.outputStride(layer);
    int ldw = layout.weightStride(layer);
    int weightsAt = layout.weights(layer) + column;
    // Not where a thread's part is one row: gemv leaves out zeros, which infinite weights would
    // show.
    if (rows == 1) {
      kernels.gemv(in, n, x, xAt, parameters, weightsAt, ldw, z, zAt);
    } else {
      kernels.gemm(count, in, n, x, xAt, ldx, parameters, weightsAt, ldw, z, zAt, ldz);
    }
  }

  private void startFromBias(int column, int n, int count, float[] z, int zAt) {
    int stride = layout.outputStride(layer);
    if (n == layout.width(layer)) {
      startRow(0, n, z, zAt);
      int all = count * stride;
      for (int done = stride, more; done < all; done += more) {
        more = Math.min(done, all - done);
        System.arraycopy(z, zAt, z, zAt + done, more);
      }
    } else {
      for (int r = 0; r < count; r++) {
        startRow(column, n, z, zAt + r * stride);
      }
    }
  }

  private void startRow(int from, int n, float[] z, int zAt) {
    if (layout.hasBias(layer)) {
      System.arraycopy(parameters, layout.bias(layer) + from, z, zAt, n);
    } else {
      Arrays.fill(z, zAt, zAt + n, 0);
    }
  }
}
