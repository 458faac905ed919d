package dev.lanewise.internal.vector;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Updates that divide each gradient by a root of what its squares were.
 *
 * <p>Each is written twice, for the reason that {@link Elementwise} gives.
 */
final class AdaptiveUpdates {
  private AdaptiveUpdates() {}

  static void adam(
      int n,
      float step,
      float beta1,
      float beta2,
      float epsilon,
      float scale,
      float[] dw,
      int dwOffset,
      float[] m,
      int mOffset,
      float[] v,
      int vOffset,
      float[] w,
      int wOffset) {
    FloatVector down = FloatVector.broadcast(F, -step);
    FloatVector kept1 = FloatVector.broadcast(F, beta1);
    FloatVector scales = FloatVector.broadcast(F, scale);
    FloatVector epsilons = FloatVector.broadcast(F, epsilon);
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector gradient = FloatVector.fromArray(F, dw, dwOffset + j);
      FloatVector mean =
          FloatVector.fromArray(F, m, mOffset + j).fma(kept1, gradient.mul(1 - beta1));
      FloatVector square =
          gradient
              .mul(1 - beta2)
              .fma(gradient, FloatVector.fromArray(F, v, vOffset + j).mul(beta2));
      mean.intoArray(m, mOffset + j);
      square.intoArray(v, vOffset + j);
      FloatVector divisor = square.sqrt().fma(scales, epsilons);
      FloatVector weight = mean.div(divisor).fma(down, FloatVector.fromArray(F, w, wOffset + j));
      weight.intoArray(w, wOffset + j);
    }
    if (j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector gradient = FloatVector.fromArray(F, dw, dwOffset + j, mask);
      FloatVector mean =
          FloatVector.fromArray(F, m, mOffset + j, mask).fma(kept1, gradient.mul(1 - beta1));
      FloatVector square =
          gradient
              .mul(1 - beta2)
              .fma(gradient, FloatVector.fromArray(F, v, vOffset + j, mask).mul(beta2));
      mean.intoArray(m, mOffset + j, mask);
      square.intoArray(v, vOffset + j, mask);
      FloatVector divisor = square.sqrt().fma(scales, epsilons);
      FloatVector weight =
          mean.div(divisor).fma(down, FloatVector.fromArray(F, w, wOffset + j, mask));
      weight.intoArray(w, wOffset + j, mask);
    }
  }

  static void adaGrad(
      int n,
      float rate,
      float epsilon,
      float[] dw,
      int dwOffset,
      float[] sum,
      int sumOffset,
      float[] w,
      int wOffset) {
    FloatVector down = FloatVector.broadcast(F, -rate);
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector gradient = FloatVector.fromArray(F, dw, dwOffset + j);
      FloatVector squares = gradient.fma(gradient, FloatVector.fromArray(F, sum, sumOffset + j));
      squares.intoArray(sum, sumOffset + j);
      FloatVector step = gradient.div(squares.sqrt().add(epsilon));
      FloatVector weight = step.fma(down, FloatVector.fromArray(F, w, wOffset + j));
      weight.intoArray(w, wOffset + j);
    }
    if (j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector gradient = FloatVector.fromArray(F, dw, dwOffset + j, mask);
      FloatVector squares =
          gradient.fma(gradient, FloatVector.fromArray(F, sum, sumOffset + j, mask));
      squares.intoArray(sum, sumOffset + j, mask);
      FloatVector step = gradient.div(squares.sqrt().add(epsilon));
      FloatVector weight = step.fma(down, FloatVector.fromArray(F, w, wOffset + j, mask));
      weight.intoArray(w, wOffset + j, mask);
    }
  }
}
