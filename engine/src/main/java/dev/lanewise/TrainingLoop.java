package dev.lanewise;

import dev.lanewise.data.Batches;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.RowSource;
import dev.lanewise.internal.train.Parameters;
import dev.lanewise.metric.Metric;
import dev.lanewise.model.Plateau;
import dev.lanewise.model.Schedule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Trains over epochs: shuffles, makes batches and steps, follows a schedule, looks at a validation
 * set, stops early, and keeps a history. For use by one thread at a time; the same seed gives the
 * same bits on every machine.
 *
 * <pre>{@code
 * History history =
 *     new TrainingLoop(trainer, data)
 *         .epochs(100)
 *         .batchSize(32)
 *         .validationFraction(0.2)
 *         .metrics(Classification.ACCURACY)
 *         .earlyStopping(new EarlyStopping(10))
 *         .run();
 * }</pre>
 */
public final class TrainingLoop {
  /** What a schedule's time counts. */
  public enum Unit {
    /** Steps. */
    STEP,

    /** Epochs. */
    EPOCH
  }

  /** How often parameters are kept, in case that the next steps diverge. */
  private static final int STEPS_BETWEEN_COPIES = 1_000;

  private final Trainer trainer;
  private RowSource data;
  private RowSource validation;
  private int epochs = 10;
  private int batchSize = 32;
  private long seed;
  private Batches.Rest rest = Batches.Rest.KEPT;
  private Schedule schedule = Schedule.constant();
  private Unit unit = Unit.EPOCH;
  private Plateau plateau;
  private EarlyStopping earlyStopping;
  private List<Metric> metrics = List.of();
  private final List<TrainingCallback> callbacks = new ArrayList<>();

  /**
   * Prepares a loop of 10 epochs with batches of 32 rows.
   *
   * @param trainer what makes the steps
   * @param data what to train on, with as many inputs and targets as the network has inputs and
   *     outputs
   * @throws IllegalArgumentException if their numbers differ
   */
  public TrainingLoop(Trainer trainer, RowSource data) {
    this.trainer = Objects.requireNonNull(trainer, "trainer");
    this.data = fitting("the data to train on", data);
  }

  private RowSource fitting(String what, RowSource rows) {
    int inputs = trainer.network().inputs();
    int outputs = trainer.network().outputs();
    if (rows.inputs() != inputs || rows.targets() != outputs) {
      throw new IllegalArgumentException(
          what
              + " must have "
              + inputs
              + " inputs and "
              + outputs
              + " targets, as many as the network has inputs and outputs, but has "
              + rows.inputs()
              + " and "
              + rows.targets());
    }
    return rows;
  }

  /**
   * Says how often to see every row.
   *
   * @param newEpochs at least 1
   * @return this loop
   * @throws IllegalArgumentException if it is below 1
   */
  public TrainingLoop epochs(int newEpochs) {
    if (newEpochs < 1) {
      throw new IllegalArgumentException("a loop needs at least 1 epoch, not " + newEpochs);
    }
    epochs = newEpochs;
    return this;
  }

  /**
   * Says how many rows a batch has.
   *
   * @param rows at least 1
   * @return this loop
   * @throws IllegalArgumentException if it is below 1
   */
  public TrainingLoop batchSize(int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException("a batch needs at least 1 row, not " + rows);
    }
    batchSize = rows;
    return this;
  }

  /**
   * Says in which orders rows are seen.
   *
   * @param newSeed any number; without this call 0
   * @return this loop
   */
  public TrainingLoop seed(long newSeed) {
    seed = newSeed;
    return this;
  }

  /**
   * Leaves out an epoch's last batch where it has fewer rows than the others.
   *
   * @return this loop
   */
  public TrainingLoop dropLastBatch() {
    rest = Batches.Rest.DROPPED;
    return this;
  }

  /**
   * Looks at other data after each epoch.
   *
   * @param rows what to look at
   * @return this loop
   * @throws IllegalArgumentException if it has other numbers of inputs and targets than the network
   */
  public TrainingLoop validation(RowSource rows) {
    validation = fitting("the data to validate with", rows);
    return this;
  }

  /**
   * Keeps the last rows of the data for validation and does not train on them. Shuffle the data set
   * first where its order means something.
   *
   * @param fraction how much of all rows, above 0 and below 1
   * @return this loop
   * @throws IllegalArgumentException if the fraction is not between 0 and 1, one part would be
   *     empty, or the data is not a {@link Dataset}
   */
  public TrainingLoop validationFraction(double fraction) {
    if (!(data instanceof Dataset dataset)) {
      throw new IllegalArgumentException(
          "only a Dataset can be split: give other data to validate with by validation(...)");
    }
    Dataset.Split split = dataset.split(fraction);
    data = split.train();
    validation = split.test();
    return this;
  }

  /**
   * Computes metrics after each epoch, of the validation set or, without one, of the training set.
   *
   * @param newMetrics which ones
   * @return this loop
   */
  public TrainingLoop metrics(Metric... newMetrics) {
    metrics = List.of(newMetrics);
    return this;
  }

  /**
   * Changes the learning rate as training goes, from the rate that the trainer has when the loop
   * starts.
   *
   * @param newSchedule how
   * @param newUnit what its time counts
   * @return this loop
   */
  public TrainingLoop schedule(Schedule newSchedule, Unit newUnit) {
    schedule = Objects.requireNonNull(newSchedule, "schedule");
    unit = Objects.requireNonNull(newUnit, "unit");
    return this;
  }

  /**
   * Lowers the learning rate where the loss does not get better any more: that of the validation
   * set, or of the training without one. A schedule multiplies the lowered rate.
   *
   * @param newPlateau when and by how much
   * @return this loop
   */
  public TrainingLoop plateau(Plateau newPlateau) {
    plateau = Objects.requireNonNull(newPlateau, "plateau");
    return this;
  }

  /**
   * Stops when nothing gets better, and restores the best parameters at the end.
   *
   * @param newEarlyStopping when
   * @return this loop
   */
  public TrainingLoop earlyStopping(EarlyStopping newEarlyStopping) {
    earlyStopping = Objects.requireNonNull(newEarlyStopping, "early stopping");
    return this;
  }

  /**
   * Tells somebody how it goes.
   *
   * @param callback who
   * @return this loop
   */
  public TrainingLoop callback(TrainingCallback callback) {
    callbacks.add(Objects.requireNonNull(callback, "callback"));
    return this;
  }

  /**
   * Trains.
   *
   * @return what happened
   * @throws DivergenceException if a loss is infinite or not a number; the network then has
   *     parameters with which the loss was finite, at most {@value #STEPS_BETWEEN_COPIES} steps old
   * @throws IllegalArgumentException if early stopping watches a metric that is not among the
   *     loop's, or a batch norm learns and a batch has one row
   */
  public History run() {
    if (earlyStopping != null
        && earlyStopping.metric() != null
        && !metrics.contains(earlyStopping.metric())) {
      throw new IllegalArgumentException(
          "early stopping watches "
              + earlyStopping.metric().label()
              + ", which is not among the metrics: add it by metrics(...)");
    }
    return new Run().run();
  }

  /** One run, with what it has seen so far. */
  private final class Run {
    private final Batches batches = new Batches(data, batchSize, seed, rest);
    private final Evaluation evaluation =
        new Evaluation(trainer, validation == null ? data : validation);
    private final Parameters parameters = trainer.network().sharedParameters();
    private final List<History.Epoch> seen = new ArrayList<>();
    private final double base = trainer.optimizer().learningRate();
    private Parameters good = parameters.copy();
    private Parameters next = parameters.copy();
    private Parameters best;
    private double bestValue = Double.NaN;
    private int bestEpoch;
    private Plateau.State plateauState = plateau == null ? null : plateau.start();
    private long steps;
    private boolean asked;

    History run() {
      History.End end = History.End.DONE;
      for (int epoch = 1; epoch <= epochs && end == History.End.DONE; epoch++) {
        long start = System.nanoTime();
        double loss = train(epoch);
        if (asked) {
          end = History.End.ASKED;
          break;
        }
        add(epoch, loss, start);
        if (earlyStopping != null && epoch - bestEpoch >= earlyStopping.patience()) {
          end = History.End.NO_IMPROVEMENT;
        }
        for (TrainingCallback callback : callbacks) {
          if (!callback.afterEpoch(history(History.End.NOT_YET))) {
            end = History.End.ASKED;
          }
        }
      }
      if (best != null) {
        parameters.set(best);
      }
      History history = history(end);
      callbacks.forEach(callback -> callback.atEnd(history));
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
        trainer.setLearningRate(rate(unit == Unit.STEP ? steps : epoch - 1L));
        double loss = step();
        sum += trainer.sumsLoss() ? loss : loss * batches.rows();
        total += batches.rows();
        for (TrainingCallback callback : callbacks) {
          asked |= !callback.afterStep(steps, batches.rows(), loss);
        }
      }
      return trainer.sumsLoss() ? sum : sum / total;
    }

    private float rate(long t) {
      double from = plateau == null ? base : plateau.rate(base, plateauState);
      return (float) schedule.rate(from, t);
    }

    private double step() {
      boolean copied = steps % STEPS_BETWEEN_COPIES == 0;
      if (copied) {
        next.set(parameters);
      }
      double loss;
      try {
        loss = trainer.step(batches.rows(), batches.x(), 0, batches.t(), 0, batches.weights(), 0);
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
      double validationLoss = validation == null ? Double.NaN : evaluation.loss();
      Map<Metric, Double> values = Collections.unmodifiableMap(evaluation.metrics(metrics));
      double watchedLoss = validation == null ? loss : validationLoss;
      if (plateau != null) {
        plateauState = plateau.next(plateauState, watchedLoss);
      }
      if (earlyStopping == null) {
        bestEpoch = epoch;
      } else {
        Metric metric = earlyStopping.metric();
        double value = metric == null ? watchedLoss : values.get(metric);
        if (epoch == 1 || earlyStopping.isBetter(value, bestValue)) {
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
  }
}
