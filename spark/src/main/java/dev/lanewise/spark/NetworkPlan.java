package dev.lanewise.spark;

import dev.lanewise.Network;
import dev.lanewise.NetworkBuilder;
import dev.lanewise.data.Scaling;
import dev.lanewise.model.Activation;
import java.util.stream.Stream;

/** Makes the network that parameters describe. */
final class NetworkPlan {
  /** What hidden layers are normalised over. */
  enum Norm {
    NONE,
    LAYER,
    BATCH
  }

  private final ActivationName activation;
  private final Norm norm;
  private final float dropout;
  private final boolean residual;
  private final int[] hidden;

  NetworkPlan(NetworkParams params) {
    this.activation = Parameter.constant(ActivationName.class, params.getActivation());
    this.norm = Parameter.constant(Norm.class, params.getNorm());
    this.dropout = (float) params.getDropout();
    this.residual = params.getResidual();
    this.hidden =
        Stream.of(params.getHiddenLayers().split(",", -1))
            .map(String::strip)
            .filter(nodes -> !nodes.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
  }

  /**
   * Returns a network with drawn weights.
   *
   * @param scaling of its inputs; null for none
   */
  Network network(int inputs, Scaling scaling, int outputs, Activation last, long seed) {
    NetworkBuilder builder = Network.builder(inputs).initializer(activation.initializer(), seed);
    if (scaling != null) {
      builder.normalization(scaling);
    }
    int before = 0;
    for (int nodes : hidden) {
      addHidden(builder, nodes, residual && nodes == before);
      before = nodes;
    }
    return builder.dense(outputs, last).build();
  }

  private void addHidden(NetworkBuilder builder, int nodes, boolean skip) {
    Activation function = activation.activation();
    int layers = norm == Norm.NONE ? 1 : 2;
    // The bias of a layer before a normalisation would be taken off again, or do beta's work.
    switch (norm) {
      case NONE -> builder.dense(nodes, function);
      case LAYER -> builder.dense(nodes, Activation.IDENTITY, false).layerNorm(function);
      case BATCH -> builder.dense(nodes, Activation.IDENTITY, false).batchNorm(function);
    }
    if (dropout > 0) {
      builder.dropout(dropout);
      layers++;
    }
    if (skip) {
      builder.residual(layers, Activation.IDENTITY);
    }
  }
}
