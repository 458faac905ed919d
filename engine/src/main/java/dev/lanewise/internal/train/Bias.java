package dev.lanewise.internal.train;

import dev.lanewise.internal.warmup.Dispatch;
import java.util.Arrays;

/** The bias of a dense layer: what its sums start from, and what it learns from their gradients. */
final class Bias {
  private final int layer;
  private final boolean present;
  private final int width;
  private final int stride;
  private final float[] parameters;
  private final int at;
  private final Dispatch kernels;
  private final Workspace workspace;

  Bias(int layer, Parameters parameters, Dispatch kernels, Workspace workspace) {
    Layout layout = parameters.layout();
    this.layer = layer;
    this.present = layout.hasBias(layer);
    this.width = layout.width(layer);
    this.stride = layout.outputStride(layer);
    this.parameters = parameters.block();
    this.at = layout.bias(layer);
    this.kernels = kernels;
    this.workspace = workspace;
  }

  /** Returns the bias of a layer with one output. */
  float single() {
    return present ? parameters[at] : 0;
  }

  /** Sets {@code rows} rows of sums {@code z} in columns {@code [column, column + n)}. */
  void forward(int rows, int column, int n, float[] z, int zAt) {
    if (n == width) {
      startRow(0, n, z, zAt);
      int all = rows * stride;
      for (int done = stride, more; done < all; done += more) {
        more = Math.min(done, all - done);
        System.arraycopy(z, zAt, z, zAt + done, more);
      }
    } else {
      for (int r = 0; r < rows; r++) {
        startRow(column, n, z, zAt + r * stride);
      }
    }
  }

  private void startRow(int from, int n, float[] z, int zAt) {
    if (present) {
      System.arraycopy(parameters, at + from, z, zAt, n);
    } else {
      Arrays.fill(z, zAt, zAt + n, 0);
    }
  }

  /**
   * Learns in columns {@code [column, column + n)} from the gradients of the sums, with scratch for
   * products at {@code workAt}.
   */
  void backward(Updater updater, int column, int n, int workAt) {
    if (!present || n == 0) {
      return;
    }
    int rows = workspace.rows();
    float[] dz = workspace.gradients();
    int dzAt = workspace.outputsAt(layer) + column;
    float a = updater.factor(layer);
    float[] to = updater.target(layer);
    int toAt = at + column;
    updater.clear(layer, toAt, n);
    if (rows == 1) {
      kernels.now().axpy(n, a, dz, dzAt, to, toAt);
    } else {
      kernels
          .now()
          .gemmTN(
              rows,
              1,
              n,
              a,
              workspace.ones(),
              0,
              1,
              dz,
              dzAt,
              stride,
              to,
              toAt,
              n,
              workspace.work(),
              workAt);
    }
    updater.update(layer, true, toAt, n);
  }
}
