package dev.lanewise.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.internal.scalar.ScalarErf;
import dev.lanewise.internal.scalar.ScalarGates;
import dev.lanewise.internal.scalar.ScalarLogarithms;
import dev.lanewise.internal.scalar.ScalarMath;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("every-width")
class TranscendentalsTest {
  /** Odd, so that the sample of 2^22 floats reaches every low bit, and every exponent. */
  private static final int STRIDE = 1021;

  private static final long SAMPLES = (1L << 32) / STRIDE;

  /** Zeros, the limits of the format, and both sides of every join. */
  private static final float[] POSITIVE_SPECIALS = {
    0f,
    Float.MIN_VALUE,
    2 * Float.MIN_VALUE,
    Math.nextDown(Float.MIN_NORMAL),
    Float.MIN_NORMAL,
    0x1p-25f,
    0x1p-24f,
    0.3465736f,
    Math.nextDown(ScalarMath.TANH_POLYNOMIAL),
    ScalarMath.TANH_POLYNOMIAL,
    1f,
    Math.nextDown(ScalarMath.TANH_ONE),
    ScalarMath.TANH_ONE,
    Float.intBitsToFloat(ScalarLogarithms.SQRT_HALF_BITS - 1),
    Float.intBitsToFloat(ScalarLogarithms.SQRT_HALF_BITS),
    Math.nextDown(ScalarErf.ERF_POLYNOMIAL),
    ScalarErf.ERF_POLYNOMIAL,
    Math.nextDown(ScalarErf.ERF_ONE),
    ScalarErf.ERF_ONE,
    ScalarGates.GELU_TANH_MAX,
    Math.nextUp(ScalarGates.GELU_TANH_MAX),
    14.832396f,
    14.832398f,
    -ScalarMath.EXPM1_MIN,
    Math.nextUp(-ScalarMath.EXPM1_MIN),
    ScalarGates.SILU_MAX,
    Math.nextUp(ScalarGates.SILU_MAX),
    ScalarMath.EXP_MAX,
    Math.nextUp(ScalarMath.EXP_MAX),
    -ScalarMath.EXP_MIN,
    Math.nextUp(-ScalarMath.EXP_MIN),
    0x1p22f,
    0x1p31f,
    1e30f,
    Float.MAX_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NaN,
    Float.intBitsToFloat(0x7f800001),
    Float.intBitsToFloat(0x7fffffff),
  };

  @Test
  void staysWithinTheStatedErrorAndKeepsTheScalarBits() {
    assertSampled(ExhaustiveUlp.Function.EXP, 0.78, true);
    assertSampled(ExhaustiveUlp.Function.TANH, 1.08, true);
    assertSampled(ExhaustiveUlp.Function.SIGMOID, 1.51, false);
    assertSampled(ExhaustiveUlp.Function.LOG, 0.92, true);
    assertSampled(ExhaustiveUlp.Function.SOFTPLUS, 1.87, false);
    assertSampled(ExhaustiveUlp.Function.ERF, 1.01, false);
    assertSampled(ExhaustiveUlp.Function.ELU, 0.95, false);
    assertSampled(ExhaustiveUlp.Function.GELU, 3.82, false);
    assertSampled(ExhaustiveUlp.Function.GELU_TANH, 215, false);
    assertSampled(ExhaustiveUlp.Function.SILU, 3.12, false);
    assertSampled(ExhaustiveUlp.Function.GELU_SLOPE, 2.44, false);
    assertSampled(ExhaustiveUlp.Function.GELU_TANH_SLOPE, 1.96, false);
    assertSampled(ExhaustiveUlp.Function.SILU_SLOPE, 1.95, false);
  }

  private static void assertSampled(
      ExhaustiveUlp.Function function, double bound, boolean monotone) {
    ExhaustiveUlp.Tally tally = new ExhaustiveUlp.Tally(function);
    ExhaustiveUlp.measure(tally, 0, SAMPLES, STRIDE, true);
    assertTrue(tally.maxUlp() <= bound, tally::toString);
    assertEquals(0, tally.differing(), tally::toString);
    if (monotone) {
      assertEquals(0, tally.descents(), tally::toString);
    }
  }

  @Test
  void keepsTheScalarBitsOfSpecialValues() {
    // A multiple of every lane count; what is left stays 0.
    float[] x = new float[128];
    for (int i = 0; i < POSITIVE_SPECIALS.length; i++) {
      x[2 * i] = POSITIVE_SPECIALS[i];
      x[2 * i + 1] = -POSITIVE_SPECIALS[i];
    }
    float[] y = new float[x.length];
    for (ExhaustiveUlp.Function function : ExhaustiveUlp.Function.values()) {
      function.vector(x, y);
      for (int i = 0; i < x.length; i++) {
        float expected = function.scalar(x[i]);
        assertEquals(expected, y[i], function + " of " + x[i]);
        assertEquals(
            Double.isNaN(function.reference(x[i])),
            Float.isNaN(expected),
            function + " of " + x[i]);
      }
    }
  }

  @Test
  void expOfSpecialValues() {
    assertEquals(1f, ScalarMath.exp(0f));
    assertEquals(1f, ScalarMath.exp(-0f));
    assertEquals(0f, ScalarMath.exp(Float.NEGATIVE_INFINITY));
    assertEquals(0f, ScalarMath.exp(-Float.MAX_VALUE));
    assertEquals(Float.POSITIVE_INFINITY, ScalarMath.exp(Float.POSITIVE_INFINITY));
    assertEquals(Float.NaN, ScalarMath.exp(Float.NaN));
  }

  @Test
  void expOverflowsAndUnderflowsWhereTheExactValueDoes() {
    assertEquals((float) StrictMath.exp(ScalarMath.EXP_MAX), ScalarMath.exp(ScalarMath.EXP_MAX));
    assertTrue(ScalarMath.exp(ScalarMath.EXP_MAX) <= Float.MAX_VALUE);
    assertEquals(Float.POSITIVE_INFINITY, ScalarMath.exp(Math.nextUp(ScalarMath.EXP_MAX)));
    assertEquals(Float.MIN_VALUE, ScalarMath.exp(ScalarMath.EXP_MIN));
    assertEquals(0f, ScalarMath.exp(Math.nextDown(ScalarMath.EXP_MIN)));
    assertEquals((float) StrictMath.exp(-95f), ScalarMath.exp(-95f), Float.MIN_VALUE);
  }

  @Test
  void tanhOfSpecialValues() {
    assertEquals(0f, ScalarMath.tanh(0f));
    assertEquals(-0f, ScalarMath.tanh(-0f));
    assertEquals(Float.MIN_VALUE, ScalarMath.tanh(Float.MIN_VALUE));
    assertEquals(1f, ScalarMath.tanh(Float.POSITIVE_INFINITY));
    assertEquals(-1f, ScalarMath.tanh(Float.NEGATIVE_INFINITY));
    assertEquals(Float.NaN, ScalarMath.tanh(Float.NaN));
  }

  @Test
  void tanhIsOddAndNeverBeyondOne() {
    for (long i = 0; i < SAMPLES / 2; i++) {
      float x = Float.intBitsToFloat((int) (i * STRIDE));
      float y = ScalarMath.tanh(x);
      if (-y != ScalarMath.tanh(-x) || y > 1f || Float.isNaN(y)) {
        assertTrue(Float.isNaN(x), "tanh of " + x + " is " + y);
      }
    }
  }

  @Test
  void tanhRisesAcrossItsJoins() {
    for (float join : new float[] {ScalarMath.TANH_POLYNOMIAL, ScalarMath.TANH_ONE}) {
      int bits = Float.floatToIntBits(join);
      float[] y = new float[2048];
      for (int i = 0; i < y.length; i++) {
        y[i] = ScalarMath.tanh(Float.intBitsToFloat(bits - 1024 + i));
      }
      float[] sorted = y.clone();
      Arrays.sort(sorted);
      assertTrue(Arrays.equals(sorted, y), "around " + join);
    }
  }

  @Test
  void sigmoidOfSpecialValues() {
    assertEquals(0.5f, ScalarMath.sigmoid(0f));
    assertEquals(0.5f, ScalarMath.sigmoid(-0f));
    assertEquals(1f, ScalarMath.sigmoid(Float.POSITIVE_INFINITY));
    assertEquals(0f, ScalarMath.sigmoid(Float.NEGATIVE_INFINITY));
    assertEquals((float) StrictMath.exp(-100f), ScalarMath.sigmoid(-100f));
    assertEquals(Float.NaN, ScalarMath.sigmoid(Float.NaN));
  }

  @Test
  void logOfSpecialValues() {
    assertEquals(0f, ScalarLogarithms.log(1f));
    assertEquals(Float.NEGATIVE_INFINITY, ScalarLogarithms.log(0f));
    assertEquals(Float.NEGATIVE_INFINITY, ScalarLogarithms.log(-0f));
    assertEquals((float) StrictMath.log(Float.MIN_VALUE), ScalarLogarithms.log(Float.MIN_VALUE));
    assertEquals(Float.POSITIVE_INFINITY, ScalarLogarithms.log(Float.POSITIVE_INFINITY));
    assertEquals(Float.NaN, ScalarLogarithms.log(-Float.MIN_VALUE));
    assertEquals(Float.NaN, ScalarLogarithms.log(Float.NEGATIVE_INFINITY));
  }

  @Test
  void softplusOfSpecialValues() {
    assertEquals((float) StrictMath.log(2), ScalarLogarithms.softplus(0f));
    assertEquals((float) StrictMath.exp(-100), ScalarLogarithms.softplus(-100f));
    assertEquals(1e30f, ScalarLogarithms.softplus(1e30f));
    assertEquals(0f, ScalarLogarithms.softplus(Float.NEGATIVE_INFINITY));
    assertEquals(Float.POSITIVE_INFINITY, ScalarLogarithms.softplus(Float.POSITIVE_INFINITY));
  }

  @Test
  void erfIsOddAndNeverBeyondOne() {
    assertEquals(-0f, ScalarErf.erf(-0f));
    assertEquals(1f, ScalarErf.erf(Float.POSITIVE_INFINITY));
    for (long i = 0; i < SAMPLES / 2; i++) {
      float x = Float.intBitsToFloat((int) (i * STRIDE));
      float y = ScalarErf.erf(x);
      if (-y != ScalarErf.erf(-x) || y > 1f || Float.isNaN(y)) {
        assertTrue(Float.isNaN(x), "erf of " + x + " is " + y);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GELU", "GELU_TANH", "SILU"})
  void gatesOpenToTheRightAndCloseToTheLeft(ExhaustiveUlp.Function gate) {
    assertEquals(0f, gate.scalar(0f));
    assertEquals(0f, gate.scalar(-0f));
    assertEquals(0f, gate.scalar(Float.NEGATIVE_INFINITY));
    assertEquals(0f, gate.scalar(-1e30f));
    assertEquals(1e30f, gate.scalar(1e30f));
    assertEquals(Float.POSITIVE_INFINITY, gate.scalar(Float.POSITIVE_INFINITY));
    assertEquals(-Float.MIN_NORMAL / 2, gate.scalar(-Float.MIN_NORMAL));
  }

  @ParameterizedTest
  @EnumSource(names = {"GELU_SLOPE", "GELU_TANH_SLOPE", "SILU_SLOPE"})
  void slopesOfGatesAreZeroToTheLeftAndOneToTheRight(ExhaustiveUlp.Function slope) {
    assertEquals(0.5f, slope.scalar(0f), 0x1p-24f);
    assertEquals(0f, slope.scalar(Float.NEGATIVE_INFINITY));
    assertEquals(0f, slope.scalar(-1e30f));
    assertEquals(1f, slope.scalar(1e30f));
    assertEquals(1f, slope.scalar(Float.POSITIVE_INFINITY));
  }

  @Test
  void eluKeepsItsDigitsNearZero() {
    assertEquals(-1e-9f, ExhaustiveUlp.Function.ELU.scalar(-1e-9f));
    assertEquals(-1f, ExhaustiveUlp.Function.ELU.scalar(Float.NEGATIVE_INFINITY));
    assertEquals(-1f, ExhaustiveUlp.Function.ELU.scalar(-Float.MAX_VALUE));
  }

  @Test
  void geluTanhIsAccurateFromMinusOneOn() {
    for (int bits = 0; bits < Float.floatToIntBits(16f); bits += STRIDE) {
      float x = Float.intBitsToFloat(bits);
      for (float v : new float[] {x, Math.max(-1, -x)}) {
        double error =
            ExhaustiveUlp.error(ExhaustiveUlp.Function.GELU_TANH, ScalarGates.geluTanh(v), v);
        if (error > 3.02) {
          assertEquals(0, error, "geluTanh of " + v);
        }
      }
    }
  }
}
