package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.I;
import static dev.lanewise.internal.simd.Lanes.LANES;

import dev.lanewise.internal.scalar.ScalarLogarithms;
import dev.lanewise.internal.scalar.ScalarMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link ScalarLogarithms}, a vector at a time: the same operations in the same order, so the same
 * bits in every lane. Why each method is one flat loop stands with {@link VectorMath}.
 */
public final class VectorLogarithms {
  private VectorLogarithms() {}

  /** Returns {@link ScalarLogarithms#log} of {@code n} numbers. */
  public static void log(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int j = 0; j < n; j += LANES) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector v = FloatVector.fromArray(F, x, xOffset + j, mask);
      VectorMask<Float> denormal = v.compare(VectorOperators.LT, Float.MIN_NORMAL);
      IntVector bits =
          (IntVector)
              v.blend(v.mul(ScalarLogarithms.LOG_LIFT), denormal)
                  .convertShape(VectorOperators.REINTERPRET_F2I, I, 0);
      IntVector exponent =
          bits.sub(ScalarLogarithms.SQRT_HALF_BITS)
              .lanewise(VectorOperators.ASHR, ScalarMath.EXPONENT_SHIFT);
      FloatVector fraction =
          (FloatVector)
              bits.sub(exponent.lanewise(VectorOperators.LSHL, ScalarMath.EXPONENT_SHIFT))
                  .convertShape(VectorOperators.REINTERPRET_I2F, F, 0);
      FloatVector f = fraction.sub(1f);
      FloatVector k =
          (FloatVector)
              exponent
                  .add(ScalarLogarithms.ROUND_BITS)
                  .convertShape(VectorOperators.REINTERPRET_I2F, F, 0);
      k = k.sub(ScalarMath.ROUND);
      k = k.blend(k.sub(ScalarLogarithms.LOG_LIFTED), denormal);
      FloatVector p = f.fma(ScalarLogarithms.L8, ScalarLogarithms.L7);
      p = p.fma(f, FloatVector.broadcast(F, ScalarLogarithms.L6));
      p = p.fma(f, FloatVector.broadcast(F, ScalarLogarithms.L5));
      p = p.fma(f, FloatVector.broadcast(F, ScalarLogarithms.L4));
      p = p.fma(f, FloatVector.broadcast(F, ScalarLogarithms.L3));
      p = p.fma(f, FloatVector.broadcast(F, ScalarLogarithms.L2));
      p = p.fma(f, FloatVector.broadcast(F, ScalarLogarithms.L1));
      p = p.fma(f, FloatVector.broadcast(F, ScalarLogarithms.L0));
      FloatVector low = f.mul(f).fma(p, k.fma(FloatVector.broadcast(F, ScalarMath.LN2_LOW), f));
      FloatVector result =
          k.fma(FloatVector.broadcast(F, ScalarMath.LN2_HIGH), low)
              .blend(
                  Float.POSITIVE_INFINITY, v.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY))
              .blend(Float.NaN, v.compare(VectorOperators.GT, 0f).not())
              .blend(Float.NEGATIVE_INFINITY, v.compare(VectorOperators.EQ, 0f));
      result.intoArray(y, yOffset + j, mask);
    }
  }

  /** Returns {@link ScalarLogarithms#softplus} of {@code n} numbers. */
  public static void softplus(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int j = 0; j < n; j += LANES) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector v = FloatVector.fromArray(F, x, xOffset + j, mask);
      FloatVector a = v.abs();
      FloatVector minus = a.neg();
      FloatVector t = a.fma(-ScalarMath.LOG2_E, ScalarMath.SIGMOID_ROUND);
      FloatVector k = t.sub(ScalarMath.SIGMOID_ROUND);
      FloatVector h = k.fma(FloatVector.broadcast(F, -ScalarMath.LN2_HIGH), minus);
      FloatVector r = k.fma(FloatVector.broadcast(F, -ScalarMath.LN2_LOW), h);
      FloatVector high = h.add(1f);
      FloatVector low = k.fma(FloatVector.broadcast(F, -ScalarMath.LN2_LOW), h.sub(high.sub(1f)));
      FloatVector p = r.fma(ScalarMath.E6, ScalarMath.E5);
      p = p.fma(r, FloatVector.broadcast(F, ScalarMath.E4));
      p = p.fma(r, FloatVector.broadcast(F, ScalarMath.E3));
      p = p.fma(r, FloatVector.broadcast(F, ScalarMath.E2));
      FloatVector power =
          (FloatVector)
              t.convertShape(VectorOperators.REINTERPRET_F2I, I, 0)
                  .lanewise(VectorOperators.LSHL, ScalarMath.EXPONENT_SHIFT)
                  .convertShape(VectorOperators.REINTERPRET_I2F, F, 0);
      FloatVector e =
          high.add(r.mul(r).fma(p, low))
              .mul(power)
              .mul(ScalarMath.SIGMOID_LOWER)
              .blend(0f, a.compare(VectorOperators.GT, -ScalarMath.EXP_MIN));
      p = e.fma(ScalarLogarithms.S9, ScalarLogarithms.S8);
      p = p.fma(e, FloatVector.broadcast(F, ScalarLogarithms.S7));
      p = p.fma(e, FloatVector.broadcast(F, ScalarLogarithms.S6));
      p = p.fma(e, FloatVector.broadcast(F, ScalarLogarithms.S5));
      p = p.fma(e, FloatVector.broadcast(F, ScalarLogarithms.S4));
      p = p.fma(e, FloatVector.broadcast(F, ScalarLogarithms.S3));
      p = p.fma(e, FloatVector.broadcast(F, ScalarLogarithms.S2));
      p = p.fma(e, FloatVector.broadcast(F, ScalarLogarithms.S1));
      p = p.fma(e, FloatVector.broadcast(F, ScalarLogarithms.S0));
      FloatVector right = FloatVector.zero(F).blend(v, v.compare(VectorOperators.GT, 0f));
      FloatVector result = right.add(e.mul(e).fma(p, e));
      result.intoArray(y, yOffset + j, mask);
    }
  }
}
