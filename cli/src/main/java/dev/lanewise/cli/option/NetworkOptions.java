package dev.lanewise.cli.option;

import dev.lanewise.Backend;
import dev.lanewise.Network;
import dev.lanewise.NetworkBuilder;
import dev.lanewise.cli.data.Samples;
import dev.lanewise.cli.data.Schema;
import dev.lanewise.cli.model.OutputScaling;
import dev.lanewise.data.Scaling;
import dev.lanewise.model.Activation;
import java.util.List;
import picocli.CommandLine.Option;

/** Which layers the network has. */
public final class NetworkOptions {
  /** What hidden layers are normalised over. */
  enum Norm {
    NONE,
    LAYER,
    BATCH
  }

  @Option(
      names = "--hidden",
      paramLabel = "N",
      split = ",",
      description =
          "Nodes of each hidden layer, with commas between them. Default: 64,64 for a table, 128"
              + " for images, 32,32 for the spirals.")
  private List<Integer> hidden;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description = "Of the hidden layers: " + ActivationName.NAMES + ". Default: relu.")
  private String activation;

  @Option(
      names = "--norm",
      paramLabel = "NAME",
      description = "Normalises hidden layers: none, layer or batch. Default: none.")
  private String norm;

  @Option(
      names = "--dropout",
      paramLabel = "RATE",
      description = "Which part of the hidden layers' outputs training drops. Default: 0.")
  private float dropout;

  @Option(
      names = "--residual",
      description = "Skip connections around hidden layers as wide as the one before.")
  private boolean residual;

  public void check(Samples.Kind kind) {
    Checks.hidden(hidden(kind));
    activation();
    norm();
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException(
          "--dropout must be at least 0 and below 1, but was " + dropout);
    }
    if (residual && skips(hidden(kind)) == 0) {
      throw new IllegalArgumentException(
          "--residual needs two equal numbers in a row in --hidden, but it is " + hidden(kind));
    }
  }

  private static int skips(List<Integer> nodes) {
    int skips = 0;
    for (int i = 1; i < nodes.size(); i++) {
      skips += nodes.get(i).equals(nodes.get(i - 1)) ? 1 : 0;
    }
    return skips;
  }

  private List<Integer> hidden(Samples.Kind kind) {
    if (hidden != null) {
      return hidden;
    }
    return switch (kind) {
      case SPIRALS -> List.of(32, 32);
      case IMAGES -> List.of(128);
      case TABLE -> List.of(64, 64);
    };
  }

  private ActivationName activation() {
    return activation == null
        ? ActivationName.RELU
        : Checks.oneOf("--activation", activation, ActivationName.class);
  }

  private Norm norm() {
    return norm == null ? Norm.NONE : Checks.oneOf("--norm", norm, Norm.class);
  }

  /** Whether a batch of a single row can be trained on. */
  public boolean takesSingleRows() {
    return norm() != Norm.BATCH;
  }

  /**
   * Makes a network.
   *
   * @param samples what it is for
   * @param schema what it knows of the columns
   * @param scaling what its inputs are scaled by; null for nothing
   * @param backend what computes; null for the preferred one
   */
  public Network network(
      Samples samples, Schema schema, Scaling scaling, long seed, Backend backend) {
    NetworkBuilder builder = Network.builder(schema.inputs());
    builder.initializer(activation().init(), seed);
    if (backend != null) {
      builder.backend(backend);
    }
    if (scaling != null) {
      builder.normalization();
    }
    int before = 0;
    for (int nodes : hidden(samples.kind())) {
      addHidden(builder, nodes, residual && nodes == before);
      before = nodes;
    }
    builder.layer(
        schema.targets(), samples.classification() ? Activation.SOFTMAX : Activation.IDENTITY);
    Network network = builder.build();
    if (scaling != null) {
      network.setBuffers(0, OutputScaling.buffers(scaling.shift(), scaling.factor()));
    }
    return network;
  }

  private void addHidden(NetworkBuilder builder, int nodes, boolean skip) {
    Activation function = activation().activation();
    int layers = 1;
    if (norm() == Norm.NONE) {
      builder.layer(nodes, function);
    } else {
      // The bias of a layer before a normalisation would be taken off again, or do beta's work.
      builder.layer(nodes, Activation.IDENTITY, false);
      layers++;
      if (norm() == Norm.LAYER) {
        builder.layerNorm(function);
      } else {
        builder.batchNorm(function);
      }
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
