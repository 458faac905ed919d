package dev.lanewise.internal.simd;

import static dev.lanewise.internal.scalar.ScalarErf.A0;
import static dev.lanewise.internal.scalar.ScalarErf.A1;
import static dev.lanewise.internal.scalar.ScalarErf.A2;
import static dev.lanewise.internal.scalar.ScalarErf.A3;
import static dev.lanewise.internal.scalar.ScalarErf.A4;
import static dev.lanewise.internal.scalar.ScalarErf.A5;
import static dev.lanewise.internal.scalar.ScalarErf.A6;
import static dev.lanewise.internal.scalar.ScalarErf.B0;
import static dev.lanewise.internal.scalar.ScalarErf.B1;
import static dev.lanewise.internal.scalar.ScalarErf.B2;
import static dev.lanewise.internal.scalar.ScalarErf.B3;
import static dev.lanewise.internal.scalar.ScalarErf.B4;
import static dev.lanewise.internal.scalar.ScalarErf.B5;
import static dev.lanewise.internal.scalar.ScalarErf.B6;
import static dev.lanewise.internal.scalar.ScalarErf.DENSITY;
import static dev.lanewise.internal.scalar.ScalarErf.ERF_ONE;
import static dev.lanewise.internal.scalar.ScalarErf.ERF_POLYNOMIAL;
import static dev.lanewise.internal.scalar.ScalarErf.GELU_MAX;
import static dev.lanewise.internal.scalar.ScalarErf.GELU_SHIFT;
import static dev.lanewise.internal.scalar.ScalarErf.Q0;
import static dev.lanewise.internal.scalar.ScalarErf.Q1;
import static dev.lanewise.internal.scalar.ScalarErf.Q10;
import static dev.lanewise.internal.scalar.ScalarErf.Q2;
import static dev.lanewise.internal.scalar.ScalarErf.Q3;
import static dev.lanewise.internal.scalar.ScalarErf.Q4;
import static dev.lanewise.internal.scalar.ScalarErf.Q5;
import static dev.lanewise.internal.scalar.ScalarErf.Q6;
import static dev.lanewise.internal.scalar.ScalarErf.Q7;
import static dev.lanewise.internal.scalar.ScalarErf.Q8;
import static dev.lanewise.internal.scalar.ScalarErf.Q9;
import static dev.lanewise.internal.scalar.ScalarGates.GATE_LOWER;
import static dev.lanewise.internal.scalar.ScalarGates.GATE_ROUND;
import static dev.lanewise.internal.scalar.ScalarMath.E2;
import static dev.lanewise.internal.scalar.ScalarMath.E3;
import static dev.lanewise.internal.scalar.ScalarMath.E4;
import static dev.lanewise.internal.scalar.ScalarMath.E5;
import static dev.lanewise.internal.scalar.ScalarMath.E6;
import static dev.lanewise.internal.scalar.ScalarMath.EXPONENT_SHIFT;
import static dev.lanewise.internal.scalar.ScalarMath.LN2_HIGH;
import static dev.lanewise.internal.scalar.ScalarMath.LN2_LOW;
import static dev.lanewise.internal.scalar.ScalarMath.LOG2_E;
import static dev.lanewise.internal.scalar.ScalarMath.TANH_ROUND;
import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.LANES;

import dev.lanewise.internal.scalar.ScalarErf;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link ScalarErf}, a vector at a time: the same operations in the same order, so the same bits in
 * every lane. Why each method is one flat loop stands with {@link VectorMath}.
 */
public final class VectorErf {
  private VectorErf() {}

  /** Returns {@link ScalarErf#erf} of {@code n} numbers. */
  public static void erf(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int j = 0; j < n; j += LANES) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector v = FloatVector.fromArray(F, x, xOffset + j, mask);
      IntVector bits = v.reinterpretAsInts();
      IntVector sign = bits.and(Integer.MIN_VALUE);
      FloatVector a = bits.and(Integer.MAX_VALUE).reinterpretAsFloats();
      FloatVector minus = a.neg();

      FloatVector q = a.fma(B6, B5);
      q = q.fma(a, FloatVector.broadcast(F, B4));
      q = q.fma(a, FloatVector.broadcast(F, B3));
      q = q.fma(a, FloatVector.broadcast(F, B2));
      q = q.fma(a, FloatVector.broadcast(F, B1));
      q = q.fma(a, FloatVector.broadcast(F, B0));
      q = q.fma(minus, minus);
      FloatVector t = q.fma(LOG2_E, TANH_ROUND);
      FloatVector k = t.sub(TANH_ROUND);
      FloatVector h = k.fma(FloatVector.broadcast(F, -LN2_HIGH), q);
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
      FloatVector e = high.add(r.mul(r).fma(p, low));
      FloatVector large = e.neg().fma(power, FloatVector.broadcast(F, 1f));

      FloatVector s = a.mul(a);
      p = s.fma(A6, A5);
      p = p.fma(s, FloatVector.broadcast(F, A4));
      p = p.fma(s, FloatVector.broadcast(F, A3));
      p = p.fma(s, FloatVector.broadcast(F, A2));
      p = p.fma(s, FloatVector.broadcast(F, A1));
      p = p.fma(s, FloatVector.broadcast(F, A0));
      FloatVector small = p.fma(a, a);

      FloatVector result =
          large
              .blend(1f, a.compare(VectorOperators.GE, ERF_ONE))
              .blend(small, a.compare(VectorOperators.LT, ERF_POLYNOMIAL))
              .reinterpretAsInts()
              .or(sign)
              .reinterpretAsFloats();
      result.intoArray(y, yOffset + j, mask);
    }
  }

  /** Returns {@link ScalarErf#gelu} of {@code n} numbers. */
  public static void gelu(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int j = 0; j < n; j += LANES) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector v = FloatVector.fromArray(F, x, xOffset + j, mask);
      FloatVector a = v.reinterpretAsInts().and(Integer.MAX_VALUE).reinterpretAsFloats();
      FloatVector half = a.mul(-0.5f);
      FloatVector s = half.mul(a);
      FloatVector rest = half.fma(a, s.neg());
      FloatVector t = s.fma(LOG2_E, GATE_ROUND);
      FloatVector k = t.sub(GATE_ROUND);
      FloatVector h = k.fma(FloatVector.broadcast(F, -LN2_HIGH), s);
      FloatVector l = k.fma(FloatVector.broadcast(F, -LN2_LOW), rest);
      FloatVector r = h.add(l);
      FloatVector high = h.add(1f);
      FloatVector low = h.sub(high.sub(1f)).add(l);
      FloatVector p = r.fma(E6, E5);
      p = p.fma(r, FloatVector.broadcast(F, E4));
      p = p.fma(r, FloatVector.broadcast(F, E3));
      p = p.fma(r, FloatVector.broadcast(F, E2));
      FloatVector power =
          t.reinterpretAsInts()
              .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
              .reinterpretAsFloats();
      FloatVector e = high.add(r.mul(r).fma(p, low)).mul(power);
      FloatVector u = a.div(a.add(GELU_SHIFT));
      p = u.fma(Q10, Q9);
      p = p.fma(u, FloatVector.broadcast(F, Q8));
      p = p.fma(u, FloatVector.broadcast(F, Q7));
      p = p.fma(u, FloatVector.broadcast(F, Q6));
      p = p.fma(u, FloatVector.broadcast(F, Q5));
      p = p.fma(u, FloatVector.broadcast(F, Q4));
      p = p.fma(u, FloatVector.broadcast(F, Q3));
      p = p.fma(u, FloatVector.broadcast(F, Q2));
      p = p.fma(u, FloatVector.broadcast(F, Q1));
      p = p.fma(u, FloatVector.broadcast(F, Q0));
      FloatVector lost = u.mul(p).mul(e).blend(0f, s.compare(VectorOperators.LT, -GELU_MAX));
      FloatVector right = FloatVector.zero(F).blend(v, v.compare(VectorOperators.GT, 0f));
      FloatVector result = lost.neg().fma(FloatVector.broadcast(F, GATE_LOWER), right);
      result.intoArray(y, yOffset + j, mask);
    }
  }

  /** Multiplies {@code n} gradients by the derivative of {@link #gelu} at {@code z}. */
  public static void geluGradient(int n, float[] z, int zOffset, float[] dy, int dyOffset) {
    for (int j = 0; j < n; j += LANES) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector v = FloatVector.fromArray(F, z, zOffset + j, mask);
      FloatVector a = v.reinterpretAsInts().and(Integer.MAX_VALUE).reinterpretAsFloats();
      FloatVector s = a.mul(-0.5f).mul(a);
      FloatVector t = s.fma(LOG2_E, GATE_ROUND);
      FloatVector k = t.sub(GATE_ROUND);
      FloatVector h = k.fma(FloatVector.broadcast(F, -LN2_HIGH), s);
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
      FloatVector e = high.add(r.mul(r).fma(p, low)).mul(power).mul(GATE_LOWER);
      FloatVector q = FloatVector.broadcast(F, 1f).div(a.add(GELU_SHIFT));
      FloatVector u = a.mul(q);
      p = u.fma(Q10, Q9);
      p = p.fma(u, FloatVector.broadcast(F, Q8));
      p = p.fma(u, FloatVector.broadcast(F, Q7));
      p = p.fma(u, FloatVector.broadcast(F, Q6));
      p = p.fma(u, FloatVector.broadcast(F, Q5));
      p = p.fma(u, FloatVector.broadcast(F, Q4));
      p = p.fma(u, FloatVector.broadcast(F, Q3));
      p = p.fma(u, FloatVector.broadcast(F, Q2));
      p = p.fma(u, FloatVector.broadcast(F, Q1));
      p = p.fma(u, FloatVector.broadcast(F, Q0));
      FloatVector d =
          a.fma(FloatVector.broadcast(F, -DENSITY), q.mul(p))
              .mul(e)
              .blend(0f, s.compare(VectorOperators.LT, -GELU_MAX));
      FloatVector slope = d.blend(d.neg().add(1f), v.compare(VectorOperators.GT, 0f));
      FloatVector.fromArray(F, dy, dyOffset + j, mask).mul(slope).intoArray(dy, dyOffset + j, mask);
    }
  }
}
