package dev.lanewise.internal.simd;

import static dev.lanewise.internal.simd.Lanes.F;
import static dev.lanewise.internal.simd.Lanes.I;
import static dev.lanewise.internal.simd.Lanes.LANES;

import dev.lanewise.internal.scalar.ScalarGates;
import dev.lanewise.internal.scalar.ScalarMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link ScalarGates}, a vector at a time: the same operations in the same order, so the same bits
 * in every lane. Why each method is one flat loop stands with {@link VectorMath}.
 */
public final class VectorGates {
  private VectorGates() {}

  /** Returns {@link ScalarGates#silu} of {@code n} numbers. */
  public static void silu(int n, float[] x, int xOffset, float[] y, int yOffset) {
    gated(
        n,
        ScalarGates.SILU_LINEAR,
        ScalarGates.SILU_CUBIC,
        ScalarGates.SILU_MAX,
        x,
        xOffset,
        y,
        yOffset);
  }

  /** Returns {@link ScalarGates#geluTanh} of {@code n} numbers. */
  public static void geluTanh(int n, float[] x, int xOffset, float[] y, int yOffset) {
    gated(
        n,
        ScalarGates.GELU_LINEAR,
        ScalarGates.GELU_CUBIC,
        ScalarGates.GELU_TANH_MAX,
        x,
        xOffset,
        y,
        yOffset);
  }

  private static void gated(
      int n, float linear, float cubic, float max, float[] x, int xOffset, float[] y, int yOffset) {
    for (int j = 0; j < n; j += LANES) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector v = FloatVector.fromArray(F, x, xOffset + j, mask);
      FloatVector a = v.abs();
      FloatVector s = a.neg().mul(a.mul(a).fma(cubic, linear));
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
      FloatVector e = high.add(r.mul(r).fma(p, low)).mul(power);
      FloatVector lost =
          a.mul(e)
              .div(e.fma(ScalarGates.GATE_LOWER, 1f))
              .blend(0f, a.compare(VectorOperators.GT, max));
      FloatVector right = FloatVector.zero(F).blend(v, v.compare(VectorOperators.GT, 0f));
      FloatVector result = lost.neg().fma(FloatVector.broadcast(F, ScalarGates.GATE_LOWER), right);
      result.intoArray(y, yOffset + j, mask);
    }
  }

  /** Multiplies {@code n} gradients by the derivative of {@link #silu} at {@code z}. */
  public static void siluGradient(int n, float[] z, int zOffset, float[] dy, int dyOffset) {
    gradient(
        n,
        ScalarGates.SILU_LINEAR,
        ScalarGates.SILU_CUBIC,
        ScalarGates.SILU_MAX,
        z,
        zOffset,
        dy,
        dyOffset);
  }

  /** Multiplies {@code n} gradients by the derivative of {@link #geluTanh} at {@code z}. */
  public static void geluTanhGradient(int n, float[] z, int zOffset, float[] dy, int dyOffset) {
    gradient(
        n,
        ScalarGates.GELU_LINEAR,
        ScalarGates.GELU_CUBIC,
        ScalarGates.GELU_TANH_MAX,
        z,
        zOffset,
        dy,
        dyOffset);
  }

  private static void gradient(
      int n,
      float linear,
      float cubic,
      float max,
      float[] z,
      int zOffset,
      float[] dy,
      int dyOffset) {
    for (int j = 0; j < n; j += LANES) {
      VectorMask<Float> mask = F.indexInRange(j, n);
      FloatVector v = FloatVector.fromArray(F, z, zOffset + j, mask);
      FloatVector a = v.abs();
      FloatVector square = a.mul(a);
      FloatVector s = a.neg().mul(square.fma(cubic, linear));
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
      FloatVector one = FloatVector.broadcast(F, 1f);
      FloatVector b = one.div(e.add(1f));
      FloatVector d =
          e.mul(b)
              .mul(a.neg().mul(square.fma(3f * cubic, linear)).fma(b, one))
              .blend(0f, a.compare(VectorOperators.GT, max));
      FloatVector slope = d.blend(d.neg().add(1f), v.compare(VectorOperators.GT, 0f));
      FloatVector.fromArray(F, dy, dyOffset + j, mask).mul(slope).intoArray(dy, dyOffset + j, mask);
    }
  }
}
