package dev.lanewise;

import dev.lanewise.internal.train.Layout;
import dev.lanewise.internal.train.Parameters;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Layer;
import dev.lanewise.model.Layer.BatchNorm;
import dev.lanewise.model.Layer.Dense;
import dev.lanewise.model.Layer.Dropout;
import dev.lanewise.model.Layer.LayerNorm;
import dev.lanewise.model.Layer.Normalization;
import dev.lanewise.model.Layer.Residual;
import java.util.ArrayList;
import java.util.List;

/** Makes a network for predictions only: without dropout, batch norms folded into the weights. */
final class InferenceNetwork {
  private final Parameters network;
  private final List<Layer> layers;

  /** Of each layer made, which old one has its parameters: its last one, where two were folded. */
  private final List<Integer> sources = new ArrayList<>();

  private InferenceNetwork(Parameters network) {
    this.network = network;
    this.layers = network.layout().layers();
  }

  /** Makes one, with rows padded to a multiple of {@code rowAlignment}. */
  static Parameters of(Parameters network, int rowAlignment) {
    InferenceNetwork made = new InferenceNetwork(network);
    List<Layer> folded = made.foldedLayers();
    return folded.isEmpty()
        ? network.copy()
        : made.foldedNumbers(new Parameters(new Layout(folded, rowAlignment)));
  }

  private List<Layer> foldedLayers() {
    List<Layer> folded = new ArrayList<>();
    int[] made = new int[layers.size()];
    for (int l = 0; l < layers.size(); l++) {
      if (isDropped(l)) {
        made[l] = folded.size() - 1;
      } else if (!foldsIntoNext(l)) {
        made[l] = folded.size();
        sources.add(l);
        folded.add(folded(l, made));
      }
    }
    return folded;
  }

  /**
   * Returns a layer that takes the place of an old one, and of the one before if that is folded.
   */
  private Layer folded(int l, int[] made) {
    return switch (layers.get(l)) {
      case BatchNorm norm when l > 0 && foldsIntoNext(l - 1) ->
          new Dense(layers.get(l - 1).in(), norm.width(), norm.activation(), true);
      case Residual residual ->
          new Residual(
              residual.width(),
              residual.from() < 0 ? -1 : made[residual.from()],
              residual.activation());
      case Dense _, LayerNorm _, BatchNorm _, Dropout _, Normalization _ -> layers.get(l);
    };
  }

  private Parameters foldedNumbers(Parameters to) {
    for (int l = 0; l < sources.size(); l++) {
      copyParameters(sources.get(l), to, l);
    }
    return to;
  }

  /** Dropout hands its inputs on, but a residual block needs a layer inside. */
  private boolean isDropped(int l) {
    return layers.get(l) instanceof Dropout
        && layers.stream()
            .noneMatch(later -> later instanceof Residual residual && residual.from() == l - 1);
  }

  private boolean foldsIntoNext(int l) {
    boolean norm = l + 1 < layers.size() && layers.get(l + 1) instanceof BatchNorm;
    boolean dense =
        layers.get(l) instanceof Dense layer && layer.activation().equals(Activation.IDENTITY);
    return norm
        && dense
        && layers.stream()
            .noneMatch(later -> later instanceof Residual residual && residual.from() == l);
  }

  private void copyParameters(int from, Parameters to, int l) {
    if (layers.get(from) instanceof BatchNorm norm && to.layout().layer(l) instanceof Dense) {
      fold(norm, from, to, l);
      return;
    }
    to.setWeights(l, network.weights(from));
    to.setBias(l, network.bias(from));
    to.setBuffers(l, network.buffers(from));
  }

  /** Computes in double precision, and rounds once. */
  private void fold(BatchNorm norm, int from, Parameters to, int l) {
    int out = norm.width();
    float[] weights = network.weights(from - 1);
    float[] bias = network.bias(from - 1);
    float[] gamma = network.weights(from);
    float[] beta = network.bias(from);
    float[] buffers = network.buffers(from);
    float[] newBias = new float[out];
    for (int j = 0; j < out; j++) {
      double scale = gamma[j] / Math.sqrt((double) buffers[out + j] + norm.epsilon());
      double old = bias.length == 0 ? 0 : bias[j];
      newBias[j] = (float) ((old - buffers[j]) * scale + beta[j]);
      for (int i = j; i < weights.length; i += out) {
        weights[i] = (float) (weights[i] * scale);
      }
    }
    to.setWeights(l, weights);
    to.setBias(l, newBias);
  }
}
