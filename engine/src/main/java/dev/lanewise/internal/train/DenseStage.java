package dev.lanewise.internal.train;

import dev.lanewise.internal.parallel.Grid;
import dev.lanewise.internal.parallel.Task;
import dev.lanewise.internal.parallel.Workers;
import dev.lanewise.internal.warmup.Dispatch;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Layer;
import java.util.Arrays;

/**
 * A dense layer with several outputs.
 *
 * <p>Forward, an output is a sum over the inputs in their order. So a row's outputs do not depend
 * on the rows beside it, nor on the number of threads, among which a {@link Grid} shares them out.
 *
 * <p>Backward, threads first share out the gradients of the inputs, made with the weights as they
 * were; each goes on to the sums that an activation made its inputs of, while it has their
 * gradients, unless these are not complete. Then they share out the weights, whose gradients are
 * sums over the rows in their order. Where the update is {@code w = fma(-rate, dw, w)} and there is
 * one row, it is {@code ger}.
 */
final class DenseStage extends Stage {
  private final Dispatch kernels;
  private final Workers workers;
  private final Task forwardPart = this::forwardPart;
  private final Task inputGradientPart = this::inputGradientPart;
  private final Task learnPart = this::learnPart;
  private final Grid outputs = new Grid();
  private final Grid inputs = new Grid();
  private final Grid weights = new Grid();
  private final Grid biases = new Grid();
  private final Bias bias;
  private final int in;
  private final int out;
  private final int inputWidth;
  private final int width;
  private final float[] w;
  private final int wAt;
  private final int ldw;
  private final boolean afterRelu;
  private final LayerActivation before;

  private Updater updater;

  /** Makes a stage; {@code before} is null if the way back ends at the inputs. */
  DenseStage(
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
    this.out = shape.out();
    this.inputWidth = layout.inputWidth(l);
    this.width = layout.width(l);
    this.w = parameters.block();
    this.wAt = layout.weights(l);
    this.ldw = layout.weightStride(l);
    this.afterRelu = l > 0 && layout.layer(l - 1).activation().kind() == Activation.Kind.RELU;
    this.before = before;
  }

  @Override
  boolean goesBackToSums() {
    return before != null;
  }

  @Override
  void forward(boolean training) {
    outputs.cut(workspace.rows(), width, workers.parts(operations()));
    workers.run(forwardPart, operations());
    activation.softmax();
  }

  /** All ways alike: with one of them shared, the weights would move between cores. */
  private long operations() {
    return workspace.rows() == 1 ? 0 : 2L * workspace.rows() * in * out;
  }

  private void forwardPart(int part, int parts, int thread) {
    int row = outputs.firstRow(part);
    int m = outputs.endRow(part) - row;
    int column = outputs.firstColumn(part);
    int n = outputs.endColumn(part) - column;
    if (m == 0 || n == 0) {
      return;
    }
    float[] x = workspace.inputs(layer);
    int xAt = workspace.inputsAt(layer) + row * inputStride;
    float[] z = workspace.sums(layer);
    int zAt = workspace.sumsAt(layer) + row * stride + column;
    bias.forward(m, column, n, z, zAt);
    // Not where a thread's part is one row: gemv leaves out zeros, which infinite weights would
    // show.
    if (workspace.rows() == 1) {
      kernels.now().gemv(in, n, x, xAt, w, wAt + column, ldw, z, zAt);
    } else {
      float[] work = workspace.work();
      int workAt = workspace.workAt(thread);
      int at = wAt + column;
      kernels.now().gemm(m, in, n, x, xAt, inputStride, w, at, ldw, z, zAt, stride, work, workAt);
    }
    activation.forward(row, m, column, n);
  }

  @Override
  void backward(Updater newUpdater, boolean inputGradient) {
    updater = newUpdater;
    boolean learns = updater.learns(layer);
    if (workspace.rows() == 1) {
      backwardOfRow(inputGradient, learns);
      return;
    }
    int parts = workers.parts(operations());
    if (inputGradient) {
      inputs.cut(workspace.rows(), inputWidth, parts);
      workers.run(inputGradientPart, operations());
    }
    if (learns) {
      weights.cut(in, width, parts);
      biases.cut(1, width, parts);
      workers.run(learnPart, operations());
    }
  }

  private void inputGradientPart(int part, int parts, int thread) {
    int row = inputs.firstRow(part);
    int m = inputs.endRow(part) - row;
    int column = inputs.firstColumn(part);
    int n = inputs.endColumn(part) - column;
    if (m == 0 || n == 0) {
      return;
    }
    float[] dz = workspace.gradients();
    int dzAt = workspace.outputsAt(layer) + row * stride;
    int dxAt = workspace.outputsAt(layer - 1) + row * inputStride + column;
    float[] work = workspace.work();
    int workAt = workspace.workAt(thread);
    int at = wAt + column * ldw;
    kernels
        .now()
        .gemmNT(m, n, width, dz, dzAt, stride, w, at, ldw, dz, dxAt, inputStride, work, workAt);
    if (before != null) {
      before.backward(row, m, column, n);
    }
  }

  private void learnPart(int part, int parts, int thread) {
    int workAt = workspace.workAt(thread);
    int first = biases.firstColumn(part);
    bias.backward(updater, first, biases.endColumn(part) - first, workAt);
    int end = weights.endRow(part);
    int column = weights.firstColumn(part);
    int n = weights.endColumn(part) - column;
    int m;
    for (int i = weights.firstRow(part); i < end && n > 0; i += m) {
      m = Math.min(updater.rowsAtOnce(layer), end - i);
      learn(i, m, column, n, workAt);
    }
  }

  /** Learns weights {@code [column, column + n)} of {@code m} rows from several rows of a batch. */
  private void learn(int i, int m, int column, int n, int workAt) {
    float[] x = workspace.inputs(layer);
    int xAt = workspace.inputsAt(layer) + i;
    float[] dz = workspace.gradients();
    int dzAt = workspace.outputsAt(layer) + column;
    float[] dw = updater.target(layer);
    int at = wAt + i * ldw + column;
    // Whole rows of weights lie one behind the other.
    int runs = n == width ? 1 : m;
    int length = n == width ? m * ldw : n;
    for (int r = 0; r < runs; r++) {
      updater.clear(layer, at + r * ldw, length);
    }
    kernels
        .now()
        .gemmTN(
            workspace.rows(),
            m,
            n,
            updater.factor(layer),
            x,
            xAt,
            inputStride,
            dz,
            dzAt,
            stride,
            dw,
            at,
            ldw,
            workspace.work(),
            workAt);
    for (int r = 0; r < runs; r++) {
      updater.update(layer, false, at + r * ldw, length);
    }
  }

  private void backwardOfRow(boolean inputGradient, boolean learns) {
    float[] x = workspace.inputs(layer);
    int xAt = workspace.inputsAt(layer);
    float[] gradients = workspace.gradients();
    int dzAt = workspace.outputsAt(layer);
    int dxAt = inputGradient ? workspace.outputsAt(layer - 1) : 0;
    float a = updater.factor(layer);
    if (learns) {
      bias.backward(updater, 0, width, workspace.workAt(0));
    }
    if (inputGradient && learns && updater.fused(layer)) {
      // Inputs that a ReLU made zero have no gradient.
      kernels
          .now()
          .gemvGer(in, width, a, x, xAt, gradients, dzAt, w, wAt, ldw, gradients, dxAt, afterRelu);
    } else {
      for (int i = 0; inputGradient && i < in; i++) {
        gradients[dxAt + i] = kernels.now().dot(width, gradients, dzAt, w, wAt + i * ldw);
      }
      if (learns) {
        float[] dw = updater.target(layer);
        updater.clear(layer, wAt, in * ldw);
        kernels.now().ger(in, width, a, x, xAt, gradients, dzAt, dw, wAt, ldw);
        updater.update(layer, false, wAt, in * ldw);
      }
    }
    if (inputGradient) {
      Arrays.fill(gradients, dxAt + in, dxAt + inputWidth, 0);
      if (before != null) {
        before.backward();
      }
    }
  }
}
