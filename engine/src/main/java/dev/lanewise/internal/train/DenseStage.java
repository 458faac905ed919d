package dev.lanewise.internal.train;

import dev.lanewise.internal.parallel.Task;
import dev.lanewise.internal.parallel.Workers;
import dev.lanewise.internal.tuning.Sizes;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Layer;
import java.util.Arrays;

/**
 * A dense layer.
 *
 * <p>Forward, a layer with one output is a dot product; any other is a sum over the inputs in their
 * order. So a row's outputs do not depend on the rows beside it, nor on the number of threads,
 * which share out rows, or where there are more of them columns, so that each reads only its part
 * of the weights.
 *
 * <p>Backward, threads share out a layer's inputs: each needs only its own rows of the weights,
 * first as they were for the input gradient, then to update them. It goes on to the sums that an
 * activation made the inputs of, while it has their gradients, unless these are not complete. With
 * several rows {@code dw} and {@code db} are sums over the rows in their order. Where the update is
 * {@code w = fma(-rate, dw, w)} and there is one row, it is {@code ger}. A layer with one output
 * sums over rows in any case, one row among them.
 */
final class DenseStage extends Stage {
  private final Kernels kernels;
  private final Workers workers;
  private final Task forwardPart = this::forwardPart;
  private final Task backwardPart = this::backwardPart;
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
  private final boolean inParts;

  private Updater updater;
  private boolean inputGradient;

  /** Makes a stage; {@code before} is null if the way back ends at the inputs. */
  DenseStage(
      int l,
      Parameters parameters,
      Kernels kernels,
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
    this.inParts = inputWidth / workers.threads() >= Sizes.ACTIVATED_AT_ONCE;
  }

  @Override
  boolean goesBackToSums() {
    return before != null;
  }

  @Override
  void forward(boolean training) {
    workers.run(forwardPart, operations());
    activation.softmax();
  }

  /** Both ways alike: with one of them shared, the weights would move between cores. */
  private long operations() {
    return workspace.rows() == 1 ? 0 : 2L * workspace.rows() * in * out;
  }

  private void forwardPart(int part, int parts, int thread) {
    int rows = workspace.rows();
    boolean byColumns = width > 1 && rows < width;
    int shared = byColumns ? width : rows;
    int from = Workers.boundary(shared, part, parts);
    int count = Workers.boundary(shared, part + 1, parts) - from;
    if (count == 0) {
      return;
    }
    int row = byColumns ? 0 : from;
    int m = byColumns ? rows : count;
    int column = byColumns ? from : 0;
    int n = byColumns ? count : width;
    float[] x = workspace.inputs(layer);
    int xAt = workspace.inputsAt(layer) + row * inputStride;
    float[] z = workspace.sums(layer);
    int zAt = workspace.sumsAt(layer) + row * stride + column;
    if (out == 1) {
      float start = bias.single();
      for (int r = 0; r < m; r++) {
        z[zAt + r] = kernels.dot(in, x, xAt + r * inputStride, w, wAt) + start;
      }
    } else {
      bias.forward(m, column, n, z, zAt);
      // Not where a thread's part is one row: gemv leaves out zeros, which infinite weights would
      // show.
      if (rows == 1) {
        kernels.gemv(in, n, x, xAt, w, wAt + column, ldw, z, zAt);
      } else {
        kernels.gemm(
            m,
            in,
            n,
            x,
            xAt,
            inputStride,
            w,
            wAt + column,
            ldw,
            z,
            zAt,
            stride,
            workspace.work(),
            workspace.workAt(thread));
      }
    }
    if (n == width) {
      activation.forward(row * stride, m * stride);
    } else {
      for (int r = 0; r < m; r++) {
        activation.forward(r * stride + column, n);
      }
    }
  }

  @Override
  void backward(Updater newUpdater, boolean newInputGradient) {
    updater = newUpdater;
    inputGradient = newInputGradient;
    workers.run(backwardPart, operations());
    if (inputGradient && before != null && !inParts) {
      before.backward();
    }
  }

  private void backwardPart(int part, int parts, int thread) {
    boolean learns = updater.learns(layer);
    int workAt = workspace.workAt(thread);
    if (learns) {
      int column = Workers.boundary(width, part, parts);
      bias.backward(updater, column, Workers.boundary(width, part + 1, parts) - column, workAt);
    }
    int from = Workers.boundary(inputWidth, part, parts);
    int to = Workers.boundary(inputWidth, part + 1, parts);
    int end = Math.min(to, in);
    if (from >= end) {
      return;
    }
    if (out == 1) {
      backwardOfDot(from, end, to, learns);
    } else if (workspace.rows() == 1) {
      backwardOfRow(from, end, to, learns);
    } else {
      if (inputGradient) {
        float[] dz = workspace.gradients();
        int dzAt = workspace.outputsAt(layer);
        int dxAt = workspace.outputsAt(layer - 1) + from;
        kernels.gemmNT(
            workspace.rows(),
            to - from,
            width,
            dz,
            dzAt,
            stride,
            w,
            wAt + from * ldw,
            ldw,
            dz,
            dxAt,
            inputStride,
            workspace.work(),
            workAt);
      }
      if (learns) {
        learnFromRows(from, end, workAt);
      }
    }
    if (inputGradient && before != null && inParts) {
      before.backward(from, to - from);
    }
  }

  private void learnFromRows(int from, int end, int workAt) {
    float[] work = workspace.work();
    int rows = workspace.rows();
    float[] x = workspace.inputs(layer);
    int xAt = workspace.inputsAt(layer);
    float[] dz = workspace.gradients();
    int dzAt = workspace.outputsAt(layer);
    int n;
    for (int i = from; i < end; i += n) {
      n = Math.min(updater.rowsAtOnce(layer), end - i);
      int at = wAt + i * ldw;
      float a = updater.factor(layer);
      float[] dw = updater.target(layer);
      updater.clear(layer, at, n * ldw);
      kernels.gemmTN(
          rows, n, width, a, x, xAt + i, inputStride, dz, dzAt, stride, dw, at, ldw, work, workAt);
      updater.update(layer, false, at, n * ldw);
    }
  }

  private void backwardOfDot(int from, int end, int to, boolean learns) {
    int rows = workspace.rows();
    float[] gradients = workspace.gradients();
    int dzAt = workspace.outputsAt(layer);
    int at = wAt + from;
    if (inputGradient) {
      int dxAt = workspace.outputsAt(layer - 1) + from;
      for (int r = 0; r < rows; r++) {
        Arrays.fill(gradients, dxAt + r * inputStride, dxAt + r * inputStride + to - from, 0);
      }
      kernels.ger(rows, to - from, 1, gradients, dzAt, w, at, gradients, dxAt, inputStride);
    }
    if (!learns) {
      return;
    }
    int n = end - from;
    if (updater.fused(layer)) {
      float[] dw = workspace.weightGradient();
      Arrays.fill(dw, from, end, 0);
      gradientOfDot(from, n, dw, from);
      kernels.axpy(n, updater.factor(layer), dw, from, w, at);
    } else {
      updater.clear(layer, at, n);
      gradientOfDot(from, n, updater.target(layer), at);
      updater.update(layer, false, at, n);
    }
  }

  private void gradientOfDot(int from, int n, float[] dw, int dwAt) {
    int rows = workspace.rows();
    float[] x = workspace.inputs(layer);
    int xAt = workspace.inputsAt(layer) + from;
    float[] dz = workspace.gradients();
    int dzAt = workspace.outputsAt(layer);
    if (rows == 1) {
      kernels.axpy(n, dz[dzAt], x, xAt, dw, dwAt);
    } else {
      kernels.gemv(rows, n, dz, dzAt, x, xAt, inputStride, dw, dwAt);
    }
  }

  private void backwardOfRow(int from, int end, int to, boolean learns) {
    int n = end - from;
    float[] x = workspace.inputs(layer);
    int xAt = workspace.inputsAt(layer) + from;
    float[] gradients = workspace.gradients();
    int dzAt = workspace.outputsAt(layer);
    int dxAt = inputGradient ? workspace.outputsAt(layer - 1) : 0;
    int at = wAt + from * ldw;
    if (inputGradient && learns && updater.fused(layer)) {
      float a = updater.factor(layer);
      // Inputs that a ReLU made zero have no gradient.
      kernels.gemvGer(
          n, width, a, x, xAt, gradients, dzAt, w, at, ldw, gradients, dxAt + from, afterRelu);
    } else {
      for (int i = from; inputGradient && i < end; i++) {
        gradients[dxAt + i] = kernels.dot(width, gradients, dzAt, w, wAt + i * ldw);
      }
      if (learns) {
        updater.clear(layer, at, n * ldw);
        kernels.ger(
            n,
            width,
            updater.factor(layer),
            x,
            xAt,
            gradients,
            dzAt,
            updater.target(layer),
            at,
            ldw);
        updater.update(layer, false, at, n * ldw);
      }
    }
    if (inputGradient) {
      Arrays.fill(gradients, dxAt + end, dxAt + to, 0);
    }
  }
}
