package dev.lanewise.loop;

import dev.lanewise.Batch;
import dev.lanewise.DivergenceException;
import dev.lanewise.Evaluation;
import dev.lanewise.Network;
import dev.lanewise.Trainer;
import dev.lanewise.data.Batches;
import dev.lanewise.internal.train.RefusedRow;
import dev.lanewise.kernel.SparseRows;
import dev.lanewise.metric.Metric;
import dev.lanewise.model.Schedule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One run of a training loop, with what it has seen so far. */
final class EpochRunner {
  /** How often parameters are kept, in case that the next steps diverge. */
  private static final int STEPS_BETWEEN_COPIES = 1_000;

  private final LoopOptions options;
  private final Trainer trainer;
  private final Batches batches;
  private final Network network;
  private final RunState state;

  private Batch batch;
  private SparseRows sparse;
  private Network next;
  private long started;
  private boolean asked;
  private boolean stepped;
  private boolean copyIsDue;

  EpochRunner(LoopOptions options, RunState state) {
    this.options = options;
    this.trainer = options.trainer();
    this.batches = new Batches(options.data(), options.batchSize(), options.seed(), options.last());
    this.network = trainer.network();
    this.next = network.copy();
    this.state = state;
  }

  History run() {
    trainer.expect((options.epochs() - state.epoch + 1L) * options.data().rows());
    try {
      return runEpochs();
    } finally {
      // So that another loop starts from it, not from where a schedule ended.
      trainer.setLearningRate((float) state.base);
    }
  }

  private History runEpochs() {
    History.End end = end();
    while (end == History.End.RUNNING) {
      train();
      if (!asked) {
        finishEpoch();
        for (TrainingCallback callback : options.callbacks()) {
          asked |= !callback.afterEpoch(history(History.End.RUNNING));
        }
      }
      end = asked ? History.End.CALLBACK : end();
    }
    requireFinite();
    if (options.writesEvery() || (options.checkpoints() != null && asked)) {
      writeCheckpoint();
    }
    if (state.best != null) {
      network.copyFrom(state.best);
    }
    History history = history(end);
    options.callbacks().forEach(callback -> callback.atEnd(history));
    return history;
  }

  private History.End end() {
    int done = state.epoch - 1;
    if (options.earlyStopping() != null
        && done - state.bestEpoch >= options.earlyStopping().patience()) {
      return History.End.EARLY_STOPPING;
    }
    return done >= options.epochs() ? History.End.COMPLETED : History.End.RUNNING;
  }

  private History history(History.End end) {
    return new History(List.copyOf(state.seen), state.bestEpoch, end);
  }

  /** Trains until the epoch's batches are done, or somebody asks to stop. */
  private void train() {
    started = System.nanoTime();
    batches.shuffle(state.epoch - 1L);
    batches.moveTo(state.position);
    while (!asked && batches.next()) {
      long time = options.unit() == Schedule.Unit.STEP ? state.steps : state.epoch - 1L;
      trainer.setLearningRate(rate(time));
      double weight = weight();
      if (weight > 0) {
        double loss = step();
        state.position = batches.position();
        state.sum += trainer.options().loss().isSum() ? loss : loss * weight;
        state.total += weight;
        for (TrainingCallback callback : options.callbacks()) {
          asked |= !callback.afterStep(state.steps, batches.rows(), loss);
        }
      } else {
        state.position = batches.position();
        state.steps++;
      }
      if (!asked && options.writesEvery() && state.steps % options.everySteps() == 0) {
        requireFinite();
        writeCheckpoint();
      }
    }
    takeTime();
  }

  /** Returns how much the rows of the batch at hand count: 0 where a step could not learn. */
  private double weight() {
    try {
      return trainer.weight(batch());
    } catch (RefusedRow e) {
      throw e.at(batches.row(e.row()));
    }
  }

  private void takeTime() {
    long now = System.nanoTime();
    state.seconds += (now - started) / 1e9;
    started = now;
  }

  private float rate(long t) {
    double base = state.base;
    double from = options.plateau() == null ? base : options.plateau().rate(base, state.plateau);
    return (float) options.schedule().rate(from, t);
  }

  private double step() {
    copyIsDue |= state.steps % STEPS_BETWEEN_COPIES == 0;
    if (copyIsDue) {
      next.copyFrom(network);
    }
    double loss;
    try {
      loss = trainer.step(batch());
    } catch (DivergenceException e) {
      throw restored(e);
    } catch (RefusedRow e) {
      throw e.at(batches.row(e.row()));
    }
    if (copyIsDue) {
      // Only now is the loss with these parameters known to be finite.
      Network older = state.good;
      state.good = next;
      next = older;
      copyIsDue = false;
    }
    stepped = true;
    state.steps++;
    return loss;
  }

  /** Goes back to parameters that are known to be good, and tells what came with the data. */
  private DivergenceException restored(DivergenceException e) {
    network.copyFrom(state.best == null ? state.good : state.best);
    String number = NotFinite.first(options.data());
    return number == null ? e : e.because(number);
  }

  /**
   * Looks whether the step before has diverged, where no other one follows that would find it.
   *
   * @param rows what to look with; null if the parameters are enough
   * @throws DivergenceException if it has; the parameters are good ones then
   */
  private void requireFinite(Batch rows) {
    try {
      trainer.requireFinite(rows);
    } catch (DivergenceException e) {
      throw restored(e);
    }
  }

  private void requireFinite() {
    requireFinite(usableBatch());
  }

  /**
   * Returns the batch at hand or, if nothing can be learned from it, another one of the epoch; null
   * if there is none, or no step was made.
   */
  private Batch usableBatch() {
    if (!stepped) {
      return null;
    }
    if (trainer.weight(batch) > 0) {
      return batch;
    }
    batches.moveTo(0);
    Batch usable = null;
    while (usable == null && batches.next()) {
      usable = weight() > 0 ? batch() : null;
    }
    batches.moveTo(state.position);
    return usable;
  }

  /** Looks at what the epoch brought, and goes to the start of the next one. */
  private void finishEpoch() {
    if (state.total == 0 && !stepped) {
      throw new IllegalArgumentException(
          "there is nothing to learn from: weights of 0 leave no batch with a row that counts, or"
              + " with two for a batch norm; give some rows a weight, or make batches larger");
    }
    double loss = trainer.options().loss().isSum() ? state.sum : state.sum / state.total;
    double validationLoss = Double.NaN;
    Map<Metric, Double> scores = Map.of();
    try {
      if (options.validation() != null) {
        validationLoss = trainer.loss(options.validation());
      }
      if (!options.metrics().isEmpty()) {
        scores = scores();
      }
    } catch (RuntimeException e) {
      // Of what a diverged network predicts, or of rows that are no numbers, nothing can be said.
      explain();
      throw e;
    }
    boolean known = options.validation() != null && Double.isFinite(validationLoss);
    if (options.validation() != null && !known) {
      explain();
    }
    double watchedLoss = options.validation() == null ? loss : validationLoss;
    if (options.plateau() != null) {
      state.plateau = options.plateau().next(state.plateau, watchedLoss);
    }
    boolean better = compare(watchedLoss, known, scores);
    takeTime();
    float rate = trainer.optimizer().learningRate();
    state.seen.add(
        new History.Epoch(
            state.epoch, state.steps, rate, loss, validationLoss, scores, state.seconds));
    state.epoch++;
    state.position = 0;
    state.sum = 0;
    state.total = 0;
    state.seconds = 0;
    if (better && options.writesEvery()) {
      write(options.checkpoints().best());
    }
  }

  private Map<Metric, Double> scores() {
    Evaluation evaluation =
        trainer.network().evaluate(options.watched(), options.metrics().toArray(Metric[]::new));
    if (evaluation.notFinite() > 0) {
      throw new IllegalArgumentException(
          "the predictions of "
              + evaluation.notFinite()
              + " rows are not finite, but metrics need finite numbers: scale the inputs");
    }
    if (evaluation.rows() == 0) {
      throw new IllegalArgumentException(
          "all rows to look at after an epoch have the weight 0: give some of them a weight");
    }
    return evaluation.scores();
  }

  /** Tells why what was looked at after an epoch is not finite, if it is known. */
  private void explain() {
    requireFinite();
    String number = NotFinite.first(options.watched());
    if (number != null) {
      throw new IllegalArgumentException(
          number
              + " of the rows to "
              + (options.validation() == null ? "train on" : "validate with")
              + ", as it was given: mend it or leave the row out");
    }
  }

  /** Returns whether the epoch is the best one so far, where there is something to compare. */
  private boolean compare(double watchedLoss, boolean known, Map<Metric, Double> values) {
    EarlyStopping stopping = options.earlyStopping();
    if (stopping == null) {
      state.bestEpoch = state.epoch;
      boolean better =
          options.validation() != null
              && (watchedLoss < state.bestValue
                  || (Double.isNaN(state.bestValue) && !Double.isNaN(watchedLoss)));
      if (better) {
        state.bestValue = watchedLoss;
      }
      return better;
    }
    double value = stopping.metric() == null ? watchedLoss : values.get(stopping.metric());
    if (state.epoch > 1 && !stopping.isBetter(value, state.bestValue)) {
      return false;
    }
    requireFinite(known ? null : usableBatch());
    state.bestValue = value;
    state.bestEpoch = state.epoch;
    keepBest();
    return true;
  }

  private void keepBest() {
    if (state.best == null) {
      state.best = network.copy();
    } else {
      state.best.copyFrom(network);
    }
  }

  private void writeCheckpoint() {
    if (state.position > 0) {
      takeTime();
    }
    try {
      options.checkpoints().prepare();
      write(options.checkpoints().file(state.steps));
      options.checkpoints().keep(options.keepLast(), state.steps);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Path file) {
    try {
      Checkpoint.write(file, options, state);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the batch at hand; its arrays are the same for all batches of as many rows. */
  private Batch batch() {
    if (batch == null || batch.rows() != batches.rows() || sparse != batches.sparse()) {
      batch = Batch.of(batches);
      sparse = batches.sparse();
    }
    return batch;
  }
}
