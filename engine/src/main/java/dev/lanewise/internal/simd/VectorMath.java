package dev.lanewise.internal.simd;

import static dev.lanewise.internal.scalar.ScalarMath.E2;
import static dev.lanewise.internal.scalar.ScalarMath.E3;
import static dev.lanewise.internal.scalar.ScalarMath.E4;
import static dev.lanewise.internal.scalar.ScalarMath.E5;
import static dev.lanewise.internal.scalar.ScalarMath.E6;
import static dev.lanewise.internal.scalar.ScalarMath.EXPONENT_SHIFT;
import static dev.lanewise.internal.scalar.ScalarMath.EXP_MAX;
import static dev.lanewise.internal.scalar.ScalarMath.EXP_MIN;
import static dev.lanewise.internal.scalar.ScalarMath.EXP_ROUND;
import static dev.lanewise.internal.scalar.ScalarMath.LN2_HIGH;
import static dev.lanewise.internal.scalar.ScalarMath.LN2_LOW;
import static dev.lanewise.internal.scalar.ScalarMath.LOG2_E;
import static dev.lanewise.internal.scalar.ScalarMath.SIGMOID_LOWER;
import static dev.lanewise.internal.scalar.ScalarMath.SIGMOID_ROUND;
import static dev.lanewise.internal.scalar.ScalarMath.T11;
import static dev.lanewise.internal.scalar.ScalarMath.T3;
import static dev.lanewise.internal.scalar.ScalarMath.T5;
import static dev.lanewise.internal.scalar.ScalarMath.T7;
import static dev.lanewise.internal.scalar.ScalarMath.T9;
import static dev.lanewise.internal.scalar.ScalarMath.TANH_ONE;
import static dev.lanewise.internal.scalar.ScalarMath.TANH_POLYNOMIAL;
import static dev.lanewise.internal.scalar.ScalarMath.TANH_ROUND;

import dev.lanewise.internal.scalar.ScalarMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link ScalarMath}, a vector at a time: the same operations in the same order, so the same bits
 * in every lane. The method and the error bounds are described there.
 *
 * <p>Where the scalar version branches, this one computes every branch and blends. Each method must
 * stay below the 325 bytecodes that HotSpot inlines in hot code: a call that is left standing boxes
 * its vectors.
 */
public final class VectorMath {
  private VectorMath() {}

  /** Returns {@link ScalarMath#exp} of every lane. */
  public static FloatVector exp(FloatVector x) {
    FloatVector t = x.fma(LOG2_E, EXP_ROUND);
    FloatVector y = expReduced(x, t.sub(EXP_ROUND));
    IntVector sum = t.reinterpretAsInts();
    IntVector half = sum.lanewise(VectorOperators.LSHR, 1);
    return y.mul(power(half))
        .mul(power(sum.sub(half)))
        .blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, EXP_MAX))
        .blend(0f, x.compare(VectorOperators.LT, EXP_MIN));
  }

  /** Returns {@link ScalarMath#tanh} of every lane. */
  public static FloatVector tanh(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector sign = bits.and(Integer.MIN_VALUE);
    FloatVector a = bits.and(Integer.MAX_VALUE).reinterpretAsFloats();
    return tanhLarge(a)
        .blend(1f, a.compare(VectorOperators.GE, TANH_ONE))
        .blend(tanhSmall(a), a.compare(VectorOperators.LT, TANH_POLYNOMIAL))
        .reinterpretAsInts()
        .or(sign)
        .reinterpretAsFloats();
  }

  /** Returns {@link ScalarMath#sigmoid} of every lane. */
  public static FloatVector sigmoid(FloatVector x) {
    FloatVector a = x.reinterpretAsInts().and(Integer.MAX_VALUE).reinterpretAsFloats();
    FloatVector minus = x.reinterpretAsInts().or(Integer.MIN_VALUE).reinterpretAsFloats();
    FloatVector t = a.fma(-LOG2_E, SIGMOID_ROUND);
    FloatVector e =
        expReduced(minus, t.sub(SIGMOID_ROUND))
            .mul(power(t.reinterpretAsInts()))
            .mul(SIGMOID_LOWER)
            .blend(0f, a.compare(VectorOperators.GT, -EXP_MIN));
    FloatVector q = e.div(e.add(1f));
    FloatVector base = all(1f).blend(e, x.compare(VectorOperators.LT, 0f));
    return q.neg().fma(base, base);
  }

  private static FloatVector tanhSmall(FloatVector a) {
    FloatVector u = a.mul(a);
    FloatVector p = u.fma(T11, T9);
    p = p.fma(u, all(T7));
    p = p.fma(u, all(T5));
    p = p.fma(u, all(T3));
    return a.mul(u).fma(p, a);
  }

  private static FloatVector tanhLarge(FloatVector a) {
    FloatVector t = a.fma(2 * LOG2_E, TANH_ROUND);
    FloatVector n = t.sub(TANH_ROUND);
    FloatVector r = n.fma(all(-LN2_LOW), n.fma(all(-LN2_HIGH), a.add(a)));
    FloatVector w = r.mul(r).fma(expTail(r), r);
    FloatVector power = power(t.reinterpretAsInts());
    return all(1f).sub(all(2f).div(power.fma(w, power.add(1f))));
  }

  private static FloatVector expReduced(FloatVector x, FloatVector n) {
    FloatVector h = n.fma(all(-LN2_HIGH), x);
    FloatVector r = n.fma(all(-LN2_LOW), h);
    FloatVector high = h.add(1f);
    FloatVector low = n.fma(all(-LN2_LOW), h.sub(high.sub(1f)));
    return high.add(r.mul(r).fma(expTail(r), low));
  }

  private static FloatVector expTail(FloatVector r) {
    FloatVector p = r.fma(E6, E5);
    p = p.fma(r, all(E4));
    p = p.fma(r, all(E3));
    return p.fma(r, all(E2));
  }

  /** Returns the floats whose exponent field is the low bits of the given ints. */
  private static FloatVector power(IntVector exponents) {
    return exponents.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).reinterpretAsFloats();
  }

  private static FloatVector all(float value) {
    return FloatVector.broadcast(Lanes.F, value);
  }
}
