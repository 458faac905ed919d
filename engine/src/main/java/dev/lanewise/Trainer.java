package dev.lanewise;

import dev.lanewise.data.Batches;
import dev.lanewise.data.RowSource;
import dev.lanewise.internal.backend.Settings;
import dev.lanewise.internal.train.CountedRows;
import dev.lanewise.internal.train.Parameters;
import dev.lanewise.internal.train.RefusedRow;
import dev.lanewise.internal.train.Step;
import dev.lanewise.internal.train.Updater;
import dev.lanewise.internal.warmup.Dispatch;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Optimizer;
import dev.lanewise.model.TrainingOptions;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Trains a network: each {@link #step} takes a batch forward, compares it with the targets, takes
 * the gradient back and updates the parameters. A step allocates nothing once one of as many rows
 * has been made, and gives the same bits for any number of threads.
 *
 * <p>A trainer belongs to one thread at a time; a second one that enters gets a {@link
 * ConcurrentModificationException}, and so does a trainer whose network another one updates. To
 * predict while training goes on, publish copies, see {@link Network}. A step that throws leaves
 * the network as it was. Where a trainer has more than one thread, {@link #close} ends them; they
 * are daemons, and also end when the trainer is garbage.
 *
 * <pre>{@code
 * Trainer trainer = new Trainer(network, Loss.SOFTMAX_CROSS_ENTROPY, new Sgd(0.1f));
 * for (int step = 0; step < steps; step++) {
 *   double loss = trainer.step(inputs, targets);
 * }
 * }</pre>
 */
public final class Trainer implements AutoCloseable {
  private final Network network;
  private final TrainingOptions options;
  private final Dispatch kernels;
  private final Step step;
  private final AtomicBoolean busy = new AtomicBoolean();

  private Optimizer optimizer;
  private float learningRate;

  /**
   * Makes a trainer with as many threads as the system property {@code lanewise.threads} says, by
   * default 1.
   *
   * @param network the network to train
   * @param loss the loss to minimise
   * @param optimizer how gradients change the parameters
   * @throws IllegalArgumentException if the loss makes no sense of what the last layer gives, or a
   *     system property of Lanewise has an unknown value
   */
  public Trainer(Network network, Loss loss, Optimizer optimizer) {
    this(network, TrainingOptions.of(loss, optimizer), Settings.read().threads());
  }

  /**
   * Makes a trainer.
   *
   * @param network the network to train
   * @param loss the loss to minimise
   * @param optimizer how gradients change the parameters
   * @param threads how many threads share the work, the caller's among them; at least 1
   * @throws IllegalArgumentException if {@code threads} is below 1, or the loss makes no sense of
   *     what the last layer gives
   */
  public Trainer(Network network, Loss loss, Optimizer optimizer, int threads) {
    this(network, TrainingOptions.of(loss, optimizer), threads);
  }

  /**
   * Makes a trainer with as many threads as the system property {@code lanewise.threads} says, by
   * default 1.
   *
   * @param network the network to train
   * @param options loss, optimizer and what goes beyond them
   * @throws IllegalArgumentException if the options name a layer that the network has not, the loss
   *     makes no sense of what the last layer gives, or a system property of Lanewise has an
   *     unknown value
   */
  public Trainer(Network network, TrainingOptions options) {
    this(network, options, Settings.read().threads());
  }

  /**
   * Makes a trainer.
   *
   * @param network the network to train
   * @param options loss, optimizer and what goes beyond them
   * @param threads how many threads share the work, the caller's among them; at least 1
   * @throws IllegalArgumentException if {@code threads} is below 1, the options name a layer that
   *     the network has not, or the loss makes no sense of what the last layer gives
   */
  public Trainer(Network network, TrainingOptions options, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, but was " + threads);
    }
    this.network = Objects.requireNonNull(network, "network");
    this.options = options;
    this.optimizer = options.optimizer();
    this.learningRate = optimizer.learningRate();
    LastLayer.require(network.layers(), options.loss());
    this.kernels = network.backend().dispatch();
    this.step = new Step(network.sharedParameters(), options, kernels, threads);
  }

  /**
   * Makes one training step.
   *
   * @param x {@code rows x inputs}
   * @param targets {@code rows x outputs}
   * @return the loss before the update
   * @throws DivergenceException if that loss is infinite or not a number; nothing is changed then
   * @throws IllegalArgumentException if {@code x} is not a positive multiple of the inputs long,
   *     {@code targets} does not fit it, or a target is none for the loss
   * @throws ConcurrentModificationException if another thread is using this trainer
   */
  public double step(float[] x, float[] targets) {
    int rows = rows(x, targets);
    enter();
    try {
      step.rows().take(rows, x, 0, targets, 0);
      return finite(step.train(learningRate));
    } finally {
      leave();
    }
  }

  private int rows(float[] x, float[] targets) {
    int rows = Shapes.rows("x", x, network.inputs());
    if (Shapes.rows("targets", targets, network.outputs()) != rows) {
      throw new IllegalArgumentException(
          "x holds "
              + rows
              + " rows of "
              + network.inputs()
              + ", so targets must hold "
              + rows
              + " x "
              + network.outputs()
              + " numbers, but holds "
              + targets.length);
    }
    return rows;
  }

  /**
   * Makes one training step with a part of larger arrays.
   *
   * @param rows how many rows, at least 1
   * @param x {@code rows x inputs}
   * @param xOffset where they start
   * @param targets {@code rows x outputs}
   * @param targetsOffset where they start
   * @return the loss before the update
   * @throws DivergenceException if that loss is infinite or not a number; nothing is changed then
   * @throws IllegalArgumentException if {@code rows} is below 1, an array is too short, a target is
   *     none for the loss, or there is one row and a batch norm to learn
   * @throws ConcurrentModificationException if another thread is using this trainer
   */
  public double step(int rows, float[] x, int xOffset, float[] targets, int targetsOffset) {
    Shapes.check("x", rows, network.inputs(), x, xOffset);
    Shapes.check("targets", rows, network.outputs(), targets, targetsOffset);
    enter();
    try {
      step.rows().take(rows, x, xOffset, targets, targetsOffset);
      return finite(step.train(learningRate));
    } finally {
      leave();
    }
  }

  /**
   * Makes one training step with rows that may have weights, classes for targets, or be given
   * sparsely.
   *
   * <p>With sparse rows the first layer takes time proportional to the pairs named, and its update
   * is lazy: only the rows of its weights change whose column is named, so that where an optimizer
   * has momentum or other state, or there is a penalty or decay, the other rows and their state
   * stand still, as with PyTorch's {@code SparseAdam}. With finite numbers and without penalty or
   * decay, a step of plain SGD gives the same bits as the same rows given densely, and so does the
   * first step of any optimizer. With a limit on the norm or accumulation over steps the gradient
   * is whole, zeros included, and every update is as for those rows.
   *
   * @param batch the rows
   * @return the loss before the update, a weighted mean where rows have weights
   * @throws DivergenceException if that loss is infinite or not a number; nothing is changed then
   * @throws IllegalArgumentException if the batch has no row or one of its arrays is too short, a
   *     class, target or weight is out of range, classes are given and the loss is not softmax
   *     cross-entropy, there is one row and a batch norm to learn, or rows are given sparsely and
   *     have other columns than the network inputs, the first layer is not dense, or a residual
   *     layer adds the network's inputs
   * @throws ConcurrentModificationException if another thread is using this trainer
   */
  public double step(Batch batch) {
    batch.check(network);
    enter();
    try {
      batch.putInto(step.rows());
      return finite(step.train(learningRate));
    } finally {
      leave();
    }
  }

  /**
   * Computes the loss as predictions have it, and changes nothing: dropout drops nothing, batch
   * norms use their running mean and variance.
   *
   * @param x {@code rows x inputs}
   * @param targets {@code rows x outputs}
   * @return the loss
   * @throws IllegalArgumentException if {@code x} is not a positive multiple of the inputs long,
   *     {@code targets} does not fit it, or a target is none for the loss
   * @throws ConcurrentModificationException if another thread is using this trainer
   */
  public double loss(float[] x, float[] targets) {
    return loss(Batch.of(rows(x, targets), x, 0, targets, 0));
  }

  /**
   * Computes the loss of a part of larger arrays as predictions have it, and changes nothing.
   *
   * @param rows how many rows, at least 1
   * @param x {@code rows x inputs}
   * @param xOffset where they start
   * @param targets {@code rows x outputs}
   * @param targetsOffset where they start
   * @return the loss
   * @throws IllegalArgumentException if {@code rows} is below 1, or an array is too short
   * @throws ConcurrentModificationException if another thread is using this trainer
   */
  public double loss(int rows, float[] x, int xOffset, float[] targets, int targetsOffset) {
    return loss(Batch.of(rows, x, xOffset, targets, targetsOffset));
  }

  /**
   * Computes the loss of a batch as predictions have it, and changes nothing.
   *
   * @param batch the rows
   * @return the loss, a weighted mean where rows have weights
   * @throws IllegalArgumentException as {@link #step(Batch)} does, but for a batch norm and one row
   * @throws ConcurrentModificationException if another thread is using this trainer
   */
  public double loss(Batch batch) {
    batch.check(network);
    enter();
    try {
      batch.putInto(step.rows());
      return step.predictionLoss();
    } finally {
      leave();
    }
  }

  /**
   * Computes the loss of a data set as predictions have it, and changes nothing.
   *
   * @param data the rows
   * @return the loss: the mean over all rows, weighted where rows or classes have weights, or the
   *     sum for a loss that is one
   * @throws IllegalArgumentException if the data have other numbers of inputs and targets than the
   *     network inputs and outputs, a target is none for the loss, or all rows have the weight 0
   * @throws ConcurrentModificationException if another thread is using this trainer
   */
  public double loss(RowSource data) {
    Shapes.check("the data", network.inputs(), network.outputs(), data);
    Batches batches = Batches.inOrder(data);
    double sum = 0;
    double total = 0;
    while (batches.next()) {
      try {
        Batch batch = Batch.of(batches);
        double weight = counted(batch).weight();
        if (weight > 0) {
          double part = loss(batch);
          sum += options.loss().isSum() ? part : part * weight;
          total += weight;
        }
      } catch (RefusedRow e) {
        throw e.at(batches.row(e.row()));
      }
    }
    if (total == 0) {
      throw new IllegalArgumentException(
          "all " + data.rows() + " rows have the weight 0: give some of them a weight");
    }
    return options.loss().isSum() ? sum : sum / total;
  }

  private double finite(double loss) {
    if (!Double.isFinite(loss)) {
      String number = step.rows().notFinite(0);
      throw number == null ? diverged(loss) : diverged(loss).because(number);
    }
    return loss;
  }

  private DivergenceException diverged(double loss) {
    return DivergenceException.ofLoss(
        loss, step.updater().passes(), step.firstLayerNotFinite(), learningRate);
  }

  /** Returns the rows of a batch that count, until the next step or loss. */
  private CountedRows counted(Batch batch) {
    batch.check(network);
    batch.putInto(step.rows());
    return step.rows();
  }

  /**
   * Returns how much a batch counts beside others in a mean of their losses.
   *
   * @param batch the rows
   * @return the sum over its rows of their weights, times those of their classes where the loss has
   *     some; 0 where a step cannot learn from it, as no row counts, or a batch norm would have to
   *     learn from the only row that does
   * @throws IllegalArgumentException as {@link #step(Batch)} does for a batch that does not fit
   * @throws ConcurrentModificationException if another thread is using this trainer
   */
  public double weight(Batch batch) {
    enter();
    try {
      double weight = counted(batch).weight();
      return step.canLearn() ? weight : 0;
    } finally {
      leave();
    }
  }

  /**
   * Looks whether training has diverged with the step before, as the next step would: for the last
   * one, which no other follows. Changes nothing.
   *
   * @param batch rows that the trainer has learned from; null to look at the parameters alone
   * @throws DivergenceException if a parameter, or the loss of these rows, is not finite
   * @throws ConcurrentModificationException if another thread is using this trainer
   */
  public void requireFinite(Batch batch) {
    enter();
    try {
      int layer = network.sharedParameters().firstLayerNotFinite();
      if (layer >= 0) {
        throw DivergenceException.ofParameters(step.updater().passes(), layer, learningRate);
      }
      if (batch != null) {
        batch.putInto(step.rows());
        double value = step.trainingLoss();
        if (!Double.isFinite(value)) {
          throw diverged(value);
        }
      }
    } finally {
      leave();
    }
  }

  /**
   * Makes the first half of a step whose gradient the caller computes: takes rows forward.
   *
   * @param rows how many rows, at least 1
   * @param x {@code rows x inputs}, which must not be changed before {@link #backward}
   * @param xOffset where they start
   * @param y {@code rows x outputs}, which are overwritten
   * @param yOffset where they start
   * @throws IllegalArgumentException if {@code rows} is below 1, an array is too short, the two
   *     overlap, or there is one row and a batch norm to learn
   * @throws ConcurrentModificationException if another thread is using this trainer
   */
  public void forward(int rows, float[] x, int xOffset, float[] y, int yOffset) {
    Shapes.check("x", rows, network.inputs(), x, xOffset);
    Shapes.check("y", rows, network.outputs(), y, yOffset);
    if (Shapes.overlap(rows, x, xOffset, network.inputs(), y, yOffset, network.outputs())) {
      throw new IllegalArgumentException(
          "y overlaps x, which backward needs as it is: give y an array or a part of its own");
    }
    enter();
    try {
      step.forward(rows, x, xOffset, y, yOffset);
    } finally {
      leave();
    }
  }

  /**
   * Makes the second half of a step whose gradient the caller computed: takes it back and updates
   * the parameters. The trainer's own loss is not used.
   *
   * @param dy {@code rows x outputs}: the gradients of what {@link #forward} gave
   * @param dyOffset where they start
   * @throws IllegalStateException if there was no {@link #forward} since the last update
   * @throws IllegalArgumentException if the array is too short
   * @throws ConcurrentModificationException if another thread is using this trainer
   */
  public void backward(float[] dy, int dyOffset) {
    enter();
    try {
      if (step.pending() == 0) {
        throw new IllegalStateException("backward needs a forward before it, once for each update");
      }
      Shapes.check("dy", step.pending(), network.outputs(), dy, dyOffset);
      step.backward(dy, dyOffset, learningRate);
    } finally {
      leave();
    }
  }

  /**
   * Returns what is trained.
   *
   * @return the network
   */
  public Network network() {
    return network;
  }

  /**
   * Returns how the network is trained.
   *
   * @return the options that the trainer was made with
   */
  public TrainingOptions options() {
    return options;
  }

  /**
   * Returns what the trainer knows between two steps beside parameters and buffers, to go on later.
   *
   * @return a copy
   * @throws ConcurrentModificationException if another thread is using this trainer
   */
  public TrainerState state() {
    enter();
    try {
      Updater updates = step.updater();
      Parameters parameters = network.sharedParameters();
      List<float[]> blocks = new ArrayList<>();
      for (int b = 0; b < updates.stateBlocks(); b++) {
        blocks.add(parameters.unpadded(updates.stateBlock(b)));
      }
      int accumulated = updates.accumulated();
      float[] gradients =
          accumulated == 0 ? new float[0] : parameters.unpadded(updates.gradients());
      return new TrainerState(
          learningRate, updates.passes(), updates.steps(), accumulated, blocks, gradients);
    } finally {
      leave();
    }
  }

  /**
   * Takes over what another trainer knew.
   *
   * @param state what {@link #state} of a trainer gave whose network has the same layers, and whose
   *     options are the same
   * @throws IllegalArgumentException if it does not fit this trainer; nothing is changed then
   * @throws ConcurrentModificationException if another thread is using this trainer
   */
  public void restore(TrainerState state) {
    enter();
    try {
      requireFits(state);
      float[] gradients = state.accumulated() == 0 ? null : state.gradients();
      float[][] blocks = state.blocks().toArray(float[][]::new);
      step.updater()
          .restore(state.steps(), state.accumulated(), gradients, state.updates(), blocks);
      learningRate = state.learningRate();
    } finally {
      leave();
    }
  }

  private void requireFits(TrainerState state) {
    int count = network.parameterCount();
    int blocks = step.updater().stateBlocks();
    boolean fits =
        state.blocks().size() == blocks
            && state.blocks().stream().allMatch(block -> block.length == count)
            && state.accumulated() < options.accumulation()
            && state.gradients().length == (state.accumulated() == 0 ? 0 : count);
    if (!fits) {
      throw new IllegalArgumentException(
          "the state is of another trainer: "
              + optimizer()
              + " needs "
              + blocks
              + " blocks of "
              + count
              + " numbers, and gradients of fewer than "
              + options.accumulation()
              + " steps");
    }
  }

  /**
   * Returns how the parameters are updated.
   *
   * @return the optimizer, with the learning rate of the next step
   */
  public Optimizer optimizer() {
    if (optimizer.learningRate() != learningRate) {
      optimizer = optimizer.withLearningRate(learningRate);
    }
    return optimizer;
  }

  /**
   * Sets the learning rate of the steps to come.
   *
   * @param newLearningRate a finite number, at least 0
   * @throws IllegalArgumentException if it is negative, infinite or not a number
   * @throws ConcurrentModificationException if another thread is using this trainer
   */
  public void setLearningRate(float newLearningRate) {
    enter();
    try {
      if (!(newLearningRate >= 0 && newLearningRate < Float.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "learning rate must be a finite number of at least 0, but was " + newLearningRate);
      }
      learningRate = newLearningRate;
    } finally {
      leave();
    }
  }

  /**
   * Says how many rows are to come. Changes no result: with {@link Backend#AUTO} steps run on
   * vectors from the next one on where that will pay, else on plain loops until so many rows are
   * learnt. A {@link dev.lanewise.loop.TrainingLoop} says it by itself.
   *
   * @param rows how many rows of training, each counted as often as it is learnt from
   * @throws IllegalArgumentException if {@code rows} is negative
   */
  public void expect(long rows) {
    if (rows < 0) {
      throw new IllegalArgumentException("rows must not be negative, but was " + rows);
    }
    // Forward, gradient of the inputs, gradient of the weights.
    network.backend().expect(3.0 * network.parameterCount() * rows);
  }

  /**
   * Tells what training steps really run on.
   *
   * @return backend, vector width, threads and so on
   */
  public BackendInfo backendInfo() {
    return BackendInfo.of(network.backend(), kernels, step.threads());
  }

  /**
   * Returns what the trainer does, in one line.
   *
   * @return the shape of the network, the options, the learning rate of the next step, how many
   *     steps were made, and what they run on
   */
  @Override
  public String toString() {
    return "trainer of "
        + network.inputs()
        + " -> "
        + network.outputs()
        + ": "
        + options
        + ", next learning rate "
        + learningRate
        + ", "
        + step.updater().passes()
        + " steps made, on "
        + backendInfo();
  }

  /**
   * Ends the trainer's threads. A step after that throws an {@link IllegalStateException}.
   *
   * @throws ConcurrentModificationException if another thread is using this trainer
   */
  @Override
  public void close() {
    enter();
    try {
      step.close();
    } finally {
      leave();
    }
  }

  private void enter() {
    if (!busy.compareAndSet(false, true)) {
      throw new ConcurrentModificationException(
          "a trainer belongs to one thread at a time, but "
              + Thread.currentThread().getName()
              + " came while another was at work; give each thread a trainer and network of its"
              + " own");
    }
  }

  private void leave() {
    step.release();
    busy.set(false);
  }
}
