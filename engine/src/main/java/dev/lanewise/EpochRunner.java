package dev.lanewise;

import dev.lanewise.data.Batches;
import dev.lanewise.internal.train.Parameters;
import dev.lanewise.metric.Metric;
import dev.lanewise.model.Plateau;
import java.util.ArrayList;
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
  private final List<History.Epoch> seen = new ArrayList<>();
  private final double base;

  private Batch batch;
  private Parameters good;
  private Parameters next;
  private Parameters best;
  private double bestValue = Double.NaN;
  private int bestEpoch;
  private Plateau.State plateauState;
  private long steps;
  private boolean asked;

  EpochRunner(TrainingLoop loop) {
    this.loop = loop;
    this.trainer = loop.trainer;
    this.batches = new Batches(loop.data, loop.batchSize, loop.seed, loop.rest);
    this.evaluation =
        new Evaluation(trainer, loop.validation == null ? loop.data : loop.validation);
    this.parameters = trainer.network().sharedParameters();
    this.base = trainer.optimizer().learningRate();
    this.good = parameters.copy();
    this.next = parameters.copy();
    this.plateauState = loop.plateau == null ? null : loop.plateau.start();
  }

  History run() {
    History.End end = History.End.DONE;
    for (int epoch = 1; epoch <= loop.epochs && end == History.End.DONE; epoch++) {
      long start = System.nanoTime();
      double loss = train(epoch);
      if (asked) {
        end = History.End.ASKED;
        break;
      }
      add(epoch, loss, start);
      if (loop.earlyStopping != null && epoch - bestEpoch >= loop.earlyStopping.patience()) {
        end = History.End.NO_IMPROVEMENT;
      }
      for (TrainingCallback callback : loop.callbacks) {
        if (!callback.afterEpoch(history(History.End.NOT_YET))) {
          end = History.End.ASKED;
        }
      }
    }
    if (best != null) {
      parameters.set(best);
    }
    History history = history(end);
    loop.callbacks.forEach(callback -> callback.atEnd(history));
    return history;
  }

  private History history(History.End end) {
    return new History(List.copyOf(seen), bestEpoch, end);
  }

  /** Trains for an epoch, and returns its loss. */
  private double train(int epoch) {
    batches.shuffle(epoch - 1L);
    double sum = 0;
    double total = 0;
    while (!asked && batches.next()) {
      trainer.setLearningRate(rate(loop.unit == TrainingLoop.Unit.STEP ? steps : epoch - 1L));
      double loss = step();
      sum += trainer.sumsLoss() ? loss : loss * batches.rows();
      total += batches.rows();
      for (TrainingCallback callback : loop.callbacks) {
        asked |= !callback.afterStep(steps, batches.rows(), loss);
      }
    }
    return trainer.sumsLoss() ? sum : sum / total;
  }

  private float rate(long t) {
    double from = loop.plateau == null ? base : loop.plateau.rate(base, plateauState);
    return (float) loop.schedule.rate(from, t);
  }

  private double step() {
    boolean copied = steps % TrainingLoop.STEPS_BETWEEN_COPIES == 0;
    if (copied) {
      next.set(parameters);
    }
    double loss;
    try {
      loss = trainer.step(batch());
    } catch (DivergenceException e) {
      parameters.set(good);
      throw e;
    }
    if (copied) {
      // Only now is the loss with these parameters known to be finite.
      Parameters older = good;
      good = next;
      next = older;
    }
    steps++;
    return loss;
  }

  private void add(int epoch, double loss, long start) {
    double validationLoss = loop.validation == null ? Double.NaN : evaluation.loss();
    Map<Metric, Double> values = Collections.unmodifiableMap(evaluation.metrics(loop.metrics));
    double watchedLoss = loop.validation == null ? loss : validationLoss;
    if (loop.plateau != null) {
      plateauState = loop.plateau.next(plateauState, watchedLoss);
    }
    if (loop.earlyStopping == null) {
      bestEpoch = epoch;
    } else {
      Metric metric = loop.earlyStopping.metric();
      double value = metric == null ? watchedLoss : values.get(metric);
      if (epoch == 1 || loop.earlyStopping.isBetter(value, bestValue)) {
        bestValue = value;
        bestEpoch = epoch;
        keepBest();
      }
    }
    float rate = trainer.optimizer().learningRate();
    double seconds = (System.nanoTime() - start) / 1e9;
    seen.add(new History.Epoch(epoch, steps, rate, loss, validationLoss, values, seconds));
  }

  private void keepBest() {
    if (best == null) {
      best = parameters.copy();
    } else {
      best.set(parameters);
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
