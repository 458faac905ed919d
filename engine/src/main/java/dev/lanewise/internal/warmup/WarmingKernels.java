package dev.lanewise.internal.warmup;

import dev.lanewise.internal.tuning.Sizes;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.model.Activation;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Array kernels, which begin on plain loops and go over to vectors one by one. Operands are not
 * looked at.
 */
public final class WarmingKernels implements Kernels {
  private final Kernels scalar;
  private final Kernels vector;
  private final WarmUp warmUp;
  private final Turn dot;
  private final Turn sum;
  private final Turn max;
  private final Turn axpy;
  private final Turn scale;
  private final Turn gemv;
  private final Turn ger;
  private final Turn gemvGer;
  private final Turn gemm;
  private final Turn gemmNT;
  private final Turn gemmTN;
  private final Map<Activation.Kind, Turn> activate;
  private final Map<Activation.Kind, Turn> activationGradient;
  private final Turn exp;
  private final Turn log;
  private final Turn erf;
  private final Turn softmaxCrossEntropy;

  /**
   * Makes kernels of two kinds that give the same bits.
   *
   * @param scalar the plain loops
   * @param vector the vectors
   * @param warmUp when these are tried
   */
  public WarmingKernels(Kernels scalar, Kernels vector, WarmUp warmUp) {
    this.scalar = scalar;
    this.vector = vector;
    this.warmUp = warmUp;
    this.dot = new Turn(warmUp);
    this.sum = new Turn(warmUp);
    this.max = new Turn(warmUp);
    this.axpy = new Turn(warmUp);
    this.scale = new Turn(warmUp);
    this.gemv = new Turn(warmUp);
    this.ger = new Turn(warmUp);
    this.gemvGer = new Turn(warmUp);
    this.gemm = new Turn(warmUp);
    this.gemmNT = new Turn(warmUp);
    this.gemmTN = new Turn(warmUp);
    this.activate = forEachKind(warmUp);
    this.activationGradient = forEachKind(warmUp);
    this.exp = new Turn(warmUp);
    this.log = new Turn(warmUp);
    this.erf = new Turn(warmUp);
    this.softmaxCrossEntropy = new Turn(warmUp);
  }

  private static Map<Activation.Kind, Turn> forEachKind(WarmUp warmUp) {
    Map<Activation.Kind, Turn> turns = new EnumMap<>(Activation.Kind.class);
    for (Activation.Kind kind : Activation.Kind.values()) {
      turns.put(kind, new Turn(warmUp));
    }
    return turns;
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
    return Stream.of(
            Stream.of(
                dot,
                sum,
                max,
                axpy,
                scale,
                gemv,
                ger,
                gemvGer,
                gemm,
                gemmNT,
                gemmTN,
                exp,
                log,
                erf,
                softmaxCrossEntropy),
            activate.values().stream(),
            activationGradient.values().stream())
        .flatMap(turns -> turns)
        .toList();
  }

  @Override
  public float dot(int n, float[] x, int xOffset, float[] y, int yOffset) {
    boolean vectors = dot.vectors();
    long start = dot.time();
    float result = (vectors ? vector : scalar).dot(n, x, xOffset, y, yOffset);
    dot.end(vectors, start, n);
    return result;
  }

  @Override
  public float sum(int n, float[] x, int xOffset) {
    boolean vectors = sum.vectors();
    long start = sum.time();
    float result = (vectors ? vector : scalar).sum(n, x, xOffset);
    sum.end(vectors, start, n);
    return result;
  }

  @Override
  public float max(int n, float[] x, int xOffset) {
    boolean vectors = max.vectors();
    long start = max.time();
    float result = (vectors ? vector : scalar).max(n, x, xOffset);
    max.end(vectors, start, n);
    return result;
  }

  @Override
  public void axpy(int n, float a, float[] x, int xOffset, float[] y, int yOffset) {
    boolean vectors = axpy.vectors();
    long start = axpy.time();
    (vectors ? vector : scalar).axpy(n, a, x, xOffset, y, yOffset);
    axpy.end(vectors, start, n);
  }

  @Override
  public void scale(int n, float a, float[] x, int xOffset) {
    boolean vectors = scale.vectors();
    long start = scale.time();
    (vectors ? vector : scalar).scale(n, a, x, xOffset);
    scale.end(vectors, start, n);
  }

  @Override
  public void gemv(
      int in,
      int out,
      float[] x,
      int xOffset,
      float[] w,
      int wOffset,
      int ldw,
      float[] y,
      int yOffset) {
    boolean vectors = gemv.vectors();
    long start = gemv.time();
    (vectors ? vector : scalar).gemv(in, out, x, xOffset, w, wOffset, ldw, y, yOffset);
    gemv.end(vectors, start, (long) in * out);
  }

  @Override
  public void ger(
      int in,
      int out,
      float a,
      float[] x,
      int xOffset,
      float[] y,
      int yOffset,
      float[] w,
      int wOffset,
      int ldw) {
    boolean vectors = ger.vectors();
    long start = ger.time();
    (vectors ? vector : scalar).ger(in, out, a, x, xOffset, y, yOffset, w, wOffset, ldw);
    ger.end(vectors, start, (long) in * out);
  }

  @Override
  public void gemvGer(
      int in,
      int out,
      float a,
      float[] x,
      int xOffset,
      float[] dy,
      int dyOffset,
      float[] w,
      int wOffset,
      int ldw,
      float[] dx,
      int dxOffset,
      boolean skipZeros) {
    boolean vectors = gemvGer.vectors();
    long start = gemvGer.time();
    (vectors ? vector : scalar)
        .gemvGer(in, out, a, x, xOffset, dy, dyOffset, w, wOffset, ldw, dx, dxOffset, skipZeros);
    gemvGer.end(vectors, start, (long) in * out);
  }

  @Override
  public int gemmWork(int rows, int in, int out) {
    return vector.gemmWork(rows, in, out);
  }

  @Override
  public int gemmNTWork(int rows, int in, int out) {
    return vector.gemmNTWork(rows, in, out);
  }

  @Override
  public int gemmTNWork(int rows, int in, int out) {
    return vector.gemmTNWork(rows, in, out);
  }

  @Override
  public void gemm(
      int rows,
      int in,
      int out,
      float[] x,
      int xOffset,
      int ldx,
      float[] w,
      int wOffset,
      int ldw,
      float[] y,
      int yOffset,
      int ldy,
      float[] work,
      int workOffset) {
    int n = gemm.part(in, 1);
    long start = gemm.time();
    if (n > 0) {
      vector.gemm(
          rows, n, out, x, xOffset, ldx, w, wOffset, ldw, y, yOffset, ldy, work, workOffset);
    }
    long middle = gemm.time();
    if (n < in || n == 0) {
      int xAt = xOffset + n;
      int wAt = wOffset + n * ldw;
      scalar.gemm(rows, in - n, out, x, xAt, ldx, w, wAt, ldw, y, yOffset, ldy, work, workOffset);
    }
    gemm.end(start, middle, (long) rows * n * out, (long) rows * (in - n) * out);
  }

  @Override
  public void gemmNT(
      int rows,
      int in,
      int out,
      float[] dy,
      int dyOffset,
      int lddy,
      float[] w,
      int wOffset,
      int ldw,
      float[] dx,
      int dxOffset,
      int lddx,
      float[] work,
      int workOffset) {
    boolean vectors = gemmNT.vectors();
    long start = gemmNT.time();
    (vectors ? vector : scalar)
        .gemmNT(
            rows,
            in,
            out,
            dy,
            dyOffset,
            lddy,
            w,
            wOffset,
            ldw,
            dx,
            dxOffset,
            lddx,
            work,
            workOffset);
    gemmNT.end(vectors, start, (long) rows * in * out);
  }

  @Override
  public void gemmTN(
      int rows,
      int in,
      int out,
      float a,
      float[] x,
      int xOffset,
      int ldx,
      float[] dy,
      int dyOffset,
      int lddy,
      float[] w,
      int wOffset,
      int ldw,
      float[] work,
      int workOffset) {
    int n = gemmTN.part(out, Sizes.TRIAL_COLUMNS);
    long start = gemmTN.time();
    if (n > 0) {
      vector.gemmTN(
          rows, in, n, a, x, xOffset, ldx, dy, dyOffset, lddy, w, wOffset, ldw, work, workOffset);
    }
    long middle = gemmTN.time();
    if (n < out) {
      int dyAt = dyOffset + n;
      int wAt = wOffset + n;
      scalar.gemmTN(
          rows, in, out - n, a, x, xOffset, ldx, dy, dyAt, lddy, w, wAt, ldw, work, workOffset);
    }
    gemmTN.end(start, middle, (long) rows * in * n, (long) rows * in * (out - n));
  }

  @Override
  public void activate(Activation f, int n, float[] x, int xOffset, float[] y, int yOffset) {
    Turn turn = activate.get(f.kind());
    boolean vectors = turn.vectors();
    long start = turn.time();
    (vectors ? vector : scalar).activate(f, n, x, xOffset, y, yOffset);
    turn.end(vectors, start, n);
  }

  @Override
  public void activationGradient(
      Activation f, int n, float[] xOrY, int offset, float[] dy, int dyOffset) {
    Turn turn = activationGradient.get(f.kind());
    boolean vectors = turn.vectors();
    long start = turn.time();
    (vectors ? vector : scalar).activationGradient(f, n, xOrY, offset, dy, dyOffset);
    turn.end(vectors, start, n);
  }

  @Override
  public void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
    boolean vectors = exp.vectors();
    long start = exp.time();
    (vectors ? vector : scalar).exp(n, x, xOffset, y, yOffset);
    exp.end(vectors, start, n);
  }

  @Override
  public void log(int n, float[] x, int xOffset, float[] y, int yOffset) {
    boolean vectors = log.vectors();
    long start = log.time();
    (vectors ? vector : scalar).log(n, x, xOffset, y, yOffset);
    log.end(vectors, start, n);
  }

  @Override
  public void erf(int n, float[] x, int xOffset, float[] y, int yOffset) {
    boolean vectors = erf.vectors();
    long start = erf.time();
    (vectors ? vector : scalar).erf(n, x, xOffset, y, yOffset);
    erf.end(vectors, start, n);
  }

  @Override
  public double softmaxCrossEntropy(
      int n, float[] z, int zOffset, float[] t, int tOffset, float a, float[] dz, int dzOffset) {
    boolean vectors = softmaxCrossEntropy.vectors();
    long start = softmaxCrossEntropy.time();
    double result =
        (vectors ? vector : scalar).softmaxCrossEntropy(n, z, zOffset, t, tOffset, a, dz, dzOffset);
    softmaxCrossEntropy.end(vectors, start, n);
    return result;
  }
}
