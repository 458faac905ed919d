package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.I;
import static dev.lanewise.internal.simd.Lanes.LANES;

import dev.lanewise.internal.scalar.ScalarMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * ELU, SELU and the derivatives that need {@code e^x - 1} or follow from it, a vector at a time:
 * the same operations in the same order as {@link ScalarMath#expm1}, so the same bits in every
 * lane. Why each method is one flat loop stands with {@link VectorMath}.
 */
public final class VectorElu {
  private VectorElu() {}

  /** {@code y = x > 0 ? right x : left (e^x - 1)} of {@code n} numbers. */
  public static void elu(
      int n, float right, float left, float[] x, int xOffset, float[] y, int yOffset) {
    for (int j = 0; j < n; j += LANES) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector m = FloatVector.fromArray(F, x, xOffset + j, mask);
      FloatVector t = m.fma(ScalarMath.LOG2_E, ScalarMath.TANH_ROUND);
      FloatVector k = t.sub(ScalarMath.TANH_ROUND);
      FloatVector r = k.fma(FloatVector.broadcast(F, -ScalarMath.LN2_HIGH), m);
      r = k.fma(FloatVector.broadcast(F, -ScalarMath.LN2_LOW), r);
      FloatVector p = r.fma(ScalarMath.E6, ScalarMath.E5);
      p = p.fma(r, FloatVector.broadcast(F, ScalarMath.E4));
      p = p.fma(r, FloatVector.broadcast(F, ScalarMath.E3));
      p = p.fma(r, FloatVector.broadcast(F, ScalarMath.E2));
      FloatVector w = r.mul(r).fma(p, r);
      FloatVector power =
          (FloatVector)
              t.convertShape(VectorOperators.REINTERPRET_F2I, I, 0)
                  .lanewise(VectorOperators.LSHL, ScalarMath.EXPONENT_SHIFT)
                  .convertShape(VectorOperators.REINTERPRET_I2F, F, 0);
      FloatVector expm1 =
          power
              .fma(w, power.sub(1f))
              .blend(-1f, m.compare(VectorOperators.LT, ScalarMath.EXPM1_MIN));
      FloatVector result = expm1.mul(left).blend(m.mul(right), m.compare(VectorOperators.GT, 0f));
      result.intoArray(y, yOffset + j, mask);
    }
  }

  /** {@link #elu} with the constants of SELU. */
  public static void selu(int n, float[] x, int xOffset, float[] y, int yOffset) {
    elu(n, ScalarMath.SELU_SCALE, ScalarMath.SELU_FLOOR, x, xOffset, y, yOffset);
  }

  /** Multiplies {@code n} gradients by {@code y > 0 ? right : y + left}. */
  public static void eluGradient(
      int n, float right, float left, float[] y, int yOffset, float[] dy, int dyOffset) {
    for (int j = 0; j < n; j += LANES) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector v = FloatVector.fromArray(F, y, yOffset + j, mask);
      FloatVector slope = v.add(left).blend(right, v.compare(VectorOperators.GT, 0f));
      FloatVector.fromArray(F, dy, dyOffset + j, mask).mul(slope).intoArray(dy, dyOffset + j, mask);
    }
  }

  /** {@link #eluGradient} with the constants of SELU. */
  public static void seluGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset) {
    eluGradient(n, ScalarMath.SELU_SCALE, ScalarMath.SELU_FLOOR, y, yOffset, dy, dyOffset);
  }

  /** Multiplies {@code n} gradients by {@code 1 - e^-y}. */
  public static void softplusGradient(int n, float[] y, int yOffset, float[] dy, int dyOffset) {
    for (int j = 0; j < n; j += LANES) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector v = FloatVector.fromArray(F, y, yOffset + j, mask);
      FloatVector m = v.neg();
      FloatVector t = m.fma(ScalarMath.LOG2_E, ScalarMath.TANH_ROUND);
      FloatVector k = t.sub(ScalarMath.TANH_ROUND);
      FloatVector r = k.fma(FloatVector.broadcast(F, -ScalarMath.LN2_HIGH), m);
      r = k.fma(FloatVector.broadcast(F, -ScalarMath.LN2_LOW), r);
      FloatVector p = r.fma(ScalarMath.E6, ScalarMath.E5);
      p = p.fma(r, FloatVector.broadcast(F, ScalarMath.E4));
      p = p.fma(r, FloatVector.broadcast(F, ScalarMath.E3));
      p = p.fma(r, FloatVector.broadcast(F, ScalarMath.E2));
      FloatVector w = r.mul(r).fma(p, r);
      FloatVector power =
          (FloatVector)
              t.convertShape(VectorOperators.REINTERPRET_F2I, I, 0)
                  .lanewise(VectorOperators.LSHL, ScalarMath.EXPONENT_SHIFT)
                  .convertShape(VectorOperators.REINTERPRET_I2F, F, 0);
      FloatVector expm1 =
          power
              .fma(w, power.sub(1f))
              .blend(-1f, m.compare(VectorOperators.LT, ScalarMath.EXPM1_MIN));
      FloatVector slope = expm1.neg();
      FloatVector.fromArray(F, dy, dyOffset + j, mask).mul(slope).intoArray(dy, dyOffset + j, mask);
    }
  }
}
