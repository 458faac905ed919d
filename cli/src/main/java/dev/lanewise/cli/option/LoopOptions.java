package dev.lanewise.cli.option;

import dev.lanewise.Backend;
import dev.lanewise.BackendInfo;
import dev.lanewise.Network;
import dev.lanewise.Trainer;
import dev.lanewise.cli.data.Samples;
import dev.lanewise.cli.text.Words;
import dev.lanewise.model.TrainingOptions;
import picocli.CommandLine.Option;

/** How long to train, and with what. */
public final class LoopOptions {
  private static final int MOST_THREADS = 9_999;

  /** What computes. */
  enum BackendName {
    AUTO,
    SCALAR,
    VECTOR;

    /** Returns the backend; null for the preferred one. A command may end within seconds. */
    Backend backend() {
      return switch (this) {
        case AUTO -> {
          BackendInfo preferred = BackendInfo.current();
          boolean asked = preferred.properties().containsKey("lanewise.backend");
          yield preferred.backend() == Backend.VECTOR && !asked ? Backend.AUTO : null;
        }
        case SCALAR -> Backend.SCALAR;
        case VECTOR -> Backend.VECTOR;
      };
    }

    @Override
    public String toString() {
      return Words.of(this);
    }
  }

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description =
          "How many times to go through the samples. Default: 100 for a table, 10 for images, 100"
              + " for the spirals.")
  private Integer epochs;

  @Option(names = "--batch", paramLabel = "N", description = "Samples in a batch. Default: 32.")
  private int batch = 32;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "Keep a fifth of the samples to train on for validation, stop after this many epochs"
              + " without a better loss there, and keep the best parameters.")
  private Integer patience;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that share the work; the result stays the same. Default: 1.")
  private Integer threads;

  @Option(
      names = "--backend",
      paramLabel = "BACKEND",
      description = "scalar, vector or auto; the result stays the same. Default: auto.")
  private BackendName backend = BackendName.AUTO;

  public void check(NetworkOptions network) {
    Checks.atLeast(1, "--epochs", epochs);
    Checks.atLeast(1, "--batch", batch);
    Checks.atLeast(1, "--patience", patience);
    Checks.refuse(
        threads != null && (threads < 1 || threads > MOST_THREADS),
        "--threads must be 1 to " + MOST_THREADS + ", but was " + threads);
    Checks.refuse(
        batch == 1 && !network.takesSingleRows(),
        "--norm batch needs a --batch of at least 2, but was 1");
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
    return backend.backend();
  }

  public Trainer trainer(Network network, TrainingOptions options) {
    return threads == null ? new Trainer(network, options) : new Trainer(network, options, threads);
  }
}
