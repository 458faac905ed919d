package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.I;
import static dev.lanewise.internal.simd.Lanes.LANES;

import dev.lanewise.internal.scalar.ScalarMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link ScalarMath}, a vector at a time: the same operations in the same order, so the same bits
 * in every lane. The method and the error bounds are described there.
 *
 * <p>Where the scalar version branches, this one computes every branch and blends. Each method is
 * one flat loop with a mask: in a large compilation HotSpot stops inlining
 * (NodeCountInliningCutoff), all but the methods of the Vector API, and a call that is left
 * standing boxes its vectors.
 */
public final class VectorMath {
  private VectorMath() {}

  /** Returns {@link ScalarMath#exp} of {@code n} numbers. */
  public static void exp(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int j = 0; j < n; j += LANES) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector v = FloatVector.fromArray(F, x, xOffset + j, mask);
      FloatVector t = v.fma(ScalarMath.LOG2_E, ScalarMath.EXP_ROUND);
      FloatVector k = t.sub(ScalarMath.EXP_ROUND);
      FloatVector h = k.fma(FloatVector.broadcast(F, -ScalarMath.LN2_HIGH), v);
      FloatVector r = k.fma(FloatVector.broadcast(F, -ScalarMath.LN2_LOW), h);
      FloatVector high = h.add(1f);
      FloatVector low = k.fma(FloatVector.broadcast(F, -ScalarMath.LN2_LOW), h.sub(high.sub(1f)));
      FloatVector p = r.fma(ScalarMath.E6, ScalarMath.E5);
      p = p.fma(r, FloatVector.broadcast(F, ScalarMath.E4));
      p = p.fma(r, FloatVector.broadcast(F, ScalarMath.E3));
      p = p.fma(r, FloatVector.broadcast(F, ScalarMath.E2));
      FloatVector e = high.add(r.mul(r).fma(p, low));
      Vector<Integer> sum = t.convertShape(VectorOperators.REINTERPRET_F2I, I, 0);
      Vector<Integer> half = sum.lanewise(VectorOperators.LSHR, 1);
      Vector<Integer> rest = sum.sub(half);
      FloatVector result =
          e.mul(
                  half.lanewise(VectorOperators.LSHL, ScalarMath.EXPONENT_SHIFT)
                      .convertShape(VectorOperators.REINTERPRET_I2F, F, 0))
              .mul(
                  rest.lanewise(VectorOperators.LSHL, ScalarMath.EXPONENT_SHIFT)
                      .convertShape(VectorOperators.REINTERPRET_I2F, F, 0))
              .blend(Float.POSITIVE_INFINITY, v.compare(VectorOperators.GT, ScalarMath.EXP_MAX))
              .blend(0f, v.compare(VectorOperators.LT, ScalarMath.EXP_MIN));
      result.intoArray(y, yOffset + j, mask);
    }
  }

  /** Returns {@link ScalarMath#tanh} of {@code n} numbers. */
  public static void tanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
    for (int j = 0; j < n; j += LANES) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector v = FloatVector.fromArray(F, x, xOffset + j, mask);
      Vector<Integer> sign =
          v.convertShape(VectorOperators.REINTERPRET_F2I, I, 0)
              .lanewise(VectorOperators.AND, Integer.MIN_VALUE);
      FloatVector a = v.abs();

      FloatVector t = a.fma(2 * ScalarMath.LOG2_E, ScalarMath.TANH_ROUND);
      FloatVector k = t.sub(ScalarMath.TANH_ROUND);
      FloatVector r = k.fma(FloatVector.broadcast(F, -ScalarMath.LN2_HIGH), a.add(a));
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

      FloatVector u = a.mul(a);
      p = u.fma(ScalarMath.T11, ScalarMath.T9);
      p = p.fma(u, FloatVector.broadcast(F, ScalarMath.T7));
      p = p.fma(u, FloatVector.broadcast(F, ScalarMath.T5));
      p = p.fma(u, FloatVector.broadcast(F, ScalarMath.T3));
      FloatVector small = a.mul(u).fma(p, a);

      FloatVector result =
          (FloatVector)
              FloatVector.broadcast(F, -2f)
                  .div(power.fma(w, power.add(1f)))
                  .add(1f)
                  .blend(1f, a.compare(VectorOperators.GE, ScalarMath.TANH_ONE))
                  .blend(small, a.compare(VectorOperators.LT, ScalarMath.TANH_POLYNOMIAL))
                  .convertShape(VectorOperators.REINTERPRET_F2I, I, 0)
                  .lanewise(VectorOperators.OR, sign)
                  .convertShape(VectorOperators.REINTERPRET_I2F, F, 0);
      result.intoArray(y, yOffset + j, mask);
    }
  }

  /** Returns {@link ScalarMath#sigmoid} of {@code n} numbers. */
  public static void sigmoid(int n, float[] x, int xOffset, float[] y, int yOffset) {
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
      FloatVector q = e.div(e.add(1f));
      FloatVector base = FloatVector.broadcast(F, 1f).blend(e, v.compare(VectorOperators.LT, 0f));
      FloatVector result = q.neg().fma(base, base);
      result.intoArray(y, yOffset + j, mask);
    }
  }
}
