package dev.lanewise;

import dev.lanewise.data.Batches;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.RowSource;
import dev.lanewise.metric.Metric;
import dev.lanewise.model.Plateau;
import dev.lanewise.model.Schedule;
import java.util.ArrayList;
import java.util.List;
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
  static final int STEPS_BETWEEN_COPIES = 1_000;

  final Trainer trainer;
  RowSource data;
  RowSource validation;
  int epochs = 10;
  int batchSize = 32;
  long seed;
  Batches.Rest rest = Batches.Rest.KEPT;
  Schedule schedule = Schedule.constant();
  Unit unit = Unit.EPOCH;
  Plateau plateau;
  EarlyStopping earlyStopping;
  List<Metric> metrics = List.of();
  final List<TrainingCallback> callbacks = new ArrayList<>();

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
    return new EpochRunner(this).run();
  }
}
