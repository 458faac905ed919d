package dev.lanewise;

import dev.lanewise.model.Activation;
import dev.lanewise.model.BatchNorm;
import dev.lanewise.model.Dense;
import dev.lanewise.model.Dropout;
import dev.lanewise.model.Layer;
import dev.lanewise.model.Residual;
import java.util.ArrayList;
import java.util.List;

/** Makes a network for predictions only: without dropout, batch norms folded into the weights. */
final class InferenceNetwork {
  private final Network network;
  private final List<Layer> layers;

  /** Of each layer made, which old one has its parameters: its last one, where two were folded. */
  private final List<Integer> sources = new ArrayList<>();

  private InferenceNetwork(Network network) {
    this.network = network;
    this.layers = network.layers();
  }

  static Network of(Network network) {
    return new InferenceNetwork(network).make();
  }

  private Network make() {
    NetworkBuilder builder = Network.builder(network.inputs()).backend(network.backend());
    int[] made = new int[layers.size()];
    int count = 0;
    for (int l = 0; l < layers.size(); l++) {
      Layer layer = layers.get(l);
      if (isDropped(l)) {
        made[l] = count - 1;
        continue;
      }
      if (foldsIntoNext(l)) {
        continue;
      }
      if (layer instanceof BatchNorm norm && l > 0 && foldsIntoNext(l - 1)) {
        builder.layer(new Dense(layers.get(l - 1).in(), norm.width(), norm.activation(), true));
      } else if (layer instanceof Residual residual) {
        int from = residual.from() < 0 ? -1 : made[residual.from()];
        builder.layer(new Residual(residual.width(), from, residual.activation()));
      } else {
        builder.layer(layer);
      }
      sources.add(l);
      made[l] = count++;
    }
    if (count == 0) {
      return network.copy();
    }
    Network folded = builder.build();
    for (int l = 0; l < sources.size(); l++) {
      copyParameters(sources.get(l), folded, l);
    }
    return folded;
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

  private void copyParameters(int from, Network to, int l) {
    if (layers.get(from) instanceof BatchNorm norm && to.layers().get(l) instanceof Dense) {
      fold(norm, from, to, l);
      return;
    }
    to.setWeights(l, network.weights(from));
    to.setBias(l, network.bias(from));
    to.setBuffers(l, network.buffers(from));
  }

  /** Computes in double precision, and rounds once. */
  private void fold(BatchNorm norm, int from, Network to, int l) {
    int out = norm.width();
    float[] weights = network.weights(from - 1);
    float[] bias = network.bias(from - 1);
    float[] gamma = network.weights(from);
    float[] beta = network.bias(from);
    float[] statistics = network.buffers(from);
    float[] newBias = new float[out];
    for (int j = 0; j < out; j++) {
      double scale = gamma[j] / Math.sqrt((double) statistics[out + j] + norm.epsilon());
      double old = bias.length == 0 ? 0 : bias[j];
      newBias[j] = (float) ((old - statistics[j]) * scale + beta[j]);
      for (int i = j; i < weights.length; i += out) {
        weights[i] = (float) (weights[i] * scale);
      }
    }
    to.setWeights(l, weights);
    to.setBias(l, newBias);
  }
}
