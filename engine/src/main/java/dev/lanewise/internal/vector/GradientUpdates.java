package dev.lanewise.internal.vector;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Updates along the gradient or its sign, and what is done to gradients before.
 *
 * <p>Each is written twice, for the reason that {@link Elementwise} gives.
 */
final class GradientUpdates {
  private GradientUpdates() {}

  static void penalize(
      int n, float l1, float l2, float[] w, int wOffset, float[] dw, int dwOffset) {
    FloatVector squares = FloatVector.broadcast(F, l2);
    FloatVector signs = FloatVector.broadcast(F, l1);
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector weight = FloatVector.fromArray(F, w, wOffset + j);
      FloatVector sign =
          weight
              .blend(1f, weight.compare(VectorOperators.GT, 0f))
              .blend(-1f, weight.compare(VectorOperators.LT, 0f));
      FloatVector gradient = weight.fma(squares, FloatVector.fromArray(F, dw, dwOffset + j));
      FloatVector sum = sign.fma(signs, gradient);
      sum.intoArray(dw, dwOffset + j);
    }
    if (j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector weight = FloatVector.fromArray(F, w, wOffset + j, mask);
      FloatVector sign =
          weight
              .blend(1f, weight.compare(VectorOperators.GT, 0f))
              .blend(-1f, weight.compare(VectorOperators.LT, 0f));
      FloatVector gradient = weight.fma(squares, FloatVector.fromArray(F, dw, dwOffset + j, mask));
      FloatVector sum = sign.fma(signs, gradient);
      sum.intoArray(dw, dwOffset + j, mask);
    }
  }

  static void clip(int n, float limit, float[] dw, int dwOffset) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector gradient = FloatVector.fromArray(F, dw, dwOffset + j);
      FloatVector least = gradient.blend(-limit, gradient.compare(VectorOperators.LT, -limit));
      FloatVector clipped = least.blend(limit, least.compare(VectorOperators.GT, limit));
      clipped.intoArray(dw, dwOffset + j);
    }
    if (j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector gradient = FloatVector.fromArray(F, dw, dwOffset + j, mask);
      FloatVector least = gradient.blend(-limit, gradient.compare(VectorOperators.LT, -limit));
      FloatVector clipped = least.blend(limit, least.compare(VectorOperators.GT, limit));
      clipped.intoArray(dw, dwOffset + j, mask);
    }
  }

  static void momentum(
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
    FloatVector down = FloatVector.broadcast(F, -rate);
    FloatVector kept = FloatVector.broadcast(F, momentum);
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector gradient = FloatVector.fromArray(F, dw, dwOffset + j);
      FloatVector velocity = FloatVector.fromArray(F, v, vOffset + j).fma(kept, gradient);
      velocity.intoArray(v, vOffset + j);
      FloatVector step = nesterov ? velocity.fma(kept, gradient) : velocity;
      FloatVector weight = step.fma(down, FloatVector.fromArray(F, w, wOffset + j));
      weight.intoArray(w, wOffset + j);
    }
    if (j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector gradient = FloatVector.fromArray(F, dw, dwOffset + j, mask);
      FloatVector velocity = FloatVector.fromArray(F, v, vOffset + j, mask).fma(kept, gradient);
      velocity.intoArray(v, vOffset + j, mask);
      FloatVector step = nesterov ? velocity.fma(kept, gradient) : velocity;
      FloatVector weight = step.fma(down, FloatVector.fromArray(F, w, wOffset + j, mask));
      weight.intoArray(w, wOffset + j, mask);
    }
  }

  static void lion(
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
    FloatVector down = FloatVector.broadcast(F, -rate);
    FloatVector kept1 = FloatVector.broadcast(F, beta1);
    FloatVector kept2 = FloatVector.broadcast(F, beta2);
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector gradient = FloatVector.fromArray(F, dw, dwOffset + j);
      FloatVector mean = FloatVector.fromArray(F, m, mOffset + j);
      FloatVector direction = mean.fma(kept1, gradient.mul(1 - beta1));
      FloatVector sign =
          direction
              .blend(1f, direction.compare(VectorOperators.GT, 0f))
              .blend(-1f, direction.compare(VectorOperators.LT, 0f));
      FloatVector weight = sign.fma(down, FloatVector.fromArray(F, w, wOffset + j));
      weight.intoArray(w, wOffset + j);
      FloatVector next = mean.fma(kept2, gradient.mul(1 - beta2));
      next.intoArray(m, mOffset + j);
    }
    if (j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector gradient = FloatVector.fromArray(F, dw, dwOffset + j, mask);
      FloatVector mean = FloatVector.fromArray(F, m, mOffset + j, mask);
      FloatVector direction = mean.fma(kept1, gradient.mul(1 - beta1));
      FloatVector sign =
          direction
              .blend(1f, direction.compare(VectorOperators.GT, 0f))
              .blend(-1f, direction.compare(VectorOperators.LT, 0f));
      FloatVector weight = sign.fma(down, FloatVector.fromArray(F, w, wOffset + j, mask));
      weight.intoArray(w, wOffset + j, mask);
      FloatVector next = mean.fma(kept2, gradient.mul(1 - beta2));
      next.intoArray(m, mOffset + j, mask);
    }
  }
}
