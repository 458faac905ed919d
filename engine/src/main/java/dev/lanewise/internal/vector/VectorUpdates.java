package dev.lanewise.internal.vector;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import dev.lanewise.internal.scalar.ScalarUpdates;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The updates on the Vector API, in whole vectors. What is left over is done by the reference:
 * parameters are padded to whole vectors, so in training little ever is.
 */
public final class VectorUpdates extends ScalarUpdates {
  @Override
  public void decay(int n, float factor, float[] w, int wOffset) {
    Level1.scale(n, factor, w, wOffset);
  }

  @Override
  public void penalize(
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
      sign.fma(signs, gradient).intoArray(dw, dwOffset + j);
    }
    if (j < n) {
      super.penalize(n - j, l1, l2, w, wOffset + j, dw, dwOffset + j);
    }
  }

  @Override
  public void clip(int n, float limit, float[] dw, int dwOffset) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector gradient = FloatVector.fromArray(F, dw, dwOffset + j);
      FloatVector least = gradient.blend(-limit, gradient.compare(VectorOperators.LT, -limit));
      least.blend(limit, least.compare(VectorOperators.GT, limit)).intoArray(dw, dwOffset + j);
    }
    if (j < n) {
      super.clip(n - j, limit, dw, dwOffset + j);
    }
  }

  @Override
  public void sgd(int n, float rate, float[] dw, int dwOffset, float[] w, int wOffset) {
    Level1.axpy(n, -rate, dw, dwOffset, w, wOffset);
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
    FloatVector down = FloatVector.broadcast(F, -rate);
    FloatVector kept = FloatVector.broadcast(F, momentum);
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector gradient = FloatVector.fromArray(F, dw, dwOffset + j);
      FloatVector velocity = FloatVector.fromArray(F, v, vOffset + j).fma(kept, gradient);
      velocity.intoArray(v, vOffset + j);
      FloatVector step = nesterov ? velocity.fma(kept, gradient) : velocity;
      step.fma(down, FloatVector.fromArray(F, w, wOffset + j)).intoArray(w, wOffset + j);
    }
    if (j < n) {
      super.momentum(
          n - j, rate, momentum, nesterov, dw, dwOffset + j, v, vOffset + j, w, wOffset + j);
    }
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
      sign.fma(down, FloatVector.fromArray(F, w, wOffset + j)).intoArray(w, wOffset + j);
      mean.fma(kept2, gradient.mul(1 - beta2)).intoArray(m, mOffset + j);
    }
    if (j < n) {
      super.lion(n - j, rate, beta1, beta2, dw, dwOffset + j, m, mOffset + j, w, wOffset + j);
    }
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
    FloatVector down = FloatVector.broadcast(F, -(float) ((double) rate / correction1));
    FloatVector scale = FloatVector.broadcast(F, (float) (1 / Math.sqrt(correction2)));
    FloatVector kept1 = FloatVector.broadcast(F, beta1);
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
      FloatVector step = mean.div(square.sqrt().fma(scale, epsilons));
      step.fma(down, FloatVector.fromArray(F, w, wOffset + j)).intoArray(w, wOffset + j);
    }
    if (j < n) {
      super.adam(
          n - j,
          rate,
          beta1,
          beta2,
          epsilon,
          correction1,
          correction2,
          dw,
          dwOffset + j,
          m,
          mOffset + j,
          v,
          vOffset + j,
          w,
          wOffset + j);
    }
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
    FloatVector down = FloatVector.broadcast(F, -rate);
    FloatVector kept = FloatVector.broadcast(F, alpha);
    FloatVector kept2 = FloatVector.broadcast(F, momentum);
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector gradient = FloatVector.fromArray(F, dw, dwOffset + j);
      FloatVector spread =
          gradient
              .mul(1 - alpha)
              .fma(gradient, FloatVector.fromArray(F, square, squareOffset + j).mul(alpha));
      spread.intoArray(square, squareOffset + j);
      if (centered) {
        FloatVector centre =
            FloatVector.fromArray(F, mean, meanOffset + j).fma(kept, gradient.mul(1 - alpha));
        centre.intoArray(mean, meanOffset + j);
        spread = centre.neg().fma(centre, spread).max(0f);
      }
      FloatVector step = gradient.div(spread.sqrt().add(epsilon));
      if (momentum != 0) {
        step = FloatVector.fromArray(F, velocity, velocityOffset + j).fma(kept2, step);
        step.intoArray(velocity, velocityOffset + j);
      }
      step.fma(down, FloatVector.fromArray(F, w, wOffset + j)).intoArray(w, wOffset + j);
    }
    if (j < n) {
      super.rmsProp(
          n - j,
          rate,
          alpha,
          epsilon,
          momentum,
          centered,
          dw,
          dwOffset + j,
          square,
          squareOffset + j,
          mean,
          meanOffset + j,
          velocity,
          velocityOffset + j,
          w,
          wOffset + j);
    }
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
    FloatVector down = FloatVector.broadcast(F, -rate);
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector gradient = FloatVector.fromArray(F, dw, dwOffset + j);
      FloatVector squares = gradient.fma(gradient, FloatVector.fromArray(F, sum, sumOffset + j));
      squares.intoArray(sum, sumOffset + j);
      FloatVector step = gradient.div(squares.sqrt().add(epsilon));
      step.fma(down, FloatVector.fromArray(F, w, wOffset + j)).intoArray(w, wOffset + j);
    }
    if (j < n) {
      super.adaGrad(n - j, rate, epsilon, dw, dwOffset + j, sum, sumOffset + j, w, wOffset + j);
    }
  }
}
