package dev.lanewise;

import dev.lanewise.internal.parallel.Workers;
import dev.lanewise.internal.train.BackwardPass;
import dev.lanewise.internal.train.ForwardPass;
import dev.lanewise.internal.train.Layout;
import dev.lanewise.internal.train.LossGradient;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Loss;
import dev.lanewise.model.Optimizer;
import java.util.ConcurrentModificationException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Trains a network: each {@link #step} takes a batch forward, compares it with the targets, takes
 * the gradient back and updates the parameters. A step allocates nothing once one of as many rows
 * has been made, and gives the same bits for any number of threads.
 *
 * <p>A trainer belongs to one thread at a time; a second one that enters gets a {@link
 * ConcurrentModificationException}. A step that throws leaves the network as it was. Where a
 * trainer has more than one thread, {@link #close} ends them; they are daemons, and also end when
 * the trainer is garbage.
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
  private final Workers workers;
  private final ForwardPass forward;
  private final BackwardPass backward;
  private final LossGradient loss;
  private final AtomicBoolean busy = new AtomicBoolean();

  private Optimizer optimizer;
  private int pendingRows;

  /**
   * Makes a trainer with as many threads as the system property {@code lanewise.threads} says, by
   * default 1.
   *
   * @param network what is trained
   * @param loss what is made small
   * @param optimizer how
   * @throws IllegalArgumentException if a system property of Lanewise has an unknown value
   */
  public Trainer(Network network, Loss loss, Optimizer optimizer) {
    this(network, loss, optimizer, Settings.read().threads());
  }

  /**
   * Makes a trainer.
   *
   * @param network what is trained
   * @param loss what is made small
   * @param optimizer how
   * @param threads how many threads share the work, the caller's among them; at least 1
   * @throws IllegalArgumentException if {@code threads} is below 1
   */
  public Trainer(Network network, Loss loss, Optimizer optimizer, int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, but was " + threads);
    }
    this.network = Objects.requireNonNull(network, "network");
    this.optimizer = Objects.requireNonNull(optimizer, "optimizer");
    Layout layout = network.layout();
    Kernels kernels = network.kernels();
    this.forward = new ForwardPass(layout, kernels, network.sharedParameters());
    this.backward = new BackwardPass(layout, kernels, network.sharedParameters(), forward);
    Objects.requireNonNull(loss, "loss");
    this.loss = new LossGradient(loss, layout, kernels, forward, backward);
    this.workers = new Workers(threads);
  }

  /**
   * Makes one training step.
   *
   * @param x {@code rows x inputs}
   * @param targets {@code rows x outputs}
   * @return the loss before the update
   * @throws IllegalArgumentException if {@code x} is not a positive multiple of the inputs long, or
   *     {@code targets} does not fit it
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
   * @throws IllegalArgumentException if {@code rows} is below 1, or an array is too short
   * @throws ConcurrentModificationException if another thread is using this trainer
   */
  public double step(int rows, float[] x, int xOffset, float[] targets, int targetsOffset) {
    Shapes.check("x", rows, network.inputs(), x, xOffset);
    Shapes.check("targets", rows, network.outputs(), targets, targetsOffset);
    enter();
    try {
      double value = lossAndGradient(rows, x, xOffset, targets, targetsOffset);
      backward.run(optimizer.learningRate(), loss.logits(), workers);
      return value;
    } finally {
      leave();
    }
  }

  /**
   * Computes the loss and changes nothing.
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
    Shapes.check("x", rows, network.inputs(), x, xOffset);
    Shapes.check("targets", rows, network.outputs(), targets, targetsOffset);
    enter();
    try {
      return lossAndGradient(rows, x, xOffset, targets, targetsOffset);
    } finally {
      leave();
    }
  }

  private double lossAndGradient(
      int rows, float[] x, int xOffset, float[] targets, int targetsOffset) {
    pendingRows = 0;
    forward.reserve(rows);
    backward.reserve(rows);
    loss.reserve(rows);
    forward.run(rows, x, xOffset, loss.logits(), workers);
    return loss.run(targets, targetsOffset);
  }

  /**
   * Makes the first half of a step whose gradient the caller computes: takes rows forward.
   *
   * @param rows how many rows, at least 1
   * @param x {@code rows x inputs}, which must not be changed before {@link #backward}
   * @param xOffset where they start
   * @param y {@code rows x outputs}, which are overwritten
   * @param yOffset where they start
   * @throws IllegalArgumentException if {@code rows} is below 1, or an array is too short
   * @throws ConcurrentModificationException if another thread is using this trainer
   */
  public void forward(int rows, float[] x, int xOffset, float[] y, int yOffset) {
    Shapes.check("x", rows, network.inputs(), x, xOffset);
    Shapes.check("y", rows, network.outputs(), y, yOffset);
    enter();
    try {
      pendingRows = 0;
      forward.reserve(rows);
      backward.reserve(rows);
      forward.run(rows, x, xOffset, false, workers);
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
      backward.run(optimizer.learningRate(), false, workers);
    } finally {
      leave();
    }
  }

  /**
   * Returns how the parameters are updated.
   *
   * @return the optimizer, with the learning rate of the next step
   */
  public Optimizer optimizer() {
    return optimizer;
  }

  /**
   * Sets the learning rate of the steps to come.
   *
   * @param learningRate a finite number, at least 0
   * @throws IllegalArgumentException if it is negative, infinite or not a number
   * @throws ConcurrentModificationException if another thread is using this trainer
   */
  public void setLearningRate(float learningRate) {
    enter();
    try {
      optimizer = optimizer.withLearningRate(learningRate);
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
              + " came while another was at work; give each thread a trainer and network of its own");
    }
  }

  private void leave() {
    busy.set(false);
  }
}
