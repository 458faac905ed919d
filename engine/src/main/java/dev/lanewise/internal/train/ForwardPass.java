package dev.lanewise.internal.train;

import dev.lanewise.internal.parallel.Workers;
import dev.lanewise.internal.warmup.Dispatch;
import dev.lanewise.model.Layer.Dense;
import dev.lanewise.model.Layer.Residual;

/**
 * The first of the two loops: takes the rows of a workspace forward through all layers, as training
 * or as a prediction does. For use by one thread at a time.
 */
final class ForwardPass {
  private final Workspace workspace;
  private final Stage[] stages;

  /** Stands in for the first stage where rows are given sparsely; null if that layer cannot. */
  private final SparseDenseStage sparseFirst;

  ForwardPass(Parameters parameters, Dispatch kernels, Workspace workspace, Workers workers) {
    Layout layout = parameters.layout();
    this.workspace = workspace;
    this.stages = new Stage[layout.size()];
    for (int l = 0; l < stages.length; l++) {
      LayerActivation before = l == 0 ? null : stages[l - 1].activation;
      boolean alone = l > 0 && before.elementwise() && !isAddedLater(layout, l - 1);
      stages[l] = Stage.of(l, parameters, kernels, workspace, workers, alone ? before : null);
    }
    this.sparseFirst =
        layout.layer(0) instanceof Dense
            ? new SparseDenseStage(parameters, kernels, workspace, workers)
            : null;
  }

  /** Tells whether a layer's outputs have another gradient beside that of the layer after it. */
  private static boolean isAddedLater(Layout layout, int l) {
    return layout.layers().stream()
        .anyMatch(layer -> layer instanceof Residual residual && residual.from() == l);
  }

  /** Returns where the rows and all outputs are. */
  Workspace workspace() {
    return workspace;
  }

  /** Returns what works at a layer. */
  Stage stage(int l) {
    return l == 0 && workspace.sparse() != null ? sparseFirst : stages[l];
  }

  /**
   * Runs all layers as predictions have it.
   *
   * @param toLoss whether the last activation is left to the loss
   */
  void predict(boolean toLoss) {
    stage(stages.length - 1).activation.leaveToLoss(toLoss);
    for (int l = 0; l < stages.length; l++) {
      stage(l).forward(false);
    }
  }

  /**
   * Runs all layers as training does, so that a way back can follow.
   *
   * @param updater says which layers learn, and what training draws
   * @param toLoss whether the last activation is left to the loss
   */
  void train(Updater updater, boolean toLoss) {
    workspace.draw(updater.seed(), updater.passes());
    stage(stages.length - 1).activation.leaveToLoss(toLoss);
    for (int l = 0; l < stages.length; l++) {
      stage(l).forward(!updater.frozen(l));
    }
  }
}
