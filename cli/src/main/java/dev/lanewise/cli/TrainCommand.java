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
import dev.lanewise.cli.run.Rescue;
import dev.lanewise.cli.run.Result;
import dev.lanewise.cli.run.ResumedOptions;
import dev.lanewise.cli.run.RunReport;
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
import java.io.Writer;
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
          "Train with this many seeds, one after the other, and tell how much the results differ."
              + " Default: ${DEFAULT-VALUE}.")
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
      PrintWriter err = Terminal.err(spec);
      if (!taken.isEmpty()) {
        err.println("note: taken from the checkpoint: " + Words.join(taken));
      }
      samples.schema().notes().forEach(note -> err.println("note: " + note));
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
    PrintWriter err = Terminal.err(spec);
    Result result = run(training, interrupt);
    result.notes().forEach(err::println);
    try {
      text().println(result.text());
    } finally {
      // Also if standard output has failed.
      if (result.stopped()) {
        err.println("stopped, and kept in " + result.checkpoints() + "; go on with:");
        err.println("  " + ResumedRun.resumeCommand(training.command(), result.checkpoints()));
        json(result.json());
      } else {
        keep(training, result, "", result.json());
      }
    }
    return result.stopped() ? Interrupt.EXIT_CODE : 0;
  }

  /** Writes what was asked for, and says so; what came out is told even if that fails. */
  private void keep(Training training, Result result, String remark, String json)
      throws IOException {
    try {
      write(training, result);
      PrintWriter out = text();
      if (files.model() != null) {
        out.println("model          " + files.model() + remark);
      }
      if (files.report() != null) {
        out.println("report         " + files.report() + remark);
      }
      if (files.testOut() != null) {
        out.println("test rows      " + files.testOut());
      }
    } finally {
      json(json);
    }
  }

  /** Writes the model and the report, one though the other fails. */
  private void write(Training training, Result result) throws IOException {
    IOException failure = null;
    try {
      if (files.model() != null) {
        Rescue.write(files.model(), result.scoredModel()::save);
      }
    } catch (IOException e) {
      failure = e;
    }
    try {
      if (files.report() != null) {
        Rescue.write(files.report(), new RunReport(training, result)::write);
      }
    } catch (IOException e) {
      failure =
          failure == null ? e : new IOException(failure.getMessage() + "; " + e.getMessage(), e);
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Trains; where that fails halfway, what is kept by then is told. */
  private Result run(Training training, Interrupt interrupt) throws IOException {
    Path directory = files.directory();
    try {
      return training.run(seed, this::progress, interrupt);
    } catch (IOException | UncheckedIOException e) {
      IOException cause = e instanceof UncheckedIOException u ? u.getCause() : (IOException) e;
      throw new IOException(
          Failures.message(cause) + ResumedRun.wayOn(training.command(), directory), e);
    }
  }

  private int trainSeveral(Training training, Interrupt interrupt) throws IOException {
    PrintWriter out = text();
    PrintWriter err = Terminal.err(spec);
    Samples samples = training.samples();
    out.println("data           " + Terminal.line(samples.description(samples.schema())));
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < seeds; i++) {
      Result result = training.run(seed + i, this::progress, interrupt);
      if (result.stopped()) {
        err.println("stopped at seed " + result.seed() + ", of which nothing is kept");
        return Interrupt.EXIT_CODE;
      }
      results.add(result);
      result.notes().forEach(note -> err.println("seed " + result.seed() + ": " + note));
      out.println(result.line());
    }
    Summary summary = new Summary(results);
    out.println(summary.text());
    Result best = summary.best();
    keep(training, best, "; seed " + best.seed() + ", the best of " + seeds, summary.json());
    return 0;
  }

  /** Returns where results go as text. */
  private PrintWriter text() {
    return json && quiet ? new PrintWriter(Writer.nullWriter()) : Terminal.out(spec);
  }

  private void json(String line) {
    if (json) {
      Terminal.out(spec).println(line);
    }
  }

  private Progress progress(int epochs, int rows, boolean percent) {
    boolean draws = Progress.canDraw();
    // The lines of several seeds are progress enough for a file.
    if (quiet || (seeds > 1 && !draws)) {
      return new Progress() {};
    }
    return draws
        ? new Progress.Bar(System.err, new TerminalWidth()::columns, epochs, rows, percent)
        : new Progress.Lines(Terminal.err(spec), epochs, percent);
  }
}
