package dev.lanewise.internal.vector;

import static dev.lanewise.internal.scalar.Fma.fma;
import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;
import static dev.lanewise.internal.simd.Lanes.PARTS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** Softmax of one sample, its gradient, and its cross-entropy. */
final class Softmax {
  private Softmax() {}

  static void forward(int n, float[] x, int xOffset, float[] y, int yOffset) {
    shift(n, Level1.max(n, x, xOffset), x, xOffset, y, yOffset);
    Elementwise.exp(n, y, yOffset, y, yOffset);
    float sum = Level1.sum(n, y, yOffset);
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector.fromArray(F, y, yOffset + j).div(sum).intoArray(y, yOffset + j);
    }
    if (PARTS && j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector.fromArray(F, y, yOffset + j, mask).div(sum).intoArray(y, yOffset + j, mask);
    }
    for (; !PARTS && j < n; j++) {
      y[yOffset + j] /= sum;
    }
  }

  private static void shift(int n, float by, float[] x, int xOffset, float[] y, int yOffset) {
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector.fromArray(F, x, xOffset + j).sub(by).intoArray(y, yOffset + j);
    }
    if (PARTS && j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector.fromArray(F, x, xOffset + j, mask).sub(by).intoArray(y, yOffset + j, mask);
    }
    for (; !PARTS && j < n; j++) {
      y[yOffset + j] = x[xOffset + j] - by;
    }
  }

  static void gradient(int n, float[] y, int yOffset, float[] dy, int dyOffset) {
    float mean = Level1.dot(n, y, yOffset, dy, dyOffset);
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector d = FloatVector.fromArray(F, dy, dyOffset + j).sub(mean);
      FloatVector.fromArray(F, y, yOffset + j).mul(d).intoArray(dy, dyOffset + j);
    }
    if (PARTS && j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector d = FloatVector.fromArray(F, dy, dyOffset + j, mask).sub(mean);
      FloatVector.fromArray(F, y, yOffset + j, mask).mul(d).intoArray(dy, dyOffset + j, mask);
    }
    for (; !PARTS && j < n; j++) {
      dy[dyOffset + j] = y[yOffset + j] * (dy[dyOffset + j] - mean);
    }
  }

  static double crossEntropy(
      int n, float[] z, int zOffset, float[] t, int tOffset, float a, float[] dz, int dzOffset) {
    shift(n, Level1.max(n, z, zOffset), z, zOffset, dz, dzOffset);
    float picked = Level1.dot(n, t, tOffset, dz, dzOffset);
    float total = Level1.sum(n, t, tOffset);
    Elementwise.exp(n, dz, dzOffset, dz, dzOffset);
    float sum = Level1.sum(n, dz, dzOffset);
    FloatVector vectorSum = FloatVector.broadcast(F, sum);
    FloatVector vectorTotal = FloatVector.broadcast(F, total);
    int j = 0;
    for (; j <= n - LANES; j += LANES) {
      FloatVector p = FloatVector.fromArray(F, dz, dzOffset + j).div(vectorSum);
      FloatVector target = FloatVector.fromArray(F, t, tOffset + j);
      p.fma(vectorTotal, target.neg()).mul(a).intoArray(dz, dzOffset + j);
    }
    if (PARTS && j < n) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector p = FloatVector.fromArray(F, dz, dzOffset + j, mask).div(vectorSum);
      FloatVector target = FloatVector.fromArray(F, t, tOffset + j, mask);
      p.fma(vectorTotal, target.neg()).mul(a).intoArray(dz, dzOffset + j, mask);
    }
    for (; !PARTS && j < n; j++) {
      dz[dzOffset + j] = fma(dz[dzOffset + j] / sum, total, -t[tOffset + j]) * a;
    }
    return StrictMath.log(sum) * total - picked;
  }
}
