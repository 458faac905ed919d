package dev.lanewise.internal.train;

import dev.lanewise.internal.parallel.Workers;
import dev.lanewise.internal.warmup.Dispatch;
import dev.lanewise.model.Loss;
import dev.lanewise.model.TrainingOptions;
import java.util.stream.IntStream;

/**
 * A training step: takes the rows that count forward, compares what comes with their targets, takes
 * the gradient back from layer to layer, and lets each learn on the way. It owns all that takes:
 * rows, workspace, stages, loss, updater and threads.
 *
 * <p>What a step needs is reserved before it changes anything, and it changes nothing where the
 * loss is not finite. The batch's rows are taken by {@link #rows}, and let go by {@link #release}.
 * For use by one thread at a time.
 */
public final class Step implements AutoCloseable {
  private final Parameters parameters;
  private final Dispatch kernels;
  private final Workers workers;
  private final Updater updater;
  private final LossFunction loss;
  private final CountedRows rows;
  private final Workspace workspace;
  private final ForwardPass forward;
  private final ResidualStage[] residuals;
  private final boolean lossHasActivation;
  private final int last;

  /** How many rows went forward for a gradient that the caller computes; 0 if none wait for it. */
  private int pending;

  /** For losses between a forward and its backward. */
  private Step aside;

  /**
   * Makes a step with room for no row.
   *
   * @param parameters the network's parameters, which are changed
   * @param options the loss, the optimizer and more
   * @param kernels the kernels to run on
   * @param threads how many threads share the work, the caller's among them
   * @throws IllegalArgumentException if the options do not fit the network
   */
  public Step(Parameters parameters, TrainingOptions options, Dispatch kernels, int threads) {
    this(
        parameters,
        options,
        new Updater(parameters, options, kernels),
        kernels,
        new Workers("this trainer", threads));
  }

  private Step(
      Parameters parameters,
      TrainingOptions options,
      Updater updater,
      Dispatch kernels,
      Workers workers) {
    this(
        parameters,
        updater,
        new LossFunction(options.loss(), kernels, parameters.layout().outputs(), workers),
        kernels,
        workers);
  }

  private Step(
      Parameters parameters,
      Updater updater,
      LossFunction loss,
      Dispatch kernels,
      Workers workers) {
    Layout layout = parameters.layout();
    this.parameters = parameters;
    this.kernels = kernels;
    this.workers = workers;
    this.updater = updater;
    this.loss = loss;
    this.rows = new CountedRows(loss.rowWeights(), layout.inputs(), layout.outputs());
    this.workspace = Workspace.forTraining(layout, kernels.last(), workers.threads());
    this.forward = new ForwardPass(parameters, kernels, workspace, workers);
    this.residuals =
        IntStream.range(0, layout.size())
            .mapToObj(forward::stage)
            .filter(ResidualStage.class::isInstance)
            .toArray(ResidualStage[]::new);
    this.last = layout.size() - 1;
    this.lossHasActivation =
        switch (layout.layer(last).activation().kind()) {
          case SOFTMAX -> loss.is(Loss.Standard.Kind.SOFTMAX_CROSS_ENTROPY);
          case SIGMOID -> loss.is(Loss.Standard.Kind.BINARY_CROSS_ENTROPY);
          default -> false;
        };
  }

  /** Returns the rows of the next step or loss, which the caller fills in. */
  public CountedRows rows() {
    return rows;
  }

  /** Returns what changes parameters. */
  public Updater updater() {
    return updater;
  }

  /** Returns how many threads share the work, the caller's among them. */
  public int threads() {
    return workers.threads();
  }

  /** Tells whether a step can learn from the rows taken: the weights of some are above 0. */
  public boolean canLearn() {
    boolean lonely = rows.rows() == 1 && !rows.all() && updater.needsSeveralRows();
    return rows.rows() > 0 && !lonely;
  }

  /**
   * Learns from the rows taken, unless the loss is not finite.
   *
   * @param learningRate the optimizer's learning rate
   * @return the loss before the update
   * @throws IllegalArgumentException if no row counts, or there is one and a batch norm to learn
   * @throws java.util.ConcurrentModificationException if another trainer updated the parameters
   */
  public double train(float learningRate) {
    long known = parameters.changes();
    start();
    long began = kernels.begin();
    forward.train(updater, lossHasActivation);
    double value = loss(rows);
    if (Double.isFinite(value)) {
      backward(known, learningRate);
    }
    kernels.end(began, 3 * passWork(rows.rows()));
    return value;
  }

  /** Computes the loss that {@link #train} would find, and changes nothing. */
  public double trainingLoss() {
    start();
    long began = kernels.begin();
    forward.train(updater, lossHasActivation);
    double value = loss(rows);
    kernels.end(began, passWork(rows.rows()));
    return value;
  }

  /** Computes the loss of the rows taken as predictions have it, and changes nothing. */
  public double predictionLoss() {
    rows.requireAny();
    if (pending > 0 && aside == null) {
      aside = new Step(parameters, updater, loss, kernels, workers);
    }
    Step step = pending > 0 ? aside : this;
    step.put(rows);
    long began = kernels.begin();
    step.forward.predict(lossHasActivation);
    double value = step.loss(rows);
    kernels.end(began, passWork(rows.rows()));
    return value;
  }

  /** Returns how many multiply-adds it takes to bring rows forward; back it takes twice as many. */
  private double passWork(int count) {
    return (double) count * parameters.layout().parameterCount();
  }

  private void start() {
    rows.requireAny();
    requireSeveral(rows.rows());
    pending = 0;
    put(rows);
  }

  private void requireSeveral(int count) {
    if (count == 1 && updater.needsSeveralRows()) {
      throw new IllegalArgumentException(
          "a batch norm learns from at least 2 rows, but the batch has 1: make batches larger, drop"
              + " the last one where it is smaller, or freeze the layer");
    }
  }

  private void put(CountedRows some) {
    workspace.reserve(some.rows());
    if (some.sparse() == null) {
      workspace.take(some.rows(), some.x(), some.xOffset());
    } else {
      workspace.take(some.rows(), some.sparse(), 0, some.chosen());
    }
  }

  /** Compares the outputs with the targets, and leaves the gradients of the outputs. */
  private double loss(CountedRows some) {
    float[] t = some.targets();
    int tAt = some.targetsOffset();
    if (t == null) {
      t = workspace.oneHot(some.classes(), tAt);
      tAt = 0;
    }
    int n = some.rows();
    float[] weights = some.weights();
    int weightsAt = some.weightsOffset();
    if (!workspace.lossNeedsCopies()) {
      float[] y = workspace.outputs();
      int at = workspace.outputsAt(last);
      return loss.gradient(n, y, at, t, tAt, weights, weightsAt, workspace.gradients(), at);
    }
    float[] y = workspace.unpaddedOutputs();
    float[] dy = workspace.unpaddedGradients();
    workspace.copyOutputs(y, 0);
    double value = loss.gradient(n, y, 0, t, tAt, weights, weightsAt, dy, 0);
    workspace.setGradients(dy, 0);
    return value;
  }

  /** The second of the two loops. */
  private void backward(long known, float learningRate) {
    parameters.beginUpdate(known);
    try {
      updater.begin(learningRate);
      int lowest = updater.lowest();
      forward.stage(last).activation.backward();
      for (int l = last; l >= lowest; l--) {
        Stage stage = forward.stage(l);
        stage.backward(updater, l > lowest);
        if (l > lowest && !stage.goesBackToSums()) {
          skipBackward(l - 1);
          forward.stage(l - 1).activation.backward();
        }
      }
      updater.end();
    } finally {
      parameters.endUpdate();
    }
  }

  private void skipBackward(int from) {
    for (ResidualStage residual : residuals) {
      if (residual.from() == from) {
        residual.skipBackward();
      }
    }
  }

  /**
   * Makes the first half of a step whose gradient the caller computes.
   *
   * @param count how many rows
   * @param x {@code rows x inputs}, which must stay as they are until {@link #backward}
   * @param xOffset where they start
   * @param y {@code rows x outputs}, which are overwritten
   * @param yOffset where they start
   * @throws IllegalArgumentException if there is one row and a batch norm to learn
   */
  public void forward(int count, float[] x, int xOffset, float[] y, int yOffset) {
    requireSeveral(count);
    pending = 0;
    workspace.reserve(count);
    workspace.take(count, x, xOffset);
    long began = kernels.begin();
    forward.train(updater, false);
    kernels.end(began, passWork(count));
    workspace.copyOutputs(y, yOffset);
    pending = count;
  }

  /** Returns how many rows went {@link #forward} and wait for {@link #backward}. */
  public int pending() {
    return pending;
  }

  /**
   * Makes the second half of a step whose gradient the caller computed.
   *
   * @param dy the gradients of the outputs, {@code rows x outputs}
   * @param dyOffset where they start
   * @param learningRate the optimizer's learning rate
   */
  public void backward(float[] dy, int dyOffset, float learningRate) {
    workspace.setGradients(dy, dyOffset);
    pending = 0;
    long began = kernels.begin();
    backward(parameters.changes(), learningRate);
    kernels.end(began, 2 * passWork(workspace.rows()));
  }

  /** Returns the first layer with an output that is infinite or not a number, or -1. */
  public int firstLayerNotFinite() {
    return workspace.firstLayerNotFinite();
  }

  /** Lets go of the caller's arrays, but for rows that wait for their gradient. */
  public void release() {
    rows.forget();
    if (pending == 0) {
      workspace.release();
    }
    if (aside != null) {
      aside.workspace.release();
    }
  }

  /** Ends the threads; a step after that throws an {@link IllegalStateException}. */
  @Override
  public void close() {
    workers.close();
  }

  /** Returns the desk, for tests. */
  Workspace workspace() {
    return workspace;
  }

  /** Tells whether the loss contains the last layer's activation. */
  boolean lossHasActivation() {
    return lossHasActivation;
  }
}
