package dev.lanewise;

import dev.lanewise.data.Batches;
import dev.lanewise.data.RowSource;
import dev.lanewise.internal.parallel.Workers;
import dev.lanewise.internal.train.BackwardPass;
import dev.lanewise.internal.train.ForwardPass;
import dev.lanewise.internal.train.LossFunction;
import dev.lanewise.internal.train.LossGradient;
import dev.lanewise.internal.train.Parameters;
import dev.lanewise.internal.train.RefusedRow;
import dev.lanewise.internal.train.Updates;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Optimizer;
import dev.lanewise.model.TrainingOptions;
import java.util.ConcurrentModificationException;
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
  private final Workers workers;
  private final Parameters parameters;
  private final ForwardPass forward;
  private final BackwardPass backward;
  private final Updates updates;
  private final LossGradient loss;
  private final CountedRows counted;
  private final boolean needsSeveralRows;
  private final AtomicBoolean busy = new AtomicBoolean();

  private Optimizer optimizer;
  private float learningRate;
  private int pendingRows;

  /** For losses between a forward and its backward. */
  private ForwardPass otherForward;

  private LossGradient otherLoss;

  /**
   * Makes a trainer with as many threads as the system property {@code lanewise.threads} says, by
   * default 1.
   *
   * @param network what is trained
   * @param loss what is made small
   * @param optimizer how
   * @throws IllegalArgumentException if the loss makes no sense of what the last layer gives, or a
   *     system property of Lanewise has an unknown value
   */
  public Trainer(Network network, Loss loss, Optimizer optimizer) {
    this(network, TrainingOptions.of(loss, optimizer), Settings.read().threads());
  }

  /**
   * Makes a trainer.
   *
   * @param network what is trained
   * @param loss what is made small
   * @param optimizer how
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
   * @param network what is trained
   * @param options how
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
   * @param network what is trained
   * @param options how
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
    this.parameters = network.sharedParameters();
    Kernels kernels = network.kernels();
    this.updates = new Updates(parameters, options, kernels, network.backend().uncheckedUpdates());
    this.forward = new ForwardPass(parameters, kernels);
    this.backward = new BackwardPass(parameters, kernels, forward, updates);
    this.loss = new LossGradient(options.loss(), network.layout(), kernels, forward, backward);
    this.counted = new CountedRows(loss, network.inputs(), network.outputs());
    this.needsSeveralRows = updates.needsSeveralRows();
    this.workers = new Workers("this trainer", threads);
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
    return step(rows, x, 0, targets, 0);
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
      counted.take(rows, x, xOffset, targets, targetsOffset);
      counted.choose();
      return step();
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
      counted.take(batch);
      return step();
    } finally {
      leave();
    }
  }

  /**
   * Computes the loss as predictions have it, and changes nothing: dropout drops nothing, batch
   * norms use their running statistics.
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
      counted.take(batch);
      if (pendingRows == 0) {
        return loss(forward, loss);
      }
      if (otherForward == null) {
        otherForward = new ForwardPass(parameters, network.kernels());
        otherLoss =
            new LossGradient(
                options.loss(), network.layout(), network.kernels(), otherForward, backward);
      }
      return loss(otherForward, otherLoss);
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
    Shapes.check("the data", network, data);
    Batches batches = Batches.inOrder(data);
    double sum = 0;
    double total = 0;
    while (batches.next()) {
      try {
        Batch batch = Batch.of(batches);
        double weight = counted(batch).weight();
        if (weight > 0) {
          double part = loss(batch);
          sum += sumsLoss() ? part : part * weight;
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
    return sumsLoss() ? sum : sum / total;
  }

  private double loss(ForwardPass pass, LossGradient passLoss) {
    counted.requireAny();
    int rows = counted.rows();
    reserve(rows, pass, passLoss);
    boolean logits = passLoss.logits();
    if (counted.sparse() == null) {
      pass.predict(rows, counted.x(), counted.xOffset(), logits, workers);
    } else {
      pass.predict(rows, counted.sparse(), counted.chosen(), logits, workers);
    }
    return counted.loss(passLoss);
  }

  private double step() {
    long known = parameters.changes();
    double value = trainingLoss();
    if (!Double.isFinite(value)) {
      String number = counted.notFinite(0);
      throw number == null ? diverged(value) : diverged(value).because(number);
    }
    update(known, loss.logits());
    return value;
  }

  private DivergenceException diverged(double value) {
    return DivergenceException.ofLoss(
        value, updates.passes(), forward.firstLayerNotFinite(), learningRate);
  }

  private double trainingLoss() {
    counted.requireAny();
    int rows = counted.rows();
    start(rows);
    if (counted.sparse() == null) {
      forward.train(rows, counted.x(), counted.xOffset(), loss.logits(), updates, workers);
    } else {
      forward.train(rows, counted.sparse(), counted.chosen(), loss.logits(), updates, workers);
    }
    return counted.loss(loss);
  }

  private void start(int rows) {
    if (rows == 1 && needsSeveralRows) {
      throw new IllegalArgumentException(
          "a batch norm learns from at least 2 rows, but the batch has 1: make batches larger, drop"
              + " the last one where it is smaller, or freeze the layer");
    }
    pendingRows = 0;
    reserve(rows, forward, loss);
  }

  private void reserve(int rows, ForwardPass pass, LossGradient passLoss) {
    pass.reserve(rows);
    backward.reserve(rows);
    passLoss.reserve(rows);
  }

  private void update(long known, boolean logits) {
    parameters.beginUpdate(known);
    try {
      backward.run(learningRate, logits, workers);
    } finally {
      parameters.endUpdate();
    }
  }

  /** Returns the rows of a batch that count, until the next step or loss. */
  CountedRows counted(Batch batch) {
    batch.check(network);
    counted.take(batch);
    return counted;
  }

  /** Tells whether a step can learn from the rows that {@link #counted} returned. */
  boolean learnsFromCounted() {
    boolean lonely = counted.rows() == 1 && !counted.all() && needsSeveralRows;
    return counted.rows() > 0 && !lonely;
  }

  /**
   * Looks whether training has diverged with the step before, as the next step would. Changes
   * nothing.
   *
   * @param batch rows that the trainer has learned from; null if there are none
   * @throws DivergenceException if a parameter, or the loss of these rows, is not finite
   */
  void requireFinite(Batch batch) {
    enter();
    try {
      int layer = parameters.firstLayerNotFinite();
      if (layer >= 0) {
        throw DivergenceException.ofParameters(updates.passes(), layer, learningRate);
      }
      if (batch != null) {
        counted.take(batch);
        double value = trainingLoss();
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
      start(rows);
      forward.train(rows, x, xOffset, false, updates, workers);
      forward.copyOutputs(y, yOffset);
      pendingRows = rows;
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
      if (pendingRows == 0) {
        throw new IllegalStateException("backward needs a forward before it, once for each update");
      }
      Shapes.check("dy", pendingRows, network.outputs(), dy, dyOffset);
      backward.setGradients(dy, dyOffset);
      pendingRows = 0;
      update(parameters.changes(), false);
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

  TrainingOptions options() {
    return options;
  }

  Updates updates() {
    return updates;
  }

  /** Tells whether the loss is a sum over the rows, not a mean. */
  boolean sumsLoss() {
    return LossFunction.sums(options.loss());
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

  float learningRate() {
    return learningRate;
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
   * Tells what training steps really run on.
   *
   * @return backend, vector width, threads and so on
   */
  public BackendInfo backendInfo() {
    return BackendInfo.of(network.backend(), workers.threads());
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
      workers.close();
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
    counted.forget();
    if (pendingRows == 0) {
      forward.release();
    }
    if (otherForward != null) {
      otherForward.release();
    }
    busy.set(false);
  }
}
