package dev.lanewise;

import dev.lanewise.data.Batches;
import dev.lanewise.internal.train.Parameters;
import dev.lanewise.metric.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** One run of a training loop, with what it has seen so far. */
final class EpochRunner {
  private final TrainingLoop loop;
  private final Trainer trainer;
  private final Batches batches;
  private final Evaluation evaluation;
  private final Parameters parameters;
  private final RunState state;

  private Batch batch;
  private Parameters next;
  private long started;
  private boolean asked;

  EpochRunner(TrainingLoop loop, RunState state) {
    this.loop = loop;
    this.trainer = loop.trainer;
    this.batches = new Batches(loop.data, loop.batchSize, loop.seed, loop.rest);
    this.evaluation =
        new Evaluation(trainer, loop.validation == null ? loop.data : loop.validation);
    this.parameters = trainer.network().sharedParameters();
    this.next = parameters.copy();
    this.state = state;
  }

  History run() {
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
      double loss = step();
      state.position = batches.position();
      state.sum += trainer.sumsLoss() ? loss : loss * batches.rows();
      state.total += batches.rows();
      for (TrainingCallback callback : loop.callbacks) {
        asked |= !callback.afterStep(state.steps, batches.rows(), loss);
      }
      if (!asked && writesEvery() && state.steps % loop.everySteps == 0) {
        writeCheckpoint();
      }
    }
    takeTime();
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
    boolean copied = state.steps % TrainingLoop.STEPS_BETWEEN_COPIES == 0;
    if (copied) {
      next.set(parameters);
    }
    double loss;
    try {
      loss = trainer.step(batch());
    } catch (DivergenceException e) {
      parameters.set(state.good);
      throw e;
    }
    if (copied) {
      // Only now is the loss with these parameters known to be finite.
      Parameters older = state.good;
      state.good = next;
      next = older;
    }
    state.steps++;
    return loss;
  }

  /** Looks at what the epoch brought, and goes to the start of the next one. */
  private void finishEpoch() {
    double loss = trainer.sumsLoss() ? state.sum : state.sum / state.total;
    double validationLoss = loop.validation == null ? Double.NaN : evaluation.loss();
    Map<Metric, Double> values = Collections.unmodifiableMap(evaluation.metrics(loop.metrics));
    double watchedLoss = loop.validation == null ? loss : validationLoss;
    if (loop.plateau != null) {
      state.plateau = loop.plateau.next(state.plateau, watchedLoss);
    }
    boolean better = compare(watchedLoss, values);
    takeTime();
    float rate = trainer.optimizer().learningRate();
    state.seen.add(
        new History.Epoch(
            state.epoch, state.steps, rate, loss, validationLoss, values, state.seconds));
    state.epoch++;
    state.position = 0;
    state.sum = 0;
    state.total = 0;
    state.seconds = 0;
    if (better && writesEvery()) {
      write(loop.checkpoints.best());
    }
  }

  /** Returns whether the epoch is the best one so far, where there is something to compare. */
  private boolean compare(double watchedLoss, Map<Metric, Double> values) {
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

  /** Returns the batch at hand; its arrays are the same for all batches. */
  private Batch batch() {
    if (batch == null || batch.rows() != batches.rows()) {
      batch =
          Batch.of(batches.rows(), batches.x(), 0, batches.t(), 0)
              .withWeights(batches.weights(), 0);
    }
    return batch;
  }
}
