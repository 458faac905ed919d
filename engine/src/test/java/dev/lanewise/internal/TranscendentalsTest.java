package dev.lanewise.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.internal.scalar.ScalarMath;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
    float[] x = new float[64];
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
        assertEquals(Float.isNaN(x[i]), Float.isNaN(expected), function + " of " + x[i]);
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
}
