package dev.lanewise.internal.train;

import dev.lanewise.internal.warmup.Dispatch;
import dev.lanewise.model.Activation;

/**
 * The activation of one layer, and its derivative. Where the loss contains the last layer's, it is
 * left to the loss, and neither way does anything here.
 */
final class LayerActivation {
  private final int layer;
  private final Activation activation;
  private final boolean softmax;
  private final Dispatch kernels;
  private final Workspace workspace;
  private final int out;
  private final int width;
  private final int stride;
  private final boolean fromSums;
  private boolean left;

  LayerActivation(int layer, Layout layout, Dispatch kernels, Workspace workspace) {
    this.layer = layer;
    this.activation = layout.layer(layer).activation();
    this.softmax = activation.kind() == Activation.Kind.SOFTMAX;
    this.kernels = kernels;
    this.workspace = workspace;
    this.out = layout.layer(layer).out();
    this.width = layout.width(layer);
    this.stride = layout.outputStride(layer);
    this.fromSums = layout.keepsSums(layer);
  }

  /** Says whether the rows to come leave this activation to the loss. */
  void leaveToLoss(boolean toLoss) {
    left = toLoss;
  }

  /** Makes outputs of all sums. */
  void forward() {
    forward(0, workspace.rows(), 0, width);
    softmax();
  }

  /**
   * Makes outputs of the sums of {@code m} rows in columns {@code [column, column + n)}; not by
   * softmax, which needs whole rows.
   */
  void forward(int row, int m, int column, int n) {
    if (softmax || left) {
      return;
    }
    float[] z = workspace.sums(layer);
    float[] y = workspace.outputs();
    int zAt = workspace.sumsAt(layer) + column;
    int yAt = workspace.outputsAt(layer) + column;
    if (n == width) {
      int at = row * stride;
      kernels.now().activate(activation, m * stride, z, zAt + at, y, yAt + at);
    } else {
      for (int r = row; r < row + m; r++) {
        kernels.now().activate(activation, n, z, zAt + r * stride, y, yAt + r * stride);
      }
    }
  }

  /** Makes outputs of whole rows of sums, if this is softmax. */
  void softmax() {
    if (softmax && !left) {
      float[] y = workspace.outputs();
      for (int r = 0; r < workspace.rows(); r++) {
        int at = workspace.outputsAt(layer) + r * stride;
        kernels.now().activate(activation, out, y, at, y, at);
      }
    }
  }

  /** Tells whether an output depends on no other output's sum. */
  boolean elementwise() {
    return !softmax;
  }

  /** Makes gradients of sums of the gradients of all outputs, where these lie. */
  void backward() {
    if (!softmax) {
      backward(0, workspace.rows(), 0, width);
    } else if (!left) {
      rowsBackward(0, workspace.rows(), 0, out);
    }
  }

  /**
   * Makes gradients of sums of the gradients of outputs of {@code m} rows in columns {@code
   * [column, column + n)}, where these lie; not by softmax, which needs whole rows.
   */
  void backward(int row, int m, int column, int n) {
    if (left || activation.kind() == Activation.Kind.IDENTITY) {
      return;
    }
    if (n == width) {
      int at = row * stride;
      int dyAt = workspace.outputsAt(layer) + at;
      kernels
          .now()
          .activationGradient(
              activation, m * stride, zOrY(), zOrYAt() + at, workspace.gradients(), dyAt);
    } else {
      rowsBackward(row, m, column, n);
    }
  }

  private void rowsBackward(int row, int m, int column, int n) {
    float[] zOrY = zOrY();
    int at = zOrYAt() + column;
    float[] dy = workspace.gradients();
    int dyAt = workspace.outputsAt(layer) + column;
    for (int r = row; r < row + m; r++) {
      kernels.now().activationGradient(activation, n, zOrY, at + r * stride, dy, dyAt + r * stride);
    }
  }

  private float[] zOrY() {
    return fromSums ? workspace.sums(layer) : workspace.outputs();
  }

  private int zOrYAt() {
    return fromSums ? workspace.sumsAt(layer) : workspace.outputsAt(layer);
  }
}
