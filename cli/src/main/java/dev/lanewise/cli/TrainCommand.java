package dev.lanewise.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains networks. */
@Command(
    name = "train",
    customSynopsis = {
      "lanewise train FILE [OPTIONS]",
      "       lanewise train --images FILE --labels FILE [OPTIONS]",
      "       lanewise train [OPTIONS]"
    },
    description = {
      "Trains a network to predict a column of a table, or to classify images. Without files it"
          + " learns to tell two spirals apart.",
      "The inputs of a table are standardised by the network itself, and columns of texts become"
          + " one input for each text."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanewise train iris.csv",
      "  lanewise train houses.csv --target price --seeds 5",
      "  lanewise train --images t10k-images-idx3-ubyte.gz \\",
      "                 --labels t10k-labels-idx1-ubyte.gz",
      "  lanewise train --images train-images.gz --labels train-labels.gz \\",
      "                 --test-images test-images.gz --test-labels test-labels.gz \\",
      "                 --hidden 300,100 --threads 4 --json"
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private DataOptions data;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Draws the first weights, the order of samples, and a table's rows to test with."
              + " Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Train with so many seeds in a row, and tell how far the results differ. Default:"
              + " ${DEFAULT-VALUE}.")
  private int seeds;

  @Option(names = "--json", description = "End with one line of JSON.")
  private boolean json;

  @Option(
      names = "--quiet",
      description = "Show no progress, and with --json only the line of JSON.")
  private boolean quiet;

  @ArgGroup(validate = false, heading = "%nThe network:%n", order = 1)
  private NetworkOptions network = new NetworkOptions();

  @ArgGroup(validate = false, heading = "%nHow it learns:%n", order = 2)
  private LearningOptions learning = new LearningOptions();

  @ArgGroup(validate = false, heading = "%nHow long, and with what:%n", order = 3)
  private LoopOptions loop = new LoopOptions();

  @Override
  public Integer call() throws IOException {
    data.check();
    Checks.atLeast1("--seeds", seeds);
    network.check(data.kind());
    learning.check();
    loop.check(network);
    Samples samples = data.read();
    learning.check(samples.classification());
    Training training = new Training(samples, network, learning, loop);
    PrintWriter out = spec.commandLine().getOut();
    boolean text = !(json && quiet);
    if (seeds == 1) {
      Report report = training.run(seed, this::progress);
      print(out, text, report.text());
      print(out, json, report.json());
      return 0;
    }
    print(out, text, "data           " + samples.description());
    List<Report> reports = new ArrayList<>();
    for (int i = 0; i < seeds; i++) {
      reports.add(training.run(seed + i, this::progress));
      print(out, text, reports.get(i).line());
    }
    Summary summary = new Summary(reports);
    print(out, text, summary.text());
    print(out, json, summary.json());
    return 0;
  }

  private static void print(PrintWriter out, boolean wanted, String line) {
    if (wanted) {
      out.println(line);
      out.flush();
    }
  }

  private Progress progress(int epochs, int rows) {
    if (quiet) {
      return new Progress.None();
    }
    if (Progress.canDraw()) {
      return new Progress.Bar(System.err, epochs, rows);
    }
    // The lines of several seeds are progress enough for a file.
    return seeds > 1
        ? new Progress.None()
        : new Progress.Lines(spec.commandLine().getErr(), epochs);
  }
}
