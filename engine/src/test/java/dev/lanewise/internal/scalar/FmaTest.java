package dev.lanewise.internal.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Without the processor's instruction a fused multiply-add gives the same number. */
class FmaTest {
  private static final int TRIPLES = Integer.getInteger("fma.triples", 2_000_000);

  private static void same(float a, float b, float c) {
    float expected = Math.fma(a, b, c);
    float got = Fma.inDouble(a, b, c);
    if (Float.floatToIntBits(expected) != Float.floatToIntBits(got)) {
      assertEquals(
          Float.toHexString(expected),
          Float.toHexString(got),
          () -> Float.toHexString(a) + " " + Float.toHexString(b) + " " + Float.toHexString(c));
    }
  }

  private static float random(SplittableRandom random) {
    return Float.intBitsToFloat(random.nextInt());
  }

  @Test
  void ofNumbersAtEveryBorder() {
    List<Float> borders = new ArrayList<>();
    float[] magnitudes = {
      0f,
      Float.MIN_VALUE,
      Float.MIN_NORMAL,
      0x1p-75f,
      0x1p-24f,
      0.5f,
      1f,
      3f,
      0x1.001p0f,
      0x1p24f,
      0x1p64f,
      Float.MAX_VALUE,
      Float.POSITIVE_INFINITY
    };
    for (float x : magnitudes) {
      for (float near : new float[] {Math.nextDown(x), x, Math.nextUp(x)}) {
        borders.add(near);
        borders.add(-near);
      }
    }
    borders.add(Float.NaN);
    for (float a : borders) {
      for (float b : borders) {
        for (float c : borders) {
          same(a, b, c);
        }
      }
    }
  }

  @Test
  void ofAnyBits() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < TRIPLES; i++) {
      same(random(random), random(random), random(random));
    }
  }

  /** What is added nearly undoes the product, or is as far from it as their sum has digits. */
  @Test
  void ofSumsThatCancelOrAbsorb() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < TRIPLES; i++) {
      float a = random(random);
      float b = random(random);
      float c = -(a * b) + random.nextInt(-3, 4) * Math.ulp(a * b);
      same(a, b, c);
      same(a, b, Math.scalb(c, random.nextInt(-60, 61)));
    }
  }

  /** A sum of few digits and one that is too small for a double to keep: half of them are ties. */
  @Test
  void ofSumsInTheMiddleBetweenTwoFloats() {
    SplittableRandom random = new SplittableRandom(3);
    int ties = 0;
    for (int i = 0; i < TRIPLES; i++) {
      float c = Math.scalb(random.nextInt(1 << 23, 1 << 24), random.nextInt(-149, 100));
      float half = Math.ulp(c) / 2;
      float a = random.nextBoolean() ? half : Math.nextUp(half);
      float b = random.nextBoolean() ? 1 : random.nextBoolean() ? Math.nextUp(1f) : -1;
      same(a, b, c);
      same(a, b, -c);
      // The product is half a step and a little: as a double its sum with c lies in the middle.
      float factor = 1 + random.nextInt(1 << 12) * 0x1p-23f;
      float other = Math.scalb((float) (1 / (double) factor), 0);
      same(half * factor, other, c);
      ties += (double) c + (double) half * factor * other == (double) c + half ? 1 : 0;
    }
    assertNotEquals(0, ties);
  }
}
