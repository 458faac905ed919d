package dev.lanewise.internal.train;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.BatchNorm;
import dev.lanewise.model.Dropout;
import dev.lanewise.model.Layer;
import dev.lanewise.model.LayerNorm;
import dev.lanewise.model.Normalization;
import dev.lanewise.model.Residual;

/**
 * What a layer other than a dense one does to rows, its activation left out. It may keep what it
 * found on the way forward for the way back. For use by one thread at a time.
 *
 * <p>Both backends run the same loops here, so the bits are the same. What lies beside the numbers
 * that count is written as zeros.
 */
interface Stage {
  /**
   * Takes rows forward, from the layer's inputs to its sums.
   *
   * @param pass where these are
   * @param training whether to do as in training, not as in a prediction
   */
  void forward(ForwardPass pass, boolean training);

  /**
   * Takes the gradients of the sums back to the inputs, and adds up those of the parameters.
   *
   * @param pass the pass that went forward
   * @param gradients where the gradients of all layers' outputs are
   * @param inputGradient whether those of the inputs are wanted
   * @param dw the gradients of the parameters, laid out like them, which are added to; null where
   *     the layer does not learn
   */
  void backward(ForwardPass pass, float[] gradients, boolean inputGradient, float[] dw);

  /** Takes over what training learns beside parameters, once the step is known to succeed. */
  default void commit() {}

  /** Makes the stage of a layer, or null for a dense one. */
  static Stage of(int l, Parameters parameters, Kernels kernels) {
    Layer layer = parameters.layout().layer(l);
    if (layer instanceof LayerNorm norm) {
      return new LayerNormStage(l, norm, parameters, kernels);
    }
    if (layer instanceof BatchNorm norm) {
      return new BatchNormStage(l, norm, parameters, kernels);
    }
    if (layer instanceof Dropout dropout) {
      return new DropoutStage(l, dropout, parameters.layout());
    }
    if (layer instanceof Residual residual) {
      return new ResidualStage(l, residual, parameters.layout(), kernels);
    }
    if (layer instanceof Normalization) {
      return new NormalizationStage(l, parameters);
    }
    return null;
  }
}
