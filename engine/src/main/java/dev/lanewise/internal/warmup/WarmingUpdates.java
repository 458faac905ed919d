package dev.lanewise.internal.warmup;

import dev.lanewise.kernel.UpdateKernels;
import java.util.List;

/**
 * Kernels of optimizers, which begin on plain loops and go over to vectors one by one. Operands are
 * not looked at.
 */
public final class WarmingUpdates implements UpdateKernels {
  private final UpdateKernels scalar;
  private final UpdateKernels vector;
  private final WarmUp warmUp;
  private final Turn decay;
  private final Turn penalize;
  private final Turn clip;
  private final Turn sgd;
  private final Turn momentum;
  private final Turn lion;
  private final Turn adam;
  private final Turn rmsProp;
  private final Turn adaGrad;

  /**
   * Makes kernels of two kinds that give the same bits.
   *
   * @param scalar the plain loops
   * @param vector the vectors
   * @param warmUp when these are tried
   */
  public WarmingUpdates(UpdateKernels scalar, UpdateKernels vector, WarmUp warmUp) {
    this.scalar = scalar;
    this.vector = vector;
    this.warmUp = warmUp;
    this.decay = new Turn(warmUp);
    this.penalize = new Turn(warmUp);
    this.clip = new Turn(warmUp);
    this.sgd = new Turn(warmUp);
    this.momentum = new Turn(warmUp);
    this.lion = new Turn(warmUp);
    this.adam = new Turn(warmUp);
    this.rmsProp = new Turn(warmUp);
    this.adaGrad = new Turn(warmUp);
  }

  /** Tells whether vectors are tried, or run already. */
  public boolean hasBegun() {
    return warmUp.isOpen();
  }

  /** Tells whether every kernel that was called will run on vectors from now on. */
  public boolean isDone() {
    return Turn.allSettled(turns());
  }

  private List<Turn> turns() {
    return List.of(decay, penalize, clip, sgd, momentum, lion, adam, rmsProp, adaGrad);
  }

  @Override
  public void decay(int n, float factor, float[] w, int wOffset) {
    boolean vectors = decay.vectors();
    long start = decay.time();
    (vectors ? vector : scalar).decay(n, factor, w, wOffset);
    decay.end(vectors, start, n);
  }

  @Override
  public void penalize(
      int n, float l1, float l2, float[] w, int wOffset, float[] dw, int dwOffset) {
    boolean vectors = penalize.vectors();
    long start = penalize.time();
    (vectors ? vector : scalar).penalize(n, l1, l2, w, wOffset, dw, dwOffset);
    penalize.end(vectors, start, n);
  }

  @Override
  public void clip(int n, float limit, float[] dw, int dwOffset) {
    boolean vectors = clip.vectors();
    long start = clip.time();
    (vectors ? vector : scalar).clip(n, limit, dw, dwOffset);
    clip.end(vectors, start, n);
  }

  @Override
  public void sgd(int n, float rate, float[] dw, int dwOffset, float[] w, int wOffset) {
    boolean vectors = sgd.vectors();
    long start = sgd.time();
    (vectors ? vector : scalar).sgd(n, rate, dw, dwOffset, w, wOffset);
    sgd.end(vectors, start, n);
  }

  @Override
  public void momentum(
      int n,
      float rate,
      float momentum,
      boolean nesterov,
      float[] dw,
      int dwOffset,
      float[] v,
      int vOffset,
      float[] w,
      int wOffset) {
    boolean vectors = this.momentum.vectors();
    long start = this.momentum.time();
    (vectors ? vector : scalar)
        .momentum(n, rate, momentum, nesterov, dw, dwOffset, v, vOffset, w, wOffset);
    this.momentum.end(vectors, start, n);
  }

  @Override
  public void lion(
      int n,
      float rate,
      float beta1,
      float beta2,
      float[] dw,
      int dwOffset,
      float[] m,
      int mOffset,
      float[] w,
      int wOffset) {
    boolean vectors = lion.vectors();
    long start = lion.time();
    (vectors ? vector : scalar).lion(n, rate, beta1, beta2, dw, dwOffset, m, mOffset, w, wOffset);
    lion.end(vectors, start, n);
  }

  @Override
  public void adam(
      int n,
      float rate,
      float beta1,
      float beta2,
      float epsilon,
      float correction1,
      float correction2,
      float[] dw,
      int dwOffset,
      float[] m,
      int mOffset,
      float[] v,
      int vOffset,
      float[] w,
      int wOffset) {
    boolean vectors = adam.vectors();
    long start = adam.time();
    (vectors ? vector : scalar)
        .adam(
            n,
            rate,
            beta1,
            beta2,
            epsilon,
            correction1,
            correction2,
            dw,
            dwOffset,
            m,
            mOffset,
            v,
            vOffset,
            w,
            wOffset);
    adam.end(vectors, start, n);
  }

  @Override
  public void rmsProp(
      int n,
      float rate,
      float alpha,
      float epsilon,
      float momentum,
      boolean centered,
      float[] dw,
      int dwOffset,
      float[] square,
      int squareOffset,
      float[] mean,
      int meanOffset,
      float[] velocity,
      int velocityOffset,
      float[] w,
      int wOffset) {
    boolean vectors = rmsProp.vectors();
    long start = rmsProp.time();
    (vectors ? vector : scalar)
        .rmsProp(
            n,
            rate,
            alpha,
            epsilon,
            momentum,
            centered,
            dw,
            dwOffset,
            square,
            squareOffset,
            mean,
            meanOffset,
            velocity,
            velocityOffset,
            w,
            wOffset);
    rmsProp.end(vectors, start, n);
  }

  @Override
  public void adaGrad(
      int n,
      float rate,
      float epsilon,
      float[] dw,
      int dwOffset,
      float[] sum,
      int sumOffset,
      float[] w,
      int wOffset) {
    boolean vectors = adaGrad.vectors();
    long start = adaGrad.time();
    (vectors ? vector : scalar).adaGrad(n, rate, epsilon, dw, dwOffset, sum, sumOffset, w, wOffset);
    adaGrad.end(vectors, start, n);
  }
}
