package dev.lanewise;

import dev.lanewise.data.Batches;
import dev.lanewise.data.RowSource;
import dev.lanewise.internal.train.CountedRows;
import dev.lanewise.internal.train.Parameters;
import dev.lanewise.internal.train.RefusedRow;
import dev.lanewise.kernel.SparseRows;
import dev.lanewise.metric.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** One run of a training loop, with what it has seen so far. */
final class EpochRunner {
  private final TrainingLoop loop;
  private final Trainer trainer;
  private final Batches batches;
  private final RowSource watched;
  private final Parameters parameters;
  private final RunState state;

  private Batch batch;
  private Parameters next;
  private long started;
  private boolean asked;
  private boolean stepped;
  private boolean copyIsDue;

  EpochRunner(TrainingLoop loop, RunState state) {
    this.loop = loop;
    this.trainer = loop.trainer;
    this.batches = new Batches(loop.data, loop.batchSize, loop.seed, loop.rest);
    this.watched = loop.validation == null ? loop.data : loop.validation;
    this.parameters = trainer.network().sharedParameters();
    this.next = parameters.copy();
    this.state = state;
  }

  History run() {
    try {
      return runEpochs();
    } finally {
      // So that another loop starts from it, not from where a schedule ended.
      trainer.setLearningRate((float) state.base);
    }
  }

  private History runEpochs() {
    History.End end = end();
    while (end == History.End.NOT_YET) {
      train();
      if (!asked) {
        finishEpoch();
        for (TrainingCallback callback : loop.callbacks) {
          asked |= !callback.afterEpoch(history(History.End.NOT_YET));
        }
      }
      end = asked ? History.End.ASKED : end();
    }
    requireFinite();
    if (writesEvery() || (loop.checkpoints != null && asked)) {
      writeCheckpoint();
    }
    if (state.best != null) {
      parameters.set(state.best);
    }
    History history = history(end);
    loop.callbacks.forEach(callback -> callback.atEnd(history));
    return history;
  }

  /** Whether there are checkpoints while the loop goes on. */
  private boolean writesEvery() {
    return loop.checkpoints != null && loop.everySteps > 0;
  }

  private History.End end() {
    int done = state.epoch - 1;
    if (loop.earlyStopping != null && done - state.bestEpoch >= loop.earlyStopping.patience()) {
      return History.End.NO_IMPROVEMENT;
    }
    return done >= loop.epochs ? History.End.DONE : History.End.NOT_YET;
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
      long time = loop.unit == TrainingLoop.Unit.STEP ? state.steps : state.epoch - 1L;
      trainer.setLearningRate(rate(time));
      double weight = weight();
      if (weight > 0) {
        double loss = step();
        state.position = batches.position();
        state.sum += trainer.sumsLoss() ? loss : loss * weight;
        state.total += weight;
        for (TrainingCallback callback : loop.callbacks) {
          asked |= !callback.afterStep(state.steps, batches.rows(), loss);
        }
      } else {
        state.position = batches.position();
        state.steps++;
      }
      if (!asked && writesEvery() && state.steps % loop.everySteps == 0) {
        requireFinite();
        writeCheckpoint();
      }
    }
    takeTime();
  }

  /** Returns how much the rows of the batch at hand count: 0 where a step could not learn. */
  private double weight() {
    double weight = counted(batches, batch()).weight();
    return trainer.learnsFromCounted() ? weight : 0;
  }

  private CountedRows counted(Batches from, Batch rows) {
    try {
      return trainer.counted(rows);
    } catch (RefusedRow e) {
      throw e.at(from.row(e.row()));
    }
  }

  private void takeTime() {
    long now = System.nanoTime();
    state.seconds += (now - started) / 1e9;
    started = now;
  }

  private float rate(long t) {
    double base = state.base;
    double from = loop.plateau == null ? base : loop.plateau.rate(base, state.plateau);
    return (float) loop.schedule.rate(from, t);
  }

  private double step() {
    copyIsDue |= state.steps % TrainingLoop.STEPS_BETWEEN_COPIES == 0;
    if (copyIsDue) {
      next.set(parameters);
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
      Parameters older = state.good;
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
    parameters.set(state.best == null ? state.good : state.best);
    String number = notFinite(loop.data);
    return number == null ? e : e.because(number);
  }

  /** Returns the first number that is not finite in a row that counts, or null. */
  private String notFinite(RowSource data) {
    Batches all = Batches.inOrder(data);
    String found = null;
    while (found == null && all.next()) {
      found = counted(all, Batch.of(all)).notFinite(all.row(0));
    }
    return found;
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
    trainer.counted(batch);
    if (trainer.learnsFromCounted()) {
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
    double loss = trainer.sumsLoss() ? state.sum : state.sum / state.total;
    double validationLoss = Double.NaN;
    Map<Metric, Double> scores = Map.of();
    try {
      if (loop.validation != null) {
        validationLoss = trainer.loss(loop.validation);
      }
      if (!loop.metrics.isEmpty()) {
        scores = scores();
      }
    } catch (RuntimeException e) {
      // Of what a diverged network predicts, or of rows that are no numbers, nothing can be said.
      explain();
      throw e;
    }
    boolean known = loop.validation != null && Double.isFinite(validationLoss);
    if (loop.validation != null && !known) {
      explain();
    }
    double watchedLoss = loop.validation == null ? loss : validationLoss;
    if (loop.plateau != null) {
      state.plateau = loop.plateau.next(state.plateau, watchedLoss);
    }
    boolean better = compare(watchedLoss, known, scores);
    takeTime();
    float rate = trainer.learningRate();
    state.seen.add(
        new History.Epoch(
            state.epoch, state.steps, rate, loss, validationLoss, scores, state.seconds));
    state.epoch++;
    state.position = 0;
    state.sum = 0;
    state.total = 0;
    state.seconds = 0;
    if (better && writesEvery()) {
      write(loop.checkpoints.best());
    }
  }

  private Map<Metric, Double> scores() {
    Evaluation evaluation =
        trainer.network().evaluate(watched, loop.metrics.toArray(Metric[]::new));
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
    String number = notFinite(watched);
    if (number != null) {
      throw new IllegalArgumentException(
          number
              + " of the rows to "
              + (loop.validation == null ? "train on" : "validate with")
              + ", as it was given: mend it or leave the row out");
    }
  }

  /** Returns whether the epoch is the best one so far, where there is something to compare. */
  private boolean compare(double watchedLoss, boolean known, Map<Metric, Double> values) {
    EarlyStopping stopping = loop.earlyStopping;
    if (stopping == null) {
      state.bestEpoch = state.epoch;
      boolean better =
          loop.validation != null
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
      state.best = parameters.copy();
    } else {
      state.best.set(parameters);
    }
  }

  private void writeCheckpoint() {
    if (state.position > 0) {
      takeTime();
    }
    try {
      loop.checkpoints.prepare();
      write(loop.checkpoints.file(state.steps));
      loop.checkpoints.keep(loop.keepLast, state.steps);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Path file) {
    try {
      Checkpoint.write(file, loop, state);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the batch at hand; its arrays are the same for all batches of as many rows. */
  private Batch batch() {
    SparseRows sparse = batches.sparse();
    if (batch == null || batch.rows() != batches.rows() || batch.sparse() != sparse) {
      batch = Batch.of(batches);
    }
    return batch;
  }
}
