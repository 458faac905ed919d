package dev.lanewise.loop;

import dev.lanewise.DivergenceException;
import dev.lanewise.Network;
import dev.lanewise.SavedNetwork;
import dev.lanewise.Trainer;
import dev.lanewise.data.Batches;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.RowSource;
import dev.lanewise.metric.Metric;
import dev.lanewise.model.Plateau;
import dev.lanewise.model.Schedule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Trains over epochs: shuffles, makes batches and steps, follows a schedule, looks at a validation
 * set, stops early, and keeps a history. For use by one thread at a time; the same seed gives the
 * same bits on every machine.
 *
 * <p>Where rows have weights, a batch whose weights are all 0 counts as a step, so that schedules
 * and checkpoints do not depend on the order of rows, but updates nothing; so does one in which
 * weights of 0 leave a single row for a batch norm, which needs two.
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
  private final Trainer trainer;
  private RowSource data;
  private RowSource validation;
  private int epochs = 10;
  private int batchSize = 32;
  private long seed;
  private Batches.LastBatch last = Batches.LastBatch.KEEP;
  private Schedule schedule = Schedule.constant();
  private Schedule.Unit unit = Schedule.Unit.EPOCH;
  private Plateau plateau;
  private EarlyStopping earlyStopping;
  private List<Metric> metrics = List.of();
  private final List<TrainingCallback> callbacks = new ArrayList<>();
  private CheckpointDirectory checkpoints;
  private int everySteps;
  private int keepLast;
  private Map<String, String> metadata = Map.of();

  /**
   * Prepares a loop of 10 epochs with batches of 32 rows.
   *
   * @param trainer makes the steps
   * @param data the rows to train on, with as many inputs and targets as the network has inputs and
   *     outputs
   * @throws IllegalArgumentException if their numbers differ
   */
  public TrainingLoop(Trainer trainer, RowSource data) {
    this.trainer = Objects.requireNonNull(trainer, "trainer");
    this.data = fitting("the data to train on", data);
  }

  /**
   * Returns what makes the steps.
   *
   * @return the trainer, with the network that is trained
   */
  public Trainer trainer() {
    return trainer;
  }

  private RowSource fitting(String what, RowSource rows) {
    int inputs = trainer.network().inputs();
    int outputs = trainer.network().outputs();
    if (rows.inputs() != inputs || rows.outputs() != outputs) {
      throw new IllegalArgumentException(
          what
              + " must have "
              + inputs
              + " inputs and "
              + outputs
              + " targets, as many as the network has inputs and outputs, but has "
              + rows.inputs()
              + " and "
              + rows.outputs());
    }
    return rows;
  }

  /**
   * Sets the number of epochs.
   *
   * @param newEpochs how many, at least 1
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
   * Sets the size of a batch.
   *
   * @param rows how many rows it has, at least 1
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
   * Sets the seed of the orders in which rows are taken.
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
    last = Batches.LastBatch.DROP;
    return this;
  }

  /**
   * Computes the loss of a validation set after each epoch.
   *
   * @param rows the validation set
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
   * @param newMetrics the metrics
   * @return this loop
   */
  public TrainingLoop metrics(Metric... newMetrics) {
    metrics = List.of(newMetrics);
    return this;
  }

  /**
   * Changes the learning rate as training goes, from the rate that the trainer has when the loop
   * starts. It has that rate again when the loop ends, so that another one starts from the same.
   *
   * @param newSchedule the rates
   * @param newUnit what its time counts
   * @return this loop
   */
  public TrainingLoop schedule(Schedule newSchedule, Schedule.Unit newUnit) {
    schedule = Objects.requireNonNull(newSchedule, "schedule");
    unit = Objects.requireNonNull(newUnit, "unit");
    return this;
  }

  /**
   * Lowers the learning rate where the loss does not get better any more: that of the validation
   * set, or of the training without one. A schedule multiplies the lowered rate.
   *
   * @param newPlateau its patience and factor
   * @return this loop
   */
  public TrainingLoop plateau(Plateau newPlateau) {
    plateau = Objects.requireNonNull(newPlateau, "plateau");
    return this;
  }

  /**
   * Stops when nothing gets better, and restores the best parameters at the end.
   *
   * @param newEarlyStopping its patience, and what it watches
   * @return this loop
   */
  public TrainingLoop earlyStopping(EarlyStopping newEarlyStopping) {
    earlyStopping = Objects.requireNonNull(newEarlyStopping, "early stopping");
    return this;
  }

  /**
   * Calls back after each step and epoch, and at the end.
   *
   * @param callback what to call
   * @return this loop
   */
  public TrainingLoop callback(TrainingCallback callback) {
    callbacks.add(Objects.requireNonNull(callback, "callback"));
    return this;
  }

  /**
   * Writes checkpoints, from each of which {@link #resume} goes on with the same bits as if
   * training had never been interrupted: {@code step-000001234.lanewise} every so many steps and
   * when the loop ends, and {@code best.lanewise} whenever an epoch is the best one so far by what
   * early stopping watches or, without it, by the loss of the validation set. Each is a whole file
   * at any moment, also if the process is killed; {@link Network#load} reads the network in it.
   *
   * @param directory where to, for this run alone; made if it is not there
   * @param steps how many steps lie between two; 0 to write one only if a callback ends the loop,
   *     and to make the directory only then
   * @param last how many of the last ones are kept, at least 1
   * @return this loop
   * @throws IllegalArgumentException if {@code steps} is below 0 or {@code last} below 1
   */
  public TrainingLoop checkpoints(Path directory, int steps, int last) {
    if (steps < 0 || last < 1) {
      throw new IllegalArgumentException(
          "checkpoints are written every 0 or more steps, and the last 1 or more kept, but not "
              + steps
              + " and "
              + last);
    }
    checkpoints = new CheckpointDirectory(directory.toAbsolutePath().normalize());
    everySteps = steps;
    keepLast = last;
    return this;
  }

  /**
   * Says what else checkpoints hold.
   *
   * @param texts any texts by any names, copied; see {@link SavedNetwork}
   * @return this loop
   */
  public TrainingLoop metadata(Map<String, String> texts) {
    metadata = Map.copyOf(texts);
    return this;
  }

  /**
   * Trains.
   *
   * @return the history
   * @throws DivergenceException if a loss is infinite or not a number, or the last step leaves such
   *     a loss or parameter; the network then has the parameters of the best epoch with early
   *     stopping, else such with which the loss was finite, at most 1,000 steps old
   * @throws IllegalArgumentException if early stopping watches a metric that is not among the
   *     loop's, a batch norm learns and a batch has one row, a target is none for the loss, a
   *     number to validate with is not finite, or all rows have the weight 0
   * @throws IllegalStateException if the directory for checkpoints has some of an earlier run
   * @throws UncheckedIOException if a checkpoint cannot be written, or another training that is
   *     under way writes to the directory for checkpoints
   */
  public History run() {
    LoopOptions options = options();
    try (CheckpointDirectory directory = checkpoints) {
      prepare(directory);
      if (directory != null && !directory.newestFirst().isEmpty()) {
        throw new IllegalStateException(
            directory.directory()
                + " has checkpoints of an earlier run: go on from them with resume(...), name"
                + " another directory, or empty it");
      }
      return new EpochRunner(options, new RunState(options)).run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Goes on from a checkpoint, and gives the same bits as if training had never been interrupted.
   * Trainer and loop must have been prepared as they were then, on whatever backend and number of
   * threads: what is not in the file is compared with it as far as it has words (of a loss or
   * schedule of your own only that it is one). The number of epochs may be another one, and the
   * learning rate that schedules start from is the file's. A metric, loss or callback that keeps
   * something starts without it.
   *
   * @param from a checkpoint, or a directory, whose newest one is taken; one that is damaged is
   *     passed over with a warning. Where it is the directory of {@link #checkpoints} and has none
   *     yet, training starts from the beginning.
   * @return the history, epochs before the interruption among it
   * @throws java.nio.file.NoSuchFileException if there is no such file, or no checkpoint in the
   *     directory
   * @throws dev.lanewise.io.FileException if no checkpoint there can be read
   * @throws IOException if reading fails, or another training that is under way writes to the
   *     directory for checkpoints
   * @throws DivergenceException as {@link #run} does
   * @throws IllegalArgumentException as {@link #run} does, or if the checkpoint is of another
   *     network, loss, optimizer, schedule or data; nothing is changed then
   * @throws UncheckedIOException if a checkpoint cannot be written
   */
  public History resume(Path from) throws IOException {
    LoopOptions options = options();
    try (CheckpointDirectory ours = checkpoints) {
      prepare(ours);
      Path absolute = from.toAbsolutePath().normalize();
      CheckpointDirectory directory = new CheckpointDirectory(absolute);
      boolean same = ours != null && absolute.equals(ours.directory());
      if (same && directory.newestFirst().isEmpty()) {
        return new EpochRunner(options, new RunState(options)).run();
      }
      Checkpoint checkpoint =
          Files.isDirectory(from)
              ? Checkpoint.newest(directory, options)
              : Checkpoint.read(from, options);
      return new EpochRunner(options, checkpoint.restore(trainer)).run();
    }
  }

  /** Another training may have the directory: that is told before any time is spent. */
  private void prepare(CheckpointDirectory directory) throws IOException {
    if (directory != null && everySteps > 0) {
      directory.prepare();
    } else if (directory != null) {
      directory.reserve();
    }
  }

  private LoopOptions options() {
    if (earlyStopping != null
        && earlyStopping.metric() != null
        && !metrics.contains(earlyStopping.metric())) {
      throw new IllegalArgumentException(
          "early stopping watches "
              + earlyStopping.metric().label()
              + ", which is not among the metrics: add it by metrics(...)");
    }
    return new LoopOptions(
        trainer,
        data,
        validation,
        epochs,
        batchSize,
        seed,
        last,
        schedule,
        unit,
        plateau,
        earlyStopping,
        metrics,
        callbacks,
        metadata,
        checkpoints,
        everySteps,
        keepLast);
  }
}
