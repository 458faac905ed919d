package dev.lanewise.internal.vector;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * RMSProp in its four forms. Each is a loop of its own, because vectors that depend on a condition
 * may be boxed.
 */
final class RmsProp {
  private RmsProp() {}

  static void plain(
      int n,
      float rate,
      float alpha,
      float epsilon,
      float[] dw,
      int dwOffset,
      float[] square,
      int squareOffset,
      float[] w,
      int wOffset) {
    FloatVector down = FloatVector.broadcast(F, -rate);
    for (int j = 0; j < n; j += LANES) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector gradient = FloatVector.fromArray(F, dw, dwOffset + j, mask);
      FloatVector spread =
          gradient
              .mul(1 - alpha)
              .fma(gradient, FloatVector.fromArray(F, square, squareOffset + j, mask).mul(alpha));
      spread.intoArray(square, squareOffset + j, mask);
      FloatVector step = gradient.div(spread.sqrt().add(epsilon));
      FloatVector weight = step.fma(down, FloatVector.fromArray(F, w, wOffset + j, mask));
      weight.intoArray(w, wOffset + j, mask);
    }
  }

  static void withMomentum(
      int n,
      float rate,
      float alpha,
      float epsilon,
      float momentum,
      float[] dw,
      int dwOffset,
      float[] square,
      int squareOffset,
      float[] velocity,
      int velocityOffset,
      float[] w,
      int wOffset) {
    FloatVector down = FloatVector.broadcast(F, -rate);
    FloatVector velocities = FloatVector.broadcast(F, momentum);
    for (int j = 0; j < n; j += LANES) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector gradient = FloatVector.fromArray(F, dw, dwOffset + j, mask);
      FloatVector spread =
          gradient
              .mul(1 - alpha)
              .fma(gradient, FloatVector.fromArray(F, square, squareOffset + j, mask).mul(alpha));
      spread.intoArray(square, squareOffset + j, mask);
      FloatVector step = gradient.div(spread.sqrt().add(epsilon));
      FloatVector speed =
          FloatVector.fromArray(F, velocity, velocityOffset + j, mask).fma(velocities, step);
      speed.intoArray(velocity, velocityOffset + j, mask);
      FloatVector weight = speed.fma(down, FloatVector.fromArray(F, w, wOffset + j, mask));
      weight.intoArray(w, wOffset + j, mask);
    }
  }

  static void centered(
      int n,
      float rate,
      float alpha,
      float epsilon,
      float[] dw,
      int dwOffset,
      float[] square,
      int squareOffset,
      float[] mean,
      int meanOffset,
      float[] w,
      int wOffset) {
    FloatVector down = FloatVector.broadcast(F, -rate);
    FloatVector means = FloatVector.broadcast(F, alpha);
    for (int j = 0; j < n; j += LANES) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector gradient = FloatVector.fromArray(F, dw, dwOffset + j, mask);
      FloatVector spread =
          gradient
              .mul(1 - alpha)
              .fma(gradient, FloatVector.fromArray(F, square, squareOffset + j, mask).mul(alpha));
      spread.intoArray(square, squareOffset + j, mask);
      FloatVector centre =
          FloatVector.fromArray(F, mean, meanOffset + j, mask).fma(means, gradient.mul(1 - alpha));
      centre.intoArray(mean, meanOffset + j, mask);
      FloatVector variance = centre.neg().fma(centre, spread).max(0f);
      FloatVector step = gradient.div(variance.sqrt().add(epsilon));
      FloatVector weight = step.fma(down, FloatVector.fromArray(F, w, wOffset + j, mask));
      weight.intoArray(w, wOffset + j, mask);
    }
  }

  static void centeredWithMomentum(
      int n,
      float rate,
      float alpha,
      float epsilon,
      float momentum,
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
    FloatVector down = FloatVector.broadcast(F, -rate);
    FloatVector means = FloatVector.broadcast(F, alpha);
    FloatVector velocities = FloatVector.broadcast(F, momentum);
    for (int j = 0; j < n; j += LANES) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector gradient = FloatVector.fromArray(F, dw, dwOffset + j, mask);
      FloatVector spread =
          gradient
              .mul(1 - alpha)
              .fma(gradient, FloatVector.fromArray(F, square, squareOffset + j, mask).mul(alpha));
      spread.intoArray(square, squareOffset + j, mask);
      FloatVector centre =
          FloatVector.fromArray(F, mean, meanOffset + j, mask).fma(means, gradient.mul(1 - alpha));
      centre.intoArray(mean, meanOffset + j, mask);
      FloatVector variance = centre.neg().fma(centre, spread).max(0f);
      FloatVector step = gradient.div(variance.sqrt().add(epsilon));
      FloatVector speed =
          FloatVector.fromArray(F, velocity, velocityOffset + j, mask).fma(velocities, step);
      speed.intoArray(velocity, velocityOffset + j, mask);
      FloatVector weight = speed.fma(down, FloatVector.fromArray(F, w, wOffset + j, mask));
      weight.intoArray(w, wOffset + j, mask);
    }
  }
}
