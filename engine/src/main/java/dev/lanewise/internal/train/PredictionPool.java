package dev.lanewise.internal.train;

import dev.lanewise.internal.parallel.Workers;
import dev.lanewise.internal.tuning.Sizes;
import dev.lanewise.internal.warmup.Dispatch;
import dev.lanewise.kernel.SparseRows;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Predictions by any number of threads at once. Each borrows a forward pass, and one for each
 * processor is kept for the next: so nothing is allocated once as many exist as threads meet, and a
 * burst of more threads leaves no more memory in use than processors can work with.
 */
public final class PredictionPool {
  private static final int FEWEST = 3;

  private final Layout layout;
  private final int most;
  private final Dispatch kernels;
  private final Parameters parameters;
  private final Workers caller = new Workers("this network", 1);
  private final AtomicReferenceArray<ForwardPass> idle =
      new AtomicReferenceArray<>(Runtime.getRuntime().availableProcessors());

  /**
   * Makes predictions for a network.
   *
   * @param parameters its parameters, which are only read
   * @param kernels the kernels to run on
   */
  public PredictionPool(Parameters parameters, Dispatch kernels) {
    this.layout = parameters.layout();
    // What a pass keeps is not to grow with the network.
    int fit = layout.rowsWithin(Sizes.NUMBERS_AT_ONCE);
    this.most = Math.clamp(fit, FEWEST, Sizes.ROWS_AT_ONCE);
    this.kernels = kernels;
    this.parameters = parameters;
  }

  /** Predicts {@code rows} rows of checked operands. */
  public void run(int rows, float[] x, int xOffset, float[] y, int yOffset) {
    ForwardPass pass = borrow();
    Workspace workspace = pass.workspace();
    workspace.reserve(Math.min(rows, most));
    int n;
    for (int r = 0; r < rows; r += n) {
      n = chunk(rows - r);
      workspace.take(n, x, xOffset + r * layout.inputs());
      predict(pass);
      workspace.copyOutputs(y, yOffset + r * layout.outputs());
    }
    giveBack(pass);
  }

  /** Predicts the classes of {@code rows} rows of checked operands: the largest of the outputs. */
  public void classes(int rows, float[] x, int xOffset, int[] classes, int classesOffset) {
    ForwardPass pass = borrow();
    Workspace workspace = pass.workspace();
    workspace.reserve(Math.min(rows, most));
    int n;
    for (int r = 0; r < rows; r += n) {
      n = chunk(rows - r);
      workspace.take(n, x, xOffset + r * layout.inputs());
      predict(pass);
      for (int i = 0; i < n; i++) {
        classes[classesOffset + r + i] = workspace.largestOutput(i);
      }
    }
    giveBack(pass);
  }

  /** Predicts all rows of checked operands. */
  public void run(SparseRows x, float[] y, int yOffset) {
    ForwardPass pass = borrow();
    Workspace workspace = pass.workspace();
    workspace.reserve(Math.min(x.rows(), most));
    int n;
    for (int r = 0; r < x.rows(); r += n) {
      n = chunk(x.rows() - r);
      workspace.take(n, x, r, null);
      predict(pass);
      workspace.copyOutputs(y, yOffset + r * layout.outputs());
    }
    giveBack(pass);
  }

  private void predict(ForwardPass pass) {
    long began = kernels.begin();
    pass.predict(false);
    kernels.end(began, (double) layout.parameterCount() * pass.workspace().rows());
  }

  /** One row is never left alone: it would be treated as a prediction of one row is. */
  private int chunk(int left) {
    return left == most + 1 ? most - 1 : Math.min(most, left);
  }

  private ForwardPass borrow() {
    for (int i = 0; i < idle.length(); i++) {
      if (idle.get(i) != null) {
        ForwardPass pass = idle.getAndSet(i, null);
        if (pass != null) {
          return pass;
        }
      }
    }
    return new ForwardPass(
        parameters, kernels, Workspace.forPredictions(layout, kernels.last()), caller);
  }

  private void giveBack(ForwardPass pass) {
    pass.workspace().release();
    for (int i = 0; i < idle.length(); i++) {
      if (idle.get(i) == null && idle.compareAndSet(i, null, pass)) {
        return;
      }
    }
  }
}
