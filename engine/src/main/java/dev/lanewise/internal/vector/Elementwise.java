package dev.lanewise.internal.vector;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import dev.lanewise.internal.scalar.ScalarMath;
import dev.lanewise.internal.simd.Lanes;
import dev.lanewise.internal.simd.VectorMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The exponential, ReLU, leaky or not, and simple derivatives of activations, element by element.
 *
 * <p>Vectors go through no method of ours: HotSpot inlines the methods of the Vector API always,
 * others only while it sees reason to, and a call that is left boxes its vectors. What is short is
 * written twice, without a mask for whole vectors and with one for the rest.
 */
final class Elementwise {
  private Elementwise() {}

  static void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int j = Lanes.inVectors(n);
    VectorMath.exp(j, x, xOffset, y, yOffset);
    for (; j < n; j++) {
      y[yOffset + j] = ScalarMath.exp(x[xOffset + j]);
    }
  }

  static void relu(int n, float[] x, int xOffset, float[] y, int yOffset) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector v = FloatVector.fromArray(F, x, xOffset + j);
      v.blend(0f, v.compare(VectorOperators.LE, 0f)).intoArray(y, yOffset + j);
    }
    if (j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector v = FloatVector.fromArray(F, x, xOffset + j, mask);
      v.blend(0f, v.compare(VectorOperators.LE, 0f)).intoArray(y, yOffset + j, mask);
    }
  }

  static void reluGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector v = FloatVector.fromArray(F, y, yOffset + j);
      FloatVector d = FloatVector.fromArray(F, dy, dyOffset + j);
      d.blend(0f, v.compare(VectorOperators.GT, 0f).not()).intoArray(dy, dyOffset + j);
    }
    if (j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector v = FloatVector.fromArray(F, y, yOffset + j, mask);
      FloatVector d = FloatVector.fromArray(F, dy, dyOffset + j, mask);
      d.blend(0f, v.compare(VectorOperators.GT, 0f).not()).intoArray(dy, dyOffset + j, mask);
    }
  }

  static void leakyRelu(int n, float slope, float[] x, int xOffset, float[] y, int yOffset) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector v = FloatVector.fromArray(F, x, xOffset + j);
      v.mul(slope).blend(v, v.compare(VectorOperators.GT, 0f)).intoArray(y, yOffset + j);
    }
    if (j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector v = FloatVector.fromArray(F, x, xOffset + j, mask);
      v.mul(slope).blend(v, v.compare(VectorOperators.GT, 0f)).intoArray(y, yOffset + j, mask);
    }
  }

  static void leakyReluGradient(
      int n, float slope, float[] y, int yOffset, float[] dy, int dyOffset) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector v = FloatVector.fromArray(F, y, yOffset + j);
      FloatVector d = FloatVector.fromArray(F, dy, dyOffset + j);
      d.mul(slope).blend(d, v.compare(VectorOperators.GT, 0f)).intoArray(dy, dyOffset + j);
    }
    if (j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector v = FloatVector.fromArray(F, y, yOffset + j, mask);
      FloatVector d = FloatVector.fromArray(F, dy, dyOffset + j, mask);
      d.mul(slope).blend(d, v.compare(VectorOperators.GT, 0f)).intoArray(dy, dyOffset + j, mask);
    }
  }

  static void sigmoidGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset) {
    for (int j = 0; j < n; j += LANES) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector v = FloatVector.fromArray(F, y, yOffset + j, mask);
      FloatVector d = FloatVector.fromArray(F, dy, dyOffset + j, mask);
      d.mul(v.mul(v.neg().add(1f))).intoArray(dy, dyOffset + j, mask);
    }
  }

  static void tanhGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset) {
    FloatVector one = FloatVector.broadcast(F, 1f);
    for (int j = 0; j < n; j += LANES) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector v = FloatVector.fromArray(F, y, yOffset + j, mask);
      FloatVector d = FloatVector.fromArray(F, dy, dyOffset + j, mask);
      d.mul(v.neg().fma(v, one)).intoArray(dy, dyOffset + j, mask);
    }
  }
}
