package dev.lanewise.cli.option;

import dev.lanewise.Backend;
import dev.lanewise.Network;
import dev.lanewise.NetworkBuilder;
import dev.lanewise.cli.data.Samples;
import dev.lanewise.cli.data.Schema;
import dev.lanewise.cli.text.Words;
import dev.lanewise.data.Scaling;
import dev.lanewise.model.Activation;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** Which layers the network has. */
public final class NetworkOptions {
  /** What hidden layers are normalised over. */
  private enum Norm {
    NONE,
    LAYER,
    BATCH;

    @Override
    public String toString() {
      return Words.of(this);
    }
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
      paramLabel = "ACTIVATION",
      description = "The activation of hidden layers: " + ActivationName.NAMES + ". Default: relu.")
  private ActivationName activation = ActivationName.RELU;

  @Option(
      names = "--norm",
      paramLabel = "NORM",
      description = "Normalises hidden layers: none, layer or batch. Default: none.")
  private Norm norm = Norm.NONE;

  @Option(
      names = "--dropout",
      paramLabel = "RATE",
      description = "The part of the hidden layers' outputs that training drops. Default: 0.")
  private float dropout;

  @Option(
      names = "--residual",
      description = "Skip connections around hidden layers as wide as the one before.")
  private boolean residual;

  public void check(Samples.Kind kind) {
    Checks.hidden(hidden(kind));
    Checks.fraction("--dropout", dropout);
    Checks.refuse(
        residual && !hasEqualNeighbours(hidden(kind)),
        "--residual needs two equal numbers in a row in --hidden, but it is " + hidden(kind));
  }

  private static boolean hasEqualNeighbours(List<Integer> nodes) {
    return IntStream.range(1, nodes.size()).anyMatch(i -> nodes.get(i).equals(nodes.get(i - 1)));
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

  /** Whether a batch of a single row can be trained on. */
  public boolean takesSingleRows() {
    return norm != Norm.BATCH;
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
    builder.initializer(activation.initializer(), seed);
    if (backend != null) {
      builder.backend(backend);
    }
    if (scaling != null) {
      builder.normalization(scaling);
    }
    int before = 0;
    for (int nodes : hidden(samples.kind())) {
      addHidden(builder, nodes, residual && nodes == before);
      before = nodes;
    }
    builder.dense(
        schema.targets(), samples.classification() ? Activation.SOFTMAX : Activation.IDENTITY);
    return builder.build();
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
