package dev.lanewise.internal.simd;

import static dev.lanewise.internal.scalar.ScalarLogarithms.L0;
import static dev.lanewise.internal.scalar.ScalarLogarithms.L1;
import static dev.lanewise.internal.scalar.ScalarLogarithms.L2;
import static dev.lanewise.internal.scalar.ScalarLogarithms.L3;
import static dev.lanewise.internal.scalar.ScalarLogarithms.L4;
import static dev.lanewise.internal.scalar.ScalarLogarithms.L5;
import static dev.lanewise.internal.scalar.ScalarLogarithms.L6;
import static dev.lanewise.internal.scalar.ScalarLogarithms.L7;
import static dev.lanewise.internal.scalar.ScalarLogarithms.L8;
import static dev.lanewise.internal.scalar.ScalarLogarithms.LOG_LIFT;
import static dev.lanewise.internal.scalar.ScalarLogarithms.LOG_LIFTED;
import static dev.lanewise.internal.scalar.ScalarLogarithms.ROUND_BITS;
import static dev.lanewise.internal.scalar.ScalarLogarithms.S0;
import static dev.lanewise.internal.scalar.ScalarLogarithms.S1;
import static dev.lanewise.internal.scalar.ScalarLogarithms.S2;
import static dev.lanewise.internal.scalar.ScalarLogarithms.S3;
import static dev.lanewise.internal.scalar.ScalarLogarithms.S4;
import static dev.lanewise.internal.scalar.ScalarLogarithms.S5;
import static dev.lanewise.internal.scalar.ScalarLogarithms.S6;
import static dev.lanewise.internal.scalar.ScalarLogarithms.S7;
import static dev.lanewise.internal.scalar.ScalarLogarithms.S8;
import static dev.lanewise.internal.scalar.ScalarLogarithms.S9;
import static dev.lanewise.internal.scalar.ScalarLogarithms.SQRT_HALF_BITS;
import static dev.lanewise.internal.scalar.ScalarMath.E2;
import static dev.lanewise.internal.scalar.ScalarMath.E3;
import static dev.lanewise.internal.scalar.ScalarMath.E4;
import static dev.lanewise.internal.scalar.ScalarMath.E5;
import static dev.lanewise.internal.scalar.ScalarMath.E6;
import static dev.lanewise.internal.scalar.ScalarMath.EXPONENT_SHIFT;
import static dev.lanewise.internal.scalar.ScalarMath.EXP_MIN;
import static dev.lanewise.internal.scalar.ScalarMath.LN2_HIGH;
import static dev.lanewise.internal.scalar.ScalarMath.LN2_LOW;
import static dev.lanewise.internal.scalar.ScalarMath.LOG2_E;
import static dev.lanewise.internal.scalar.ScalarMath.ROUND;
import static dev.lanewise.internal.scalar.ScalarMath.SIGMOID_LOWER;
import static dev.lanewise.internal.scalar.ScalarMath.SIGMOID_ROUND;
import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import dev.lanewise.internal.scalar.ScalarLogarithms;
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
      IntVector bits = v.blend(v.mul(LOG_LIFT), denormal).reinterpretAsInts();
      IntVector exponent = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, EXPONENT_SHIFT);
      FloatVector f =
          bits.sub(exponent.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT))
              .reinterpretAsFloats()
              .sub(1f);
      FloatVector k = exponent.add(ROUND_BITS).reinterpretAsFloats().sub(ROUND);
      k = k.blend(k.sub(LOG_LIFTED), denormal);
      FloatVector p = f.fma(L8, L7);
      p = p.fma(f, FloatVector.broadcast(F, L6));
      p = p.fma(f, FloatVector.broadcast(F, L5));
      p = p.fma(f, FloatVector.broadcast(F, L4));
      p = p.fma(f, FloatVector.broadcast(F, L3));
      p = p.fma(f, FloatVector.broadcast(F, L2));
      p = p.fma(f, FloatVector.broadcast(F, L1));
      p = p.fma(f, FloatVector.broadcast(F, L0));
      FloatVector low = f.mul(f).fma(p, k.fma(FloatVector.broadcast(F, LN2_LOW), f));
      FloatVector result =
          k.fma(FloatVector.broadcast(F, LN2_HIGH), low)
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
      FloatVector a = v.reinterpretAsInts().and(Integer.MAX_VALUE).reinterpretAsFloats();
      FloatVector minus = v.reinterpretAsInts().or(Integer.MIN_VALUE).reinterpretAsFloats();
      FloatVector t = a.fma(-LOG2_E, SIGMOID_ROUND);
      FloatVector k = t.sub(SIGMOID_ROUND);
      FloatVector h = k.fma(FloatVector.broadcast(F, -LN2_HIGH), minus);
      FloatVector r = k.fma(FloatVector.broadcast(F, -LN2_LOW), h);
      FloatVector high = h.add(1f);
      FloatVector low = k.fma(FloatVector.broadcast(F, -LN2_LOW), h.sub(high.sub(1f)));
      FloatVector p = r.fma(E6, E5);
      p = p.fma(r, FloatVector.broadcast(F, E4));
      p = p.fma(r, FloatVector.broadcast(F, E3));
      p = p.fma(r, FloatVector.broadcast(F, E2));
      FloatVector power =
          t.reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
              .reinterpretAsFloats();
      FloatVector e =
          high.add(r.mul(r).fma(p, low))
              .mul(power)
              .mul(SIGMOID_LOWER)
              .blend(0f, a.compare(VectorOperators.GT, -EXP_MIN));
      p = e.fma(S9, S8);
      p = p.fma(e, FloatVector.broadcast(F, S7));
      p = p.fma(e, FloatVector.broadcast(F, S6));
      p = p.fma(e, FloatVector.broadcast(F, S5));
      p = p.fma(e, FloatVector.broadcast(F, S4));
      p = p.fma(e, FloatVector.broadcast(F, S3));
      p = p.fma(e, FloatVector.broadcast(F, S2));
      p = p.fma(e, FloatVector.broadcast(F, S1));
      p = p.fma(e, FloatVector.broadcast(F, S0));
      FloatVector right = FloatVector.zero(F).blend(v, v.compare(VectorOperators.GT, 0f));
      FloatVector result = right.add(e.mul(e).fma(p, e));
      result.intoArray(y, yOffset + j, mask);
    }
  }
}
