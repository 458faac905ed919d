package dev.lanewise.internal.vector;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import dev.lanewise.internal.simd.VectorMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Activations and their derivatives, element by element. */
final class Elementwise {
  private Elementwise() {}

  static void relu(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      relu(FloatVector.fromArray(F, x, xOffset + j)).intoArray(y, yOffset + j);
    }
    if (j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      relu(FloatVector.fromArray(F, x, xOffset + j, mask)).intoArray(y, yOffset + j, mask);
    }
  }

  private static FloatVector relu(FloatVector x) {
    return x.blend(0f, x.compare(VectorOperators.LE, 0f));
  }

  static void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      VectorMath.exp(FloatVector.fromArray(F, x, xOffset + j)).intoArray(y, yOffset + j);
    }
    if (j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      VectorMath.exp(FloatVector.fromArray(F, x, xOffset + j, mask))
          .intoArray(y, yOffset + j, mask);
    }
  }

  static void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      VectorMath.sigmoid(FloatVector.fromArray(F, x, xOffset + j)).intoArray(y, yOffset + j);
    }
    if (j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      VectorMath.sigmoid(FloatVector.fromArray(F, x, xOffset + j, mask))
          .intoArray(y, yOffset + j, mask);
    }
  }

  static void tanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      VectorMath.tanh(FloatVector.fromArray(F, x, xOffset + j)).intoArray(y, yOffset + j);
    }
    if (j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      VectorMath.tanh(FloatVector.fromArray(F, x, xOffset + j, mask))
          .intoArray(y, yOffset + j, mask);
    }
  }

  static void reluGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      reluGradient(
              FloatVector.fromArray(F, y, yOffset + j), FloatVector.fromArray(F, dy, dyOffset + j))
          .intoArray(dy, dyOffset + j);
    }
    if (j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      reluGradient(
              FloatVector.fromArray(F, y, yOffset + j, mask),
              FloatVector.fromArray(F, dy, dyOffset + j, mask))
          .intoArray(dy, dyOffset + j, mask);
    }
  }

  private static FloatVector reluGradient(FloatVector y, FloatVector dy) {
    return FloatVector.zero(F).blend(dy, y.compare(VectorOperators.GT, 0f));
  }

  static void sigmoidGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      sigmoidGradient(
              FloatVector.fromArray(F, y, yOffset + j), FloatVector.fromArray(F, dy, dyOffset + j))
          .intoArray(dy, dyOffset + j);
    }
    if (j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      sigmoidGradient(
              FloatVector.fromArray(F, y, yOffset + j, mask),
              FloatVector.fromArray(F, dy, dyOffset + j, mask))
          .intoArray(dy, dyOffset + j, mask);
    }
  }

  private static FloatVector sigmoidGradient(FloatVector y, FloatVector dy) {
    return dy.mul(y.mul(FloatVector.broadcast(F, 1f).sub(y)));
  }

  static void tanhGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      tanhGradient(
              FloatVector.fromArray(F, y, yOffset + j), FloatVector.fromArray(F, dy, dyOffset + j))
          .intoArray(dy, dyOffset + j);
    }
    if (j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      tanhGradient(
              FloatVector.fromArray(F, y, yOffset + j, mask),
              FloatVector.fromArray(F, dy, dyOffset + j, mask))
          .intoArray(dy, dyOffset + j, mask);
    }
  }

  private static FloatVector tanhGradient(FloatVector y, FloatVector dy) {
    return dy.mul(y.neg().fma(y, FloatVector.broadcast(F, 1f)));
  }
}
