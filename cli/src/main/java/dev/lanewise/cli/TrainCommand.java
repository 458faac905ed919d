package dev.lanewise.cli;

import dev.lanewise.Backend;
import dev.lanewise.Network;
import dev.lanewise.NetworkBuilder;
import dev.lanewise.Trainer;
import dev.lanewise.data.Batches;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Spirals;
import dev.lanewise.model.Activation;
import dev.lanewise.model.Init;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Sgd;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a network to classify. */
@Command(
    name = "train",
    description = {
      "Trains a network to classify: ReLU layers, softmax, cross-entropy, plain gradient descent.",
      "Without files it learns to tell two spirals apart."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanewise train",
      "  lanewise train --images t10k-images-idx3-ubyte.gz \\",
      "                 --labels t10k-labels-idx1-ubyte.gz",
      "  lanewise train --images train-images.gz --labels train-labels.gz \\",
      "                 --test-images test-images.gz --test-labels test-labels.gz \\",
      "                 --hidden 300,100 --threads 4 --json"
    })
final class TrainCommand implements Callable<Integer> {
  private static final int SPIRAL_ROWS = 2_000;
  private static final long SPIRAL_SEED = 0;
  private static final double TEST_FRACTION = 0.2;
  private static final int MOST_THREADS = 9_999;

  @Spec private CommandSpec spec;

  @Option(
      names = "--images",
      paramLabel = "FILE",
      description = "Images to train on: an IDX file as MNIST's, plain or gzip.")
  private Path images;

  @Option(names = "--labels", paramLabel = "FILE", description = "Their labels, from 0.")
  private Path labels;

  @Option(names = "--test-images", paramLabel = "FILE", description = "Images to test with.")
  private Path testImages;

  @Option(names = "--test-labels", paramLabel = "FILE", description = "Their labels.")
  private Path testLabels;

  @Option(
      names = "--test-fraction",
      paramLabel = "F",
      description =
          "Without files to test with, this part of the samples, the last ones, is kept for"
              + " testing. Default: 0.2.")
  private Double testFraction;

  @Option(
      names = "--hidden",
      paramLabel = "N",
      split = ",",
      description =
          "Nodes of each hidden layer, with commas between them. Default: 128; 32,32 for the"
              + " spirals.")
  private List<Integer> hidden;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "How often to see every sample. Default: 10; 100 for the spirals.")
  private Integer epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "32",
      description = "Samples for each update. Default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      defaultValue = "0.1",
      description = "Default: ${DEFAULT-VALUE}.")
  private float learningRate;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that share the work; the result stays the same. Default: 1.")
  private Integer threads;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Draws the first weights and the order of samples. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = "scalar, vector or auto; the result stays the same. Default: ${DEFAULT-VALUE}.")
  private String backend;

  @Option(names = "--json", description = "End with one line of JSON.")
  private boolean json;

  @Option(
      names = "--quiet",
      description = "Show no progress, and with --json only the line of JSON.")
  private boolean quiet;

  @Override
  public Integer call() throws IOException {
    checkOptions();
    boolean spirals = images == null;
    Dataset.Split data = spirals ? spirals() : files();
    int times = epochs != null ? epochs : spirals ? 100 : 10;
    Network network = network(data.train(), spirals ? List.of(32, 32) : List.of(128));
    PrintWriter out = spec.commandLine().getOut();
    try (Trainer trainer = trainer(network)) {
      Training training = new Training(network, trainer);
      double seconds;
      try (Progress progress = progress(times, data.train().rows())) {
        // Another seed than the weights have, so that they are not drawn from the same numbers.
        Batches batches = new Batches(data.train(), batch, ~seed);
        seconds = training.train(batches, times, progress);
      }
      Report report =
          new Report(
              spirals
                  ? "two spirals (give --images and --labels to train on your own)"
                  : images.toString(),
              data.train().rows(),
              training.score(data.test()),
              network,
              times,
              seconds,
              trainer.backendInfo());
      if (!(json && quiet)) {
        out.println(report.text());
      }
      if (json) {
        out.println(report.json());
      }
    }
    return 0;
  }

  private void checkOptions() {
    checkPair("--images", images, "--labels", labels);
    checkPair("--test-images", testImages, "--test-labels", testLabels);
    if (testImages != null && images == null) {
      throw new IllegalArgumentException("--test-images needs --images to train on");
    }
    if (testImages != null && testFraction != null) {
      throw new IllegalArgumentException("give --test-images or --test-fraction, not both");
    }
    if (testFraction != null && !(testFraction > 0 && testFraction < 1)) {
      throw new IllegalArgumentException(
          "--test-fraction must be above 0 and below 1, but was " + testFraction);
    }
    Checks.hidden(hidden == null ? List.of() : hidden);
    Checks.atLeast1("--epochs", epochs == null ? 1 : epochs);
    Checks.atLeast1("--batch", batch);
    if (threads != null && (threads < 1 || threads > MOST_THREADS)) {
      throw new IllegalArgumentException(
          "--threads must be 1 to " + MOST_THREADS + ", but was " + threads);
    }
    Checks.learningRate(learningRate);
  }

  private static void checkPair(String first, Path firstFile, String second, Path secondFile) {
    if ((firstFile == null) != (secondFile == null)) {
      throw new IllegalArgumentException(
          first
              + " and "
              + second
              + " go together, but only "
              + (firstFile == null ? second : first)
              + " was given");
    }
  }

  private Dataset.Split spirals() {
    return Spirals.draw(SPIRAL_ROWS, SPIRAL_SEED).split(fraction());
  }

  private double fraction() {
    return testFraction == null ? TEST_FRACTION : testFraction;
  }

  private Dataset.Split files() throws IOException {
    ImageFiles train = new ImageFiles(images, labels);
    Dataset all = train.read();
    return testImages == null
        ? all.split(fraction())
        : new Dataset.Split(all, new ImageFiles(testImages, testLabels).readLike(train, all));
  }

  private Network network(Dataset data, List<Integer> usualHidden) {
    NetworkBuilder builder = Network.builder(data.inputs());
    for (int nodes : hidden == null ? usualHidden : hidden) {
      builder.layer(nodes, Activation.RELU);
    }
    builder.layer(data.targets(), Activation.SOFTMAX).init(Init.HE, seed);
    switch (backend) {
      case "auto" -> {}
      case "scalar" -> builder.backend(Backend.SCALAR);
      case "vector" -> builder.backend(Backend.VECTOR);
      default ->
          throw new IllegalArgumentException(
              "--backend must be auto, scalar or vector, but was '" + backend + "'");
    }
    return builder.build();
  }

  private Trainer trainer(Network network) {
    Sgd sgd = new Sgd(learningRate);
    return threads == null
        ? new Trainer(network, Loss.SOFTMAX_CROSS_ENTROPY, sgd)
        : new Trainer(network, Loss.SOFTMAX_CROSS_ENTROPY, sgd, threads);
  }

  private Progress progress(int times, int rows) {
    if (quiet) {
      return new Progress.None();
    }
    return Progress.canDraw()
        ? new Progress.Bar(System.err, times, rows)
        : new Progress.Lines(spec.commandLine().getErr(), times);
  }
}
