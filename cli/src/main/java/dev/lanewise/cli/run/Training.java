package dev.lanewise.cli.run;

import dev.lanewise.Backend;
import dev.lanewise.EarlyStopping;
import dev.lanewise.History;
import dev.lanewise.Network;
import dev.lanewise.NetworkBuilder;
import dev.lanewise.Trainer;
import dev.lanewise.TrainingCallback;
import dev.lanewise.TrainingLoop;
import dev.lanewise.cli.data.Loaded;
import dev.lanewise.cli.data.Samples;
import dev.lanewise.cli.model.Model;
import dev.lanewise.cli.model.OutputScaling;
import dev.lanewise.cli.model.Predictions;
import dev.lanewise.cli.model.ResumedRun;
import dev.lanewise.cli.model.Score;
import dev.lanewise.cli.model.TrainedRows;
import dev.lanewise.cli.option.LearningOptions;
import dev.lanewise.cli.option.LoopOptions;
import dev.lanewise.cli.option.NetworkOptions;
import dev.lanewise.cli.option.SaveOptions;
import dev.lanewise.cli.text.Progress;
import dev.lanewise.data.RowSource;
import dev.lanewise.data.Scaling;
import dev.lanewise.metric.Classification;
import dev.lanewise.metric.Metric;
import dev.lanewise.metric.Regression;
import dev.lanewise.model.Layer;
import dev.lanewise.model.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How networks are trained and tested: one for each seed.
 *
 * @param samples what to learn from
 * @param layers which layers
 * @param learning which loss and optimizer
 * @param loop how many epochs, and how
 * @param files what is kept
 * @param command what was typed
 */
public record Training(
    Samples samples,
    NetworkOptions layers,
    LearningOptions learning,
    LoopOptions loop,
    SaveOptions files,
    List<String> command) {
  /** From so many parameters on a layer is what decides how much memory is needed. */
  private static final long LARGE_LAYER = 10_000_000;

  /** Trains and tests a network. */
  public Result run(long seed, Progress.Start progress, Interrupt interrupt) throws IOException {
    Samples.Split split = samples.split(seed, loop.patience() > 0);
    RowSource train = split.train();
    Backend backend = loop.backend();
    Scaling inputs =
        samples.kind() == Samples.Kind.TABLE && !train.sparse() ? Scaling.standard(train) : null;
    OutputScaling outputs = samples.classification() ? null : OutputScaling.of(train);
    Network network = layers.network(samples, split.schema(), inputs, seed, backend);
    TrainingOptions options = learning.options(samples, train, seed);
    String description = samples.description(split.schema());
    Map<String, String> about = new LinkedHashMap<>(Model.about(description, command));
    if (samples.kind() != Samples.Kind.SPIRALS) {
      Loaded read = samples.train();
      String checksum = read.checksum(split.schema());
      new TrainedRows(train.rows(), read.count(), checksum).addTo(about);
    }
    try (Trainer trainer = loop.trainer(network, options)) {
      TrainingLoop training = loop(trainer, outputs, train, seed);
      watch(training, network, outputs, split.validation(), split.test());
      Path directory = files.directory();
      if (directory != null) {
        Map<String, String> texts = Model.checkpointTexts(split.schema(), outputs, about);
        ResumedRun.addTo(texts, samples.checksum(), files.watchesTestRows());
        training.checkpoints(directory, files.every(), files.kept()).metadata(texts);
      }
      long start = System.nanoTime();
      History history;
      Teller teller;
      int epochs = loop.epochs(samples.kind());
      try (Progress told = progress.start(epochs, train.rows(), samples.classification())) {
        teller = new Teller(told, metric(), interrupt);
        training.callback(teller);
        history = files.resume() == null ? training.run() : training.resume(files.resume());
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      Network whole = outputs == null ? network : appended(outputs, network, backend);
      Predictions test =
          split.test() == null
              ? Predictions.none(whole.outputs())
              : Predictions.of(whole, split.test());
      return new Result(
          description,
          notes(split, network),
          seed,
          train.rows(),
          test,
          Score.of(test, samples.schema()),
          new Model(whole, split.schema(), about),
          history,
          teller.trained,
          seconds,
          options,
          trainer.backendInfo(),
          directory);
    }
  }

  /**
   * Writes what was asked for of a result.
   *
   * @throws IOException if something is not where it was wanted; the message says where it is
   */
  public void keep(Result result) throws IOException {
    try {
      if (files.model() != null) {
        Rescue.write(files.model(), result.scoredModel()::save);
      }
    } catch (IOException e) {
      try {
        writeReport(result);
      } catch (IOException both) {
        throw new IOException(e.getMessage() + "; " + both.getMessage(), both);
      }
      throw e;
    }
    writeReport(result);
  }

  private void writeReport(Result result) throws IOException {
    if (files.report() != null) {
      Rescue.write(files.report(), new RunReport(this, result)::write);
    }
  }

  /** Says what is to be said of the rows, and that a first layer is large. */
  private static List<String> notes(Samples.Split split, Network network) {
    List<String> notes = new ArrayList<>(split.notes());
    Layer first = network.layers().get(0);
    long parameters = first.parameterCount();
    if (parameters >= LARGE_LAYER) {
      notes.add(
          String.format(
              Locale.ROOT,
              "note: %,d inputs make %,d parameters in the first layer, and training keeps about"
                  + " six numbers for each of them, %,d MB; fewer nodes by --hidden need less",
              first.in(),
              parameters,
              (6 * Float.BYTES * parameters) >> 20));
    }
    return notes;
  }

  private static Network appended(OutputScaling outputs, Network network, Backend backend) {
    NetworkBuilder builder = Network.builder(network.inputs());
    return outputs.append(network, backend == null ? builder : builder.backend(backend));
  }

  private TrainingLoop loop(Trainer trainer, OutputScaling outputs, RowSource train, long seed) {
    int epochs = loop.epochs(samples.kind());
    int batch = loop.batch();
    TrainingLoop training =
        new TrainingLoop(trainer, outputs == null ? train : outputs.standardised(train))
            .epochs(epochs)
            .batchSize(batch)
            // Another seed than the weights have, so that they are not drawn from the same numbers.
            .seed(~seed);
    long steps = (train.rows() + batch - 1L) / batch;
    if (!layers.takesSingleRows() && train.rows() % batch == 1) {
      training.dropLastBatch();
      steps--;
    }
    return training.schedule(
        learning.schedule(samples.kind(), epochs * steps), TrainingLoop.Unit.STEP);
  }

  /** Lets the loop look at other rows after each epoch: to stop early, or for the report alone. */
  private void watch(
      TrainingLoop training,
      Network network,
      OutputScaling outputs,
      RowSource validation,
      RowSource test)
      throws IOException {
    RowSource all = validation == null && files.watchesTestRows() ? test : validation;
    if (all != null) {
      RowSource watched = Predictions.predictable(network, all);
      training
          .validation(outputs == null ? watched : outputs.standardised(watched))
          .metrics(metric());
    }
    if (validation != null) {
      training.earlyStopping(new EarlyStopping(loop.patience()));
    }
  }

  /** Returns what the second curve of a report is of. */
  String watched() {
    return loop.patience() > 0 ? "validation" : "test";
  }

  /** Returns the metric that counts most. */
  private Metric metric() {
    return samples.classification() ? Classification.ACCURACY : Regression.R_SQUARED;
  }

  /** Passes on how it goes, and whether to stop. */
  private static final class Teller implements TrainingCallback {
    private final Progress progress;
    private final Metric metric;
    private final Interrupt interrupt;
    private double sum;
    private long rows;
    private long trained;

    Teller(Progress progress, Metric metric, Interrupt interrupt) {
      this.progress = progress;
      this.metric = metric;
      this.interrupt = interrupt;
    }

    @Override
    public boolean afterStep(long step, int stepRows, double loss) {
      sum += loss * stepRows;
      rows += stepRows;
      trained += stepRows;
      progress.batch(stepRows, sum / rows);
      return !interrupt.asked();
    }

    @Override
    public boolean afterEpoch(History history) {
      History.Epoch last = history.last();
      Double score = last.metrics().get(metric);
      progress.epoch(last.number(), last.loss(), score == null ? Double.NaN : score);
      sum = 0;
      rows = 0;
      return !interrupt.asked();
    }
  }
}
