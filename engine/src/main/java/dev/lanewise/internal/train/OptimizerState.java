package dev.lanewise.internal.train;

import dev.lanewise.internal.tuning.Sizes;
import dev.lanewise.internal.warmup.Dispatch;
import dev.lanewise.model.AdaGrad;
import dev.lanewise.model.Adam;
import dev.lanewise.model.AdamW;
import dev.lanewise.model.Lion;
import dev.lanewise.model.Optimizer;
import dev.lanewise.model.RmsProp;
import dev.lanewise.model.Sgd;
import java.util.Arrays;
import java.util.Objects;

/**
 * What an optimizer remembers of a network's parameters, and its updates. The state lies in blocks
 * that are laid out like the parameters, in the order of {@link #blocks}.
 *
 * <p>A step is one {@link #begin}, then {@link #update} for each parameter once. Updates of ranges
 * that do not overlap may run on several threads, if these see what {@code begin} wrote. Neither
 * allocates.
 */
final class OptimizerState {
  private final Dispatch kernels;
  private final int length;
  private final float[][] blocks;
  private final Optimizer optimizer;
  private float learningRate;
  private long steps;
  private float correction1;
  private float correction2;

  /**
   * Makes the state before the first step.
   *
   * @param optimizer which updates are made
   * @param kernels the kernels to run on
   * @param length how many parameters there are, padding included
   */
  OptimizerState(Optimizer optimizer, Dispatch kernels, int length) {
    this.optimizer = Objects.requireNonNull(optimizer, "optimizer");
    this.learningRate = optimizer.learningRate();
    this.kernels = Objects.requireNonNull(kernels, "kernels");
    this.length = length;
    this.blocks = new float[blocks(optimizer)][length];
    if (optimizer instanceof AdaGrad adaGrad) {
      Arrays.fill(blocks[0], adaGrad.initialSum());
    }
  }

  /**
   * Returns how many numbers an optimizer remembers of each parameter, in this order: the velocity;
   * the mean gradient, then the mean square; the mean square, then if centered the mean, then with
   * a momentum the velocity; the sum of squares; the mean gradient.
   */
  static int blocks(Optimizer optimizer) {
    return switch (optimizer) {
      case Sgd sgd -> sgd.momentum() > 0 ? 1 : 0;
      case Adam _, AdamW _ -> 2;
      case RmsProp rms -> 1 + (rms.isCentered() ? 1 : 0) + (rms.momentum() > 0 ? 1 : 0);
      case AdaGrad _, Lion _ -> 1;
    };
  }

  /** Begins a step with a learning rate. */
  void begin(float newLearningRate) {
    learningRate = newLearningRate;
    steps++;
    switch (optimizer) {
      case Adam adam -> correct(adam.beta1(), adam.beta2());
      case AdamW adamW -> correct(adamW.beta1(), adamW.beta2());
      case Sgd _, RmsProp _, AdaGrad _, Lion _ -> {}
    }
  }

  private void correct(float beta1, float beta2) {
    correction1 = (float) (1 - power(beta1, steps));
    correction2 = (float) (1 - power(beta2, steps));
  }

  /** Not the library's, which allocates, or may differ from one machine to another. */
  private static double power(double base, long exponent) {
    double power = 1;
    double square = base;
    for (long left = exponent; left > 0; left >>= 1) {
      power = (left & 1) == 1 ? power * square : power;
      square *= square;
    }
    return power;
  }

  /**
   * Updates some parameters: shrinks them by {@code decay}, adds the penalties to their gradients,
   * then does what the optimizer does.
   *
   * @param n how many
   * @param w the parameters
   * @param at where these start, among the parameters and in the state
   * @param dw their gradients; changed where there is a penalty
   * @param dwAt where they start
   * @param rateFactor a factor on the learning rate
   * @param l1 the penalty on magnitudes
   * @param l2 the penalty on squares
   * @param decay the decoupled weight decay
   * @throws IndexOutOfBoundsException if a range does not lie inside its array
   */
  void update(
      int n,
      float[] w,
      int at,
      float[] dw,
      int dwAt,
      float rateFactor,
      float l1,
      float l2,
      float decay) {
    float rate = learningRate * rateFactor;
    float left = (float) (1 - (double) rate * decay);
    int count;
    for (int done = 0; done < n; done += count) {
      count = Math.min(Sizes.UPDATED_AT_ONCE, n - done);
      if (left != 1) {
        kernels.updates().decay(count, left, w, at + done);
      }
      if (l1 != 0 || l2 != 0) {
        kernels.updates().penalize(count, l1, l2, w, at + done, dw, dwAt + done);
      }
      step(count, rate, dw, dwAt + done, w, at + done);
    }
  }

  private void step(int n, float rate, float[] dw, int dwAt, float[] w, int at) {
    switch (optimizer) {
      case Sgd sgd -> {
        if (sgd.momentum() == 0) {
          kernels.updates().sgd(n, rate, dw, dwAt, w, at);
        } else {
          kernels
              .updates()
              .momentum(n, rate, sgd.momentum(), sgd.nesterov(), dw, dwAt, blocks[0], at, w, at);
        }
      }
      case Adam adam -> adam(n, rate, adam.beta1(), adam.beta2(), adam.epsilon(), dw, dwAt, w, at);
      case AdamW adam -> adam(n, rate, adam.beta1(), adam.beta2(), adam.epsilon(), dw, dwAt, w, at);
      case RmsProp rmsProp -> rmsProp(n, rate, rmsProp, dw, dwAt, w, at);
      case AdaGrad adaGrad ->
          kernels.updates().adaGrad(n, rate, adaGrad.epsilon(), dw, dwAt, blocks[0], at, w, at);
      case Lion lion ->
          kernels
              .updates()
              .lion(n, rate, lion.beta1(), lion.beta2(), dw, dwAt, blocks[0], at, w, at);
    }
  }

  private void adam(
      int n,
      float rate,
      float beta1,
      float beta2,
      float epsilon,
      float[] dw,
      int dwAt,
      float[] w,
      int at) {
    kernels
        .updates()
        .adam(
            n,
            rate,
            beta1,
            beta2,
            epsilon,
            correction1,
            correction2,
            dw,
            dwAt,
            blocks[0],
            at,
            blocks[1],
            at,
            w,
            at);
  }

  private void rmsProp(
      int n, float rate, RmsProp rmsProp, float[] dw, int dwAt, float[] w, int at) {
    float[] mean = rmsProp.isCentered() ? blocks[1] : null;
    float[] velocity = rmsProp.momentum() > 0 ? blocks[blocks.length - 1] : null;
    kernels
        .updates()
        .rmsProp(
            n,
            rate,
            rmsProp.alpha(),
            rmsProp.epsilon(),
            rmsProp.momentum(),
            rmsProp.isCentered(),
            dw,
            dwAt,
            blocks[0],
            at,
            mean,
            at,
            velocity,
            at,
            w,
            at);
  }

  /** Returns how many steps have begun. */
  long steps() {
    return steps;
  }

  /** Returns the state itself, not a copy: one array for each block. */
  float[][] blocks() {
    return blocks;
  }

  /**
   * Goes on from a state that was saved.
   *
   * @param newSteps how many steps had begun
   * @param newBlocks the blocks, which are copied
   * @throws IllegalArgumentException if steps are negative, or the blocks are not as many or not as
   *     long as this state's; nothing has been changed then
   */
  void restore(long newSteps, float[][] newBlocks) {
    if (newSteps < 0) {
      throw new IllegalArgumentException("steps must be at least 0, but was " + newSteps);
    }
    if (newBlocks.length != blocks.length) {
      throw new IllegalArgumentException(
          optimizer + " has " + blocks.length + " blocks of state, but got " + newBlocks.length);
    }
    for (int b = 0; b < blocks.length; b++) {
      if (newBlocks[b].length != length) {
        throw new IllegalArgumentException(
            "block "
                + b
                + " of the state must have "
                + length
                + " numbers, one for each parameter, but has "
                + newBlocks[b].length);
      }
    }
    for (int b = 0; b < blocks.length; b++) {
      System.arraycopy(newBlocks[b], 0, blocks[b], 0, length);
    }
    steps = newSteps;
  }
}
