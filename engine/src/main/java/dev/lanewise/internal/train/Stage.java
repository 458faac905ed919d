package dev.lanewise.internal.train;

import dev.lanewise.internal.parallel.Workers;
import dev.lanewise.internal.warmup.Dispatch;
import dev.lanewise.model.Layer;
import dev.lanewise.model.Layer.BatchNorm;
import dev.lanewise.model.Layer.Dense;
import dev.lanewise.model.Layer.Dropout;
import dev.lanewise.model.Layer.LayerNorm;
import dev.lanewise.model.Layer.Normalization;
import dev.lanewise.model.Layer.Residual;

/**
 * One layer at work on the rows of a workspace: {@link #forward} and, beside it in the same file,
 * {@link #backward}. There is one class for each kind of layer, and two more for dense layers: with
 * one output, and with inputs that are given sparsely.
 *
 * <p>A stage may keep on the way forward what it needs on the way back. What lies beside the
 * numbers that count is written as zeros. For use by one thread at a time.
 */
abstract sealed class Stage
    permits DenseStage,
        DotStage,
        SparseDenseStage,
        LayerNormStage,
        BatchNormStage,
        DropoutStage,
        ResidualStage,
        NormalizationStage {
  final int layer;
  final Workspace workspace;
  final LayerActivation activation;

  /** How far rows of inputs lie apart. */
  final int inputStride;

  /** How far rows of sums and outputs lie apart. */
  final int stride;

  Stage(int layer, Parameters parameters, Dispatch kernels, Workspace workspace) {
    Layout layout = parameters.layout();
    this.layer = layer;
    this.workspace = workspace;
    this.activation = new LayerActivation(layer, layout, kernels, workspace);
    this.inputStride = layout.inputStride(layer);
    this.stride = layout.outputStride(layer);
  }

  /**
   * Takes rows forward, from the layer's inputs to its outputs.
   *
   * @param training whether to do as in training, not as in a prediction
   */
  abstract void forward(boolean training);

  /**
   * Takes the gradient of the sums back to the inputs, and lets the layer learn from it.
   *
   * @param updater what changes parameters
   * @param inputGradient whether the gradient of the inputs is wanted
   */
  abstract void backward(Updater updater, boolean inputGradient);

  /**
   * Tells whether {@link #backward} goes on from the inputs to the sums that an activation made
   * them of.
   */
  boolean goesBackToSums() {
    return false;
  }

  /**
   * Makes the stage of a layer, for inputs that are not given sparsely.
   *
   * @param before the activation that makes the inputs; null if its derivative is not taken here
   */
  static Stage of(
      int l,
      Parameters parameters,
      Dispatch kernels,
      Workspace desk,
      Workers workers,
      LayerActivation before) {
    Layer layer = parameters.layout().layer(l);
    return switch (layer) {
      case Dense dense when dense.out() == 1 ->
          new DotStage(l, parameters, kernels, desk, workers, before);
      case Dense _ -> new DenseStage(l, parameters, kernels, desk, workers, before);
      case LayerNorm norm -> new LayerNormStage(l, norm, parameters, kernels, desk);
      case BatchNorm norm -> new BatchNormStage(l, norm, parameters, kernels, desk);
      case Dropout dropout -> new DropoutStage(l, dropout, parameters, kernels, desk);
      case Residual residual -> new ResidualStage(l, residual, parameters, kernels, desk);
      case Normalization _ -> new NormalizationStage(l, parameters, kernels, desk);
    };
  }
}
