package dev.lanewise.cli;

import dev.lanewise.Backend;
import dev.lanewise.EarlyStopping;
import dev.lanewise.History;
import dev.lanewise.Network;
import dev.lanewise.NetworkBuilder;
import dev.lanewise.Trainer;
import dev.lanewise.TrainingCallback;
import dev.lanewise.TrainingLoop;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Scaling;
import dev.lanewise.model.TrainingOptions;

/**
 * How networks are trained and tested: one for each seed.
 *
 * @param samples what to learn from
 * @param layers which layers
 * @param learning which loss and optimizer
 * @param loop how many epochs, and how
 */
record Training(
    Samples samples, NetworkOptions layers, LearningOptions learning, LoopOptions loop) {
  /** Trains and tests a network. */
  Report run(long seed, Progress.Start progress) {
    Dataset.Split split = samples.split(seed);
    Dataset train = split.train();
    Dataset validation = null;
    if (loop.patience() > 0) {
      Dataset.Split parts = samples.validationSplit(train, seed);
      train = parts.train();
      validation = parts.test();
    }
    Backend backend = loop.backend();
    Scaling inputs = samples.kind() == Samples.Kind.TABLE ? Scaling.standard(train) : null;
    OutputScaling outputs = samples.classification() ? null : OutputScaling.of(train);
    Network network = layers.network(samples, inputs, seed, backend);
    TrainingOptions options = learning.options(samples, train, seed);
    try (Trainer trainer = loop.trainer(network, options)) {
      TrainingLoop training = loop(trainer, outputs, train, validation, seed);
      long start = System.nanoTime();
      History history;
      try (Progress told = progress.start(loop.epochs(samples.kind()), train.rows())) {
        history = training.callback(new Teller(told)).run();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      Network whole = network;
      if (outputs != null) {
        NetworkBuilder builder = Network.builder(network.inputs());
        whole = outputs.append(network, backend == null ? builder : builder.backend(backend));
      }
      Score score = Score.of(whole, split.test(), samples.classification());
      return new Report(
          samples.description(),
          seed,
          train.rows(),
          score,
          whole,
          history,
          seconds,
          trainer.backendInfo());
    }
  }

  private TrainingLoop loop(
      Trainer trainer, OutputScaling outputs, Dataset train, Dataset validation, long seed) {
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
    training.schedule(learning.schedule(samples.kind(), epochs * steps), TrainingLoop.Unit.STEP);
    if (validation != null) {
      training
          .validation(outputs == null ? validation : outputs.standardised(validation))
          .earlyStopping(new EarlyStopping(loop.patience()));
    }
    return training;
  }

  /** Passes on how it goes. */
  private static final class Teller implements TrainingCallback {
    private final Progress progress;
    private double sum;
    private long rows;

    Teller(Progress progress) {
      this.progress = progress;
    }

    @Override
    public boolean afterStep(long step, int stepRows, double loss) {
      sum += loss * stepRows;
      rows += stepRows;
      progress.batch(stepRows, sum / rows);
      return true;
    }

    @Override
    public boolean afterEpoch(History history) {
      progress.epoch(history.last().number(), history.last().loss());
      sum = 0;
      rows = 0;
      return true;
    }
  }
}
