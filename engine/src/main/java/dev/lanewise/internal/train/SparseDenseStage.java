package dev.lanewise.internal.train;

import static dev.lanewise.internal.scalar.Fma.fma;
import static dev.lanewise.internal.tuning.Sizes.PARTIAL_SUMS;

import dev.lanewise.internal.parallel.Task;
import dev.lanewise.internal.parallel.Workers;
import dev.lanewise.internal.warmup.Dispatch;
import dev.lanewise.kernel.SparseRows;
import java.util.Arrays;

/**
 * A dense layer, the first one, whose inputs are given sparsely: to the same bits as {@link
 * DenseStage} of the dense rows, since a column that is not named would add a zero.
 *
 * <p>Only those rows of the weights change whose column is named. Each one's gradient is a sum over
 * the rows of the batch that name it, in their order. The products are few enough for one thread.
 */
final class SparseDenseStage extends Stage {
  private final Dispatch kernels;
  private final Workers workers;
  private final Task products = this::products;
  private final Bias bias;
  private final boolean dot;
  private final int width;
  private final float[] w;
  private final int wAt;
  private final int ldw;
  private final float[] rowGradient;
  private final float[] partialSums = new float[PARTIAL_SUMS];

  SparseDenseStage(Parameters parameters, Dispatch kernels, Workspace workspace, Workers workers) {
    super(0, parameters, kernels, workspace);
    Layout layout = parameters.layout();
    this.kernels = kernels;
    this.workers = workers;
    this.bias = new Bias(0, parameters, kernels, workspace);
    this.dot = layout.layer(0).out() == 1;
    this.width = layout.width(0);
    this.w = parameters.block();
    this.wAt = layout.weights(0);
    this.ldw = layout.weightStride(0);
    this.rowGradient = new float[width];
  }

  @Override
  void forward(boolean training) {
    if (training) {
      // Not on the way back, where a lack of memory would leave half an update.
      workspace.groupPairs();
    }
    workers.run(products, 0);
    activation.forward();
  }

  private void products(int part, int parts, int thread) {
    int rows = workspace.rows();
    SparseRows x = workspace.sparse();
    float[] z = workspace.sums(0);
    int zAt = workspace.sumsAt(0);
    if (!dot) {
      bias.forward(rows, 0, width, z, zAt);
    }
    for (int r = 0; r < rows; r++) {
      if (dot) {
        z[zAt + r] = dot(x, workspace.sparseRow(r)) + bias.single();
      } else {
        add(x, workspace.sparseRow(r), z, zAt + r * stride);
      }
    }
  }

  /** Adds the product of a row and the weights to sums, as {@code gemv} does. */
  private void add(SparseRows x, int row, float[] z, int zAt) {
    int[] indices = x.indices();
    float[] values = x.values();
    int end = x.indptr()[row + 1];
    for (int p = x.indptr()[row]; p < end; p++) {
      kernels.now().axpy(width, values[p], w, wAt + indices[p] * ldw, z, zAt);
    }
    // A sum of -0 is given as 0.
    for (int j = 0; j < width; j++) {
      z[zAt + j] += 0f;
    }
  }

  /** Returns the product of a row and the weights of one output, as {@code dot} does. */
  private float dot(SparseRows x, int row) {
    Arrays.fill(partialSums, 0);
    int[] indices = x.indices();
    float[] values = x.values();
    int end = x.indptr()[row + 1];
    for (int p = x.indptr()[row]; p < end; p++) {
      int i = indices[p];
      int k = i % PARTIAL_SUMS;
      partialSums[k] = fma(values[p], w[wAt + i], partialSums[k]);
    }
    for (int apart = PARTIAL_SUMS / 2; apart > 0; apart /= 2) {
      for (int k = 0; k < apart; k++) {
        partialSums[k] += partialSums[k + apart];
      }
    }
    return partialSums[0] + 0f;
  }

  @Override
  void backward(Updater updater, boolean inputGradient) {
    bias.backward(updater, 0, width, workspace.workAt(0));
    SparsePairs pairs = workspace.pairs();
    boolean fused = updater.fused(0);
    float a = updater.factor(0);
    float[] dw = updater.target(0);
    for (int g = 0; g < pairs.groups(); g++) {
      int at = wAt + pairs.column(g) * ldw;
      updater.clear(0, at, width);
      if (!dot) {
        addGradient(pairs, pairs.head(g), a, dw, at);
      } else if (fused) {
        dw[at] = fma(a, gradientOfDot(pairs, pairs.head(g), 0), dw[at]);
      } else {
        dw[at] = gradientOfDot(pairs, pairs.head(g), dw[at]);
      }
      updater.update(0, false, at, width);
    }
  }

  /** Adds {@code a} times the gradient of a column's weights to {@code dw}. */
  private void addGradient(SparsePairs pairs, int head, float a, float[] dw, int at) {
    float[] values = workspace.sparse().values();
    int first = workspace.sparse().indptr()[0];
    float[] dz = workspace.gradients();
    int dzAt = workspace.outputsAt(0);
    if (workspace.rows() == 1) {
      // As in ger, where a zero leaves even the sign of a zero weight as it is.
      if (values[first + head] != 0) {
        kernels.now().axpy(width, a * values[first + head], dz, dzAt, dw, at);
      }
      return;
    }
    Arrays.fill(rowGradient, 0);
    for (int p = head; p >= 0; p = pairs.next(p)) {
      int dzRow = dzAt + pairs.row(p) * stride;
      kernels.now().axpy(width, values[first + p], dz, dzRow, rowGradient, 0);
    }
    kernels.now().axpy(width, a, rowGradient, 0, dw, at);
  }

  /** Returns {@code sum} with the gradient of a column's one weight added to it, row by row. */
  private float gradientOfDot(SparsePairs pairs, int head, float sum) {
    float[] values = workspace.sparse().values();
    int first = workspace.sparse().indptr()[0];
    float[] dz = workspace.gradients();
    int dzAt = workspace.outputsAt(0);
    for (int p = head; p >= 0; p = pairs.next(p)) {
      sum = fma(dz[dzAt + pairs.row(p)], values[first + p], sum);
    }
    return workspace.rows() == 1 ? sum : sum + 0f;
  }
}
