package dev.lanewise.internal.train;

import dev.lanewise.internal.parallel.Grid;
import dev.lanewise.internal.parallel.Task;
import dev.lanewise.internal.parallel.Workers;
import dev.lanewise.internal.warmup.Dispatch;
import dev.lanewise.model.Layer;
import java.util.Arrays;

/**
 * A dense layer with one output: forward, the dot product of each row with the weights. Backward,
 * the gradient of the weights is a sum over the rows in any case, one row among them.
 *
 * <p>Threads share out rows forward and inputs backward.
 */
final class DotStage extends Stage {
  private final Dispatch kernels;
  private final Workers workers;
  private final Task forwardPart = this::forwardPart;
  private final Task backwardPart = this::backwardPart;
  private final Grid outputs = new Grid();
  private final Grid inputs = new Grid();
  private final Bias bias;
  private final int in;
  private final int inputWidth;
  private final float[] w;
  private final int wAt;
  private final LayerActivation before;

  private Updater updater;
  private boolean inputGradient;

  /** Makes a stage; {@code before} is null if the way back ends at the inputs. */
  DotStage(
      int l,
      Parameters parameters,
      Dispatch kernels,
      Workspace desk,
      Workers workers,
      LayerActivation before) {
    super(l, parameters, kernels, desk);
    Layout layout = parameters.layout();
    Layer shape = layout.layer(l);
    this.kernels = kernels;
    this.workers = workers;
    this.bias = new Bias(l, parameters, kernels, desk);
    this.in = shape.in();
    this.inputWidth = layout.inputWidth(l);
    this.w = parameters.block();
    this.wAt = layout.weights(l);
    this.before = before;
  }

  @Override
  boolean goesBackToSums() {
    return before != null;
  }

  @Override
  void forward(boolean training) {
    outputs.cut(workspace.rows(), 1, workers.parts(operations()));
    workers.run(forwardPart, operations());
    activation.softmax();
  }

  private long operations() {
    return workspace.rows() == 1 ? 0 : 2L * workspace.rows() * in;
  }

  private void forwardPart(int part, int parts, int thread) {
    int row = outputs.firstRow(part);
    int m = outputs.endRow(part) - row;
    if (m == 0 || outputs.firstColumn(part) == outputs.endColumn(part)) {
      return;
    }
    float[] x = workspace.inputs(layer);
    int xAt = workspace.inputsAt(layer) + row * inputStride;
    float[] z = workspace.sums(layer);
    int zAt = workspace.sumsAt(layer) + row;
    float start = bias.single();
    for (int r = 0; r < m; r++) {
      z[zAt + r] = kernels.now().dot(in, x, xAt + r * inputStride, w, wAt) + start;
    }
    activation.forward(row, m, 0, 1);
  }

  @Override
  void backward(Updater newUpdater, boolean newInputGradient) {
    updater = newUpdater;
    inputGradient = newInputGradient;
    inputs.cut(1, inputWidth, workers.parts(operations()));
    workers.run(backwardPart, operations());
  }

  private void backwardPart(int part, int parts, int thread) {
    boolean learns = updater.learns(layer);
    if (learns && part == 0) {
      bias.backward(updater, 0, 1, workspace.workAt(thread));
    }
    int from = inputs.firstColumn(part);
    int to = inputs.endColumn(part);
    if (from == to) {
      return;
    }
    if (inputGradient) {
      inputGradient(from, to - from);
    }
    if (learns) {
      learn(from, Math.min(to, in) - from);
    }
    if (inputGradient && before != null) {
      before.backward(0, workspace.rows(), from, to - from);
    }
  }

  private void inputGradient(int from, int n) {
    int rows = workspace.rows();
    float[] gradients = workspace.gradients();
    int dzAt = workspace.outputsAt(layer);
    int dxAt = workspace.outputsAt(layer - 1) + from;
    for (int r = 0; r < rows; r++) {
      Arrays.fill(gradients, dxAt + r * inputStride, dxAt + r * inputStride + n, 0);
    }
    kernels.now().ger(rows, n, 1, gradients, dzAt, w, wAt + from, gradients, dxAt, inputStride);
  }

  private void learn(int from, int n) {
    int at = wAt + from;
    if (updater.fused(layer)) {
      float[] dw = workspace.weightGradient();
      Arrays.fill(dw, from, from + n, 0);
      weightGradient(from, n, dw, from);
      kernels.now().axpy(n, updater.factor(layer), dw, from, w, at);
    } else {
      updater.clear(layer, at, n);
      weightGradient(from, n, updater.target(layer), at);
      updater.update(layer, false, at, n);
    }
  }

  private void weightGradient(int from, int n, float[] dw, int dwAt) {
    int rows = workspace.rows();
    float[] x = workspace.inputs(layer);
    int xAt = workspace.inputsAt(layer) + from;
    float[] dz = workspace.gradients();
    int dzAt = workspace.outputsAt(layer);
    if (rows == 1) {
      kernels.now().axpy(n, dz[dzAt], x, xAt, dw, dwAt);
    } else {
      kernels.now().gemv(rows, n, dz, dzAt, x, xAt, inputStride, dw, dwAt);
    }
  }
}
