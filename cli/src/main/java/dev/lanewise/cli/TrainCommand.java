package dev.lanewise.cli;

import dev.lanewise.cli.data.Samples;
import dev.lanewise.cli.model.ResumedRun;
import dev.lanewise.cli.option.Checks;
import dev.lanewise.cli.option.DataOptions;
import dev.lanewise.cli.option.LearningOptions;
import dev.lanewise.cli.option.LoopOptions;
import dev.lanewise.cli.option.NetworkOptions;
import dev.lanewise.cli.option.SaveOptions;
import dev.lanewise.cli.run.Interrupt;
import dev.lanewise.cli.run.Result;
import dev.lanewise.cli.run.ResumedOptions;
import dev.lanewise.cli.run.Summary;
import dev.lanewise.cli.run.Training;
import dev.lanewise.cli.text.Failures;
import dev.lanewise.cli.text.Progress;
import dev.lanewise.cli.text.Terminal;
import dev.lanewise.cli.text.TerminalWidth;
import dev.lanewise.cli.text.Words;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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
          + " one input for each text. Ctrl-C finishes the step, writes a checkpoint, and says how"
          + " to go on."
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  lanewise train iris.csv",
      "  lanewise train flowers.csv --target species --save flowers.lanewise --report flowers.html",
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

  @ArgGroup(validate = false, heading = "%nWhat is kept:%n", order = 4)
  private SaveOptions files = new SaveOptions();

  /** What is not typed, but taken from the checkpoint to go on from; told once it will do. */
  private List<String> taken = List.of();

  @Override
  public Integer call() throws IOException {
    ResumedRun run = files.resumed();
    if (run == null) {
      return train();
    }
    TrainCommand begun = new TrainCommand();
    ResumedOptions options = new ResumedOptions(run, spec, begun, begun::takesOtherEpochs);
    options.check();
    List<String> missing = options.missing();
    if (!missing.isEmpty()) {
      taken = missing;
      return spec.root().commandLine().execute(options.with(missing).toArray(String[]::new));
    }
    try {
      return train();
    } catch (IllegalArgumentException e) {
      throw options.inWords(e);
    }
  }

  /** Returns whether a run that this began can go on for another number of epochs. */
  private boolean takesOtherEpochs() {
    return learning.ignoresEpochs(data.kind());
  }

  private int train() throws IOException {
    data.check();
    Checks.atLeast(1, "--seeds", seeds);
    network.check(data.kind());
    learning.check();
    loop.check(network);
    files.check(seeds, data);
    try (Samples samples = data.read(files.testOut(), seed)) {
      files.checkRows(samples.checksum());
      print(
          Terminal.err(spec),
          !taken.isEmpty(),
          "note: taken from the checkpoint: " + Words.join(taken));
      samples.schema().notes().forEach(note -> print(Terminal.err(spec), true, "note: " + note));
      learning.check(samples.classification());
      List<String> command = new ArrayList<>(List.of("lanewise"));
      command.addAll(spec.root().commandLine().getParseResult().originalArgs());
      Training training = new Training(samples, network, learning, loop, files, command);
      try (Interrupt interrupt = Interrupt.listen()) {
        return seeds == 1 ? trainOne(training, interrupt) : trainSeveral(training, interrupt);
      }
    }
  }

  private int trainOne(Training training, Interrupt interrupt) throws IOException {
    PrintWriter out = Terminal.out(spec);
    Result result = run(training, seed, interrupt);
    result.notes().forEach(note -> print(Terminal.err(spec), true, note));
    try {
      print(out, text(), result.text());
    } finally {
      // Also if standard output has failed.
      if (result.stopped()) {
        print(Terminal.err(spec), true, stopped(result, training));
      } else {
        keep(training, result);
      }
    }
    if (!result.stopped()) {
      print(out, text() && files.model() != null, "model          " + files.model());
      print(out, text() && files.report() != null, "report         " + files.report());
      print(out, text() && files.testOut() != null, "test rows      " + files.testOut());
    }
    print(out, json, result.json());
    return result.stopped() ? Interrupt.EXIT_CODE : 0;
  }

  private void keep(Training training, Result result) throws IOException {
    try {
      training.keep(result);
    } catch (IOException e) {
      print(Terminal.out(spec), json, result.json());
      throw e;
    }
  }

  /** Trains; where that fails halfway, what is kept by then is told. */
  private Result run(Training training, long seed, Interrupt interrupt) throws IOException {
    Path directory = files.directory();
    try {
      return training.run(seed, this::progress, interrupt);
    } catch (IOException | UncheckedIOException e) {
      IOException cause = e instanceof UncheckedIOException u ? u.getCause() : (IOException) e;
      throw new IOException(
          Failures.message(cause) + files.wayOn(training.command(), directory), e);
    }
  }

  private String stopped(Result result, Training training) {
    return "stopped, and kept in "
        + result.checkpoints()
        + "; go on with:"
        + System.lineSeparator()
        + "  "
        + SaveOptions.resumeCommand(training.command(), result.checkpoints());
  }

  private int trainSeveral(Training training, Interrupt interrupt) throws IOException {
    PrintWriter out = Terminal.out(spec);
    String read = training.samples().description(training.samples().schema());
    print(out, text(), "data           " + Terminal.line(read));
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < seeds; i++) {
      Result result = training.run(seed + i, this::progress, interrupt);
      if (result.stopped()) {
        print(
            Terminal.err(spec),
            true,
            "stopped at seed " + result.seed() + ", of which nothing is kept");
        return Interrupt.EXIT_CODE;
      }
      results.add(result);
      for (String note : result.notes()) {
        print(Terminal.err(spec), true, "seed " + result.seed() + ": " + note);
      }
      print(out, text(), result.line());
    }
    Summary summary = new Summary(results);
    print(out, text(), summary.text());
    Result best = summary.best();
    try {
      training.keep(best);
    } finally {
      // Also if a file cannot be written.
      print(out, json, summary.json());
    }
    String ofBest = "; seed " + best.seed() + ", the best of " + seeds;
    print(out, text() && files.model() != null, "model          " + files.model() + ofBest);
    print(out, text() && files.report() != null, "report         " + files.report() + ofBest);
    return 0;
  }

  private boolean text() {
    return !(json && quiet);
  }

  private static void print(PrintWriter out, boolean wanted, String line) {
    if (wanted) {
      out.println(line);
      out.flush();
    }
  }

  private Progress progress(int epochs, int rows, boolean percent) {
    if (quiet) {
      return new Progress.None();
    }
    if (Progress.canDraw()) {
      return new Progress.Bar(System.err, new TerminalWidth()::columns, epochs, rows, percent);
    }
    // The lines of several seeds are progress enough for a file.
    return seeds > 1
        ? new Progress.None()
        : new Progress.Lines(Terminal.err(spec), epochs, percent);
  }
}
