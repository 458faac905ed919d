package dev.lanewise.cli.option;

import dev.lanewise.Backend;
import dev.lanewise.Network;
import dev.lanewise.Trainer;
import dev.lanewise.cli.data.Samples;
import dev.lanewise.model.TrainingOptions;
import picocli.CommandLine.Option;

/** How long to train, and with what. */
public final class LoopOptions {
  private static final int MOST_THREADS = 9_999;

  private enum BackendName {
    AUTO,
    SCALAR,
    VECTOR
  }

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "How often to see every sample. Default: 100 for a table, 10 for images, 100 for the"
              + " spirals.")
  private Integer epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Samples for each update. Default: 32.")
  private int batch = 32;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "Keep a fifth of the samples to train on for validation, stop after so many epochs"
              + " without a better loss there, and keep the best parameters.")
  private Integer patience;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that share the work; the result stays the same. Default: 1.")
  private Integer threads;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description = "scalar, vector or auto; the result stays the same. Default: auto.")
  private String backend = "auto";

  public void check(NetworkOptions network) {
    Checks.atLeast1("--epochs", epochs == null ? 1 : epochs);
    Checks.atLeast1("--batch", batch);
    Checks.atLeast1("--patience", patience == null ? 1 : patience);
    if (threads != null && (threads < 1 || threads > MOST_THREADS)) {
      throw new IllegalArgumentException(
          "--threads must be 1 to " + MOST_THREADS + ", but was " + threads);
    }
    if (batch == 1 && !network.takesSingleRows()) {
      throw new IllegalArgumentException("--norm batch needs a --batch of at least 2, but was 1");
    }
    backend();
  }

  public int epochs(Samples.Kind kind) {
    if (epochs != null) {
      return epochs;
    }
    return switch (kind) {
      case SPIRALS, TABLE -> 100;
      case IMAGES -> 10;
    };
  }

  public int batch() {
    return batch;
  }

  /** Returns after how many epochs without improvement to stop; 0 for never. */
  public int patience() {
    return patience == null ? 0 : patience;
  }

  /** Returns what computes; null for the preferred one. */
  public Backend backend() {
    return backend(backend);
  }

  /** Returns the backend of a name; null for the preferred one. */
  public static Backend backend(String name) {
    return switch (Checks.oneOf("--backend", name, BackendName.class)) {
      case AUTO -> null;
      case SCALAR -> Backend.SCALAR;
      case VECTOR -> Backend.VECTOR;
    };
  }

  public Trainer trainer(Network network, TrainingOptions options) {
    return threads == null ? new Trainer(network, options) : new Trainer(network, options, threads);
  }
}
