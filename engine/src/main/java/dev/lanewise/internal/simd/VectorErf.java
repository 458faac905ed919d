package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.I;
import static dev.lanewise.internal.simd.Lanes.LANES;

import dev.lanewise.internal.scalar.ScalarErf;
import dev.lanewise.internal.scalar.ScalarGates;
import dev.lanewise.internal.scalar.ScalarMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
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
      Vector<Integer> sign =
          v.convertShape(VectorOperators.REINTERPRET_F2I, I, 0)
              .lanewise(VectorOperators.AND, Integer.MIN_VALUE);
      FloatVector a = v.abs();
      FloatVector minus = a.neg();

      FloatVector q = a.fma(ScalarErf.B6, ScalarErf.B5);
      q = q.fma(a, FloatVector.broadcast(F, ScalarErf.B4));
      q = q.fma(a, FloatVector.broadcast(F, ScalarErf.B3));
      q = q.fma(a, FloatVector.broadcast(F, ScalarErf.B2));
      q = q.fma(a, FloatVector.broadcast(F, ScalarErf.B1));
      q = q.fma(a, FloatVector.broadcast(F, ScalarErf.B0));
      q = q.fma(minus, minus);
      FloatVector t = q.fma(ScalarMath.LOG2_E, ScalarMath.TANH_ROUND);
      FloatVector k = t.sub(ScalarMath.TANH_ROUND);
      FloatVector h = k.fma(FloatVector.broadcast(F, -ScalarMath.LN2_HIGH), q);
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
      FloatVector e = high.add(r.mul(r).fma(p, low));
      FloatVector large = e.neg().fma(power, FloatVector.broadcast(F, 1f));

      FloatVector s = a.mul(a);
      p = s.fma(ScalarErf.A6, ScalarErf.A5);
      p = p.fma(s, FloatVector.broadcast(F, ScalarErf.A4));
      p = p.fma(s, FloatVector.broadcast(F, ScalarErf.A3));
      p = p.fma(s, FloatVector.broadcast(F, ScalarErf.A2));
      p = p.fma(s, FloatVector.broadcast(F, ScalarErf.A1));
      p = p.fma(s, FloatVector.broadcast(F, ScalarErf.A0));
      FloatVector small = p.fma(a, a);

      FloatVector result =
          (FloatVector)
              large
                  .blend(1f, a.compare(VectorOperators.GE, ScalarErf.ERF_ONE))
                  .blend(small, a.compare(VectorOperators.LT, ScalarErf.ERF_POLYNOMIAL))
                  .convertShape(VectorOperators.REINTERPRET_F2I, I, 0)
                  .lanewise(VectorOperators.OR, sign)
                  .convertShape(VectorOperators.REINTERPRET_I2F, F, 0);
      result.intoArray(y, yOffset + j, mask);
    }
  }

  /** Returns {@link ScalarErf#gelu} of {@code n} numbers. */
  public static void gelu(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int j = 0; j < n; j += LANES) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector v = FloatVector.fromArray(F, x, xOffset + j, mask);
      FloatVector a = v.abs();
      FloatVector half = a.mul(-0.5f);
      FloatVector s = half.mul(a);
      FloatVector rest = half.fma(a, s.neg());
      FloatVector t = s.fma(ScalarMath.LOG2_E, ScalarGates.GATE_ROUND);
      FloatVector k = t.sub(ScalarGates.GATE_ROUND);
      FloatVector h = k.fma(FloatVector.broadcast(F, -ScalarMath.LN2_HIGH), s);
      FloatVector l = k.fma(FloatVector.broadcast(F, -ScalarMath.LN2_LOW), rest);
      FloatVector r = h.add(l);
      FloatVector high = h.add(1f);
      FloatVector low = h.sub(high.sub(1f)).add(l);
      FloatVector p = r.fma(ScalarMath.E6, ScalarMath.E5);
      p = p.fma(r, FloatVector.broadcast(F, ScalarMath.E4));
      p = p.fma(r, FloatVector.broadcast(F, ScalarMath.E3));
      p = p.fma(r, FloatVector.broadcast(F, ScalarMath.E2));
      FloatVector power =
          (FloatVector)
              t.convertShape(VectorOperators.REINTERPRET_F2I, I, 0)
                  .lanewise(VectorOperators.LSHL, ScalarMath.EXPONENT_SHIFT)
                  .convertShape(VectorOperators.REINTERPRET_I2F, F, 0);
      FloatVector e = high.add(r.mul(r).fma(p, low)).mul(power);
      FloatVector u = a.div(a.add(ScalarErf.GELU_SHIFT));
      p = u.fma(ScalarErf.Q10, ScalarErf.Q9);
      p = p.fma(u, FloatVector.broadcast(F, ScalarErf.Q8));
      p = p.fma(u, FloatVector.broadcast(F, ScalarErf.Q7));
      p = p.fma(u, FloatVector.broadcast(F, ScalarErf.Q6));
      p = p.fma(u, FloatVector.broadcast(F, ScalarErf.Q5));
      p = p.fma(u, FloatVector.broadcast(F, ScalarErf.Q4));
      p = p.fma(u, FloatVector.broadcast(F, ScalarErf.Q3));
      p = p.fma(u, FloatVector.broadcast(F, ScalarErf.Q2));
      p = p.fma(u, FloatVector.broadcast(F, ScalarErf.Q1));
      p = p.fma(u, FloatVector.broadcast(F, ScalarErf.Q0));
      FloatVector lost =
          u.mul(p).mul(e).blend(0f, s.compare(VectorOperators.LT, -ScalarErf.GELU_MAX));
      FloatVector right = FloatVector.zero(F).blend(v, v.compare(VectorOperators.GT, 0f));
      FloatVector result = lost.neg().fma(FloatVector.broadcast(F, ScalarGates.GATE_LOWER), right);
      result.intoArray(y, yOffset + j, mask);
    }
  }

  /** Multiplies {@code n} gradients by the derivative of {@link #gelu} at {@code z}. */
  public static void geluGradient(int n, float[] z, int zOffset, float[] dy, int dyOffset) {
    for (int j = 0; j < n; j += LANES) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector v = FloatVector.fromArray(F, z, zOffset + j, mask);
      FloatVector a = v.abs();
      FloatVector s = a.mul(-0.5f).mul(a);
      FloatVector t = s.fma(ScalarMath.LOG2_E, ScalarGates.GATE_ROUND);
      FloatVector k = t.sub(ScalarGates.GATE_ROUND);
      FloatVector h = k.fma(FloatVector.broadcast(F, -ScalarMath.LN2_HIGH), s);
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
      FloatVector e = high.add(r.mul(r).fma(p, low)).mul(power).mul(ScalarGates.GATE_LOWER);
      FloatVector q = FloatVector.broadcast(F, 1f).div(a.add(ScalarErf.GELU_SHIFT));
      FloatVector u = a.mul(q);
      p = u.fma(ScalarErf.Q10, ScalarErf.Q9);
      p = p.fma(u, FloatVector.broadcast(F, ScalarErf.Q8));
      p = p.fma(u, FloatVector.broadcast(F, ScalarErf.Q7));
      p = p.fma(u, FloatVector.broadcast(F, ScalarErf.Q6));
      p = p.fma(u, FloatVector.broadcast(F, ScalarErf.Q5));
      p = p.fma(u, FloatVector.broadcast(F, ScalarErf.Q4));
      p = p.fma(u, FloatVector.broadcast(F, ScalarErf.Q3));
      p = p.fma(u, FloatVector.broadcast(F, ScalarErf.Q2));
      p = p.fma(u, FloatVector.broadcast(F, ScalarErf.Q1));
      p = p.fma(u, FloatVector.broadcast(F, ScalarErf.Q0));
      FloatVector d =
          a.fma(FloatVector.broadcast(F, -ScalarErf.DENSITY), q.mul(p))
              .mul(e)
              .blend(0f, s.compare(VectorOperators.LT, -ScalarErf.GELU_MAX));
      FloatVector slope = d.blend(d.neg().add(1f), v.compare(VectorOperators.GT, 0f));
      FloatVector.fromArray(F, dy, dyOffset + j, mask).mul(slope).intoArray(dy, dyOffset + j, mask);
    }
  }
}
