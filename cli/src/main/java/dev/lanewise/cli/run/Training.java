package dev.lanewise.cli.run;

import dev.lanewise.Backend;
import dev.lanewise.Evaluation;
import dev.lanewise.Network;
import dev.lanewise.Trainer;
import dev.lanewise.cli.data.Loaded;
import dev.lanewise.cli.data.Samples;
import dev.lanewise.cli.model.Model;
import dev.lanewise.cli.model.OutputScaling;
import dev.lanewise.cli.model.ResumedRun;
import dev.lanewise.cli.model.Score;
import dev.lanewise.cli.model.TrainedRows;
import dev.lanewise.cli.option.LearningOptions;
import dev.lanewise.cli.option.LoopOptions;
import dev.lanewise.cli.option.NetworkOptions;
import dev.lanewise.cli.option.SaveOptions;
import dev.lanewise.cli.text.Progress;
import dev.lanewise.cli.text.Terminal;
import dev.lanewise.data.RowSelection;
import dev.lanewise.data.RowSource;
import dev.lanewise.data.Scaling;
import dev.lanewise.loop.EarlyStopping;
import dev.lanewise.loop.History;
import dev.lanewise.loop.TrainingCallback;
import dev.lanewise.loop.TrainingLoop;
import dev.lanewise.metric.Metric;
import dev.lanewise.model.Layer;
import dev.lanewise.model.Schedule;
import dev.lanewise.model.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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
    String data = samples.description(split.schema());
    Map<String, String> about = about(data, split);
    try (Trainer trainer = loop.trainer(network, options)) {
      TrainingLoop training = loop(trainer, outputs, train, seed);
      watch(training, network, outputs, split);
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
        teller = new Teller(told, Score.mainMetric(samples.classification()), interrupt);
        training.callback(teller);
        history = files.resume() == null ? training.run() : training.resume(files.resume());
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      Network whole = outputs == null ? network : outputs.append(network, backend);
      Evaluation test = split.test() == null ? null : whole.evaluate(split.test());
      return new Result(
          data,
          notes(split, network),
          seed,
          train.rows(),
          test,
          test == null ? Score.none(samples.classification()) : Score.of(test, samples.schema()),
          new Model(whole, split.schema(), about),
          history,
          teller.trained,
          seconds,
          options,
          trainer.backendInfo(),
          directory);
    }
  }

  /** Returns what a model tells of where it comes from. */
  private Map<String, String> about(String data, Samples.Split split) {
    Map<String, String> about = new LinkedHashMap<>(Model.about(data, command));
    if (samples.kind() != Samples.Kind.SPIRALS) {
      Loaded read = samples.train();
      new TrainedRows(split.train().rows(), read.count(), read.checksum(split.schema()))
          .addTo(about);
    }
    return about;
  }

  /** Says what is to be said of the rows, and that a first layer is large. */
  private static List<String> notes(Samples.Split split, Network network) {
    List<String> notes = new ArrayList<>(split.notes());
    Layer first = network.layers().get(0);
    long parameters = first.parameterCount();
    if (parameters >= LARGE_LAYER) {
      notes.add(
          Terminal.format(
              "note: %,d inputs make %,d parameters in the first layer, and training keeps about"
                  + " six numbers for each of them, %,d MB; fewer nodes by --hidden need less",
              first.in(), parameters, (6 * Float.BYTES * parameters) >> 20));
    }
    return notes;
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
    return training.schedule(learning.schedule(samples.kind(), epochs * steps), Schedule.Unit.STEP);
  }

  /** Lets the loop look at other rows after each epoch: to stop early, or for the report alone. */
  private void watch(
      TrainingLoop training, Network network, OutputScaling outputs, Samples.Split split)
      throws IOException {
    boolean stopsEarly = split.validation() != null;
    RowSource rows =
        stopsEarly ? split.validation() : files.watchesTestRows() ? split.test() : null;
    if (rows != null) {
      RowSource watched = predictable(network, rows);
      training
          .validation(outputs == null ? watched : outputs.standardised(watched))
          .metrics(Score.mainMetric(samples.classification()));
    }
    if (stopsEarly) {
      training.earlyStopping(new EarlyStopping(loop.patience()));
    }
  }

  /** Leaves out rows whose inputs are too far from those of training, which a loop refuses. */
  private static RowSource predictable(Network network, RowSource rows) {
    if (network.evaluate(rows).notFinite() == 0) {
      return rows;
    }
    int[] chosen =
        IntStream.range(0, rows.rows())
            .filter(r -> network.evaluate(new RowSelection(rows, new int[] {r})).rows() == 1)
            .toArray();
    return chosen.length == 0 ? rows : new RowSelection(rows, chosen);
  }

  /** Returns what the second curve of a report is of. */
  String watched() {
    return loop.patience() > 0 ? "validation" : "test";
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
