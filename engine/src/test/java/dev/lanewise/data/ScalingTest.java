package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ScalingTest {
  /** Means 2.5, 7 and -5; variances 1.25, 0 and 25. */
  private static final float[] X = {1, 7, 0, 2, 7, -10, 3, 7, 0, 4, 7, -10};

  private static final Dataset DATA = new Dataset(3, X, 1, new float[] {5, 6, 7, 8});

  @Test
  void standardisesToMean0AndDeviation1OfThePopulation() {
    Scaling scaling = Scaling.standard(DATA);

    float factor = (float) (1 / Math.sqrt(1.25));
    assertArrayEquals(new float[] {2.5f, 7, -5}, scaling.shift());
    assertArrayEquals(new float[] {factor, 1, 0.2f}, scaling.factor());
    float[] x = scaling.applyTo(DATA).x();
    assertArrayEquals(new float[] {-1.5f * factor, 0, 1}, new float[] {x[0], x[1], x[2]});
    assertArrayEquals(new float[] {1.5f * factor, 0, -1}, new float[] {x[9], x[10], x[11]});
  }

  @Test
  void bringsTheLimitsTo0And1() {
    Scaling scaling = Scaling.minMax(DATA);
    float[] x = X.clone();
    scaling.apply(4, x);

    assertArrayEquals(new float[] {1, 7, -10}, scaling.shift());
    assertArrayEquals(new float[] {0, 0, 1, 1 / 3f, 0, 0, 2 / 3f, 0, 1, 1, 0, 0}, x, Math.ulp(1f));
  }

  @Test
  void invertsWithinRounding() {
    for (Scaling scaling : new Scaling[] {Scaling.standard(DATA), Scaling.minMax(DATA)}) {
      float[] x = X.clone();
      scaling.apply(4, x);
      scaling.invert(4, x);
      assertArrayEquals(X, x, 2 * Math.ulp(10f));
    }
  }

  @Test
  void scalesTheRowsAskedForOnly() {
    float[] x = {3, 4, 5, 6};
    new Scaling(new float[] {1, 2}, new float[] {10, 100}).apply(1, x);

    assertArrayEquals(new float[] {20, 200, 5, 6}, x);
  }

  @Test
  void leavesTheDataSetAndItsTargetsAndWeightsAlone() {
    Dataset data = DATA.withWeights(new float[] {1, 2, 3, 4});
    Dataset scaled = Scaling.standard(data).applyTo(data);

    assertEquals(1, data.x()[0]);
    assertSame(data.targets(), scaled.targets());
    assertSame(data.weights(), scaled.weights());
    assertEquals(false, Scaling.standard(DATA).applyTo(DATA).hasWeights());
  }

  @Test
  void fitsArraysAsDataSets() {
    assertArrayEquals(Scaling.standard(DATA).factor(), Scaling.standard(3, X).factor());
    assertArrayEquals(Scaling.minMax(DATA).shift(), Scaling.minMax(3, X).shift());
    assertArrayEquals(new float[] {6.5f}, Scaling.standard(1, DATA.targets()).shift());
  }

  /** More rows than are read at a time. */
  @Test
  void fitsAllRows() {
    float[] x = new float[10_001];
    for (int r = 0; r < x.length; r++) {
      x[r] = r - 1000;
    }
    Dataset data = new Dataset(1, x, 1, x);

    assertArrayEquals(new float[] {4000}, Scaling.standard(data).shift());
    double variance = (10_001.0 * 10_001 - 1) / 12;
    assertArrayEquals(
        new float[] {(float) (1 / Math.sqrt(variance))}, Scaling.standard(data).factor());
    assertArrayEquals(new float[] {-1000}, Scaling.minMax(data).shift());
    assertArrayEquals(new float[] {1e-4f}, Scaling.minMax(data).factor());
  }

  @Test
  void columnsTooNarrowOrTooWideForAFloatStayFinite() {
    float[] narrow = {0, Float.MIN_VALUE};
    float[] wide = {-Float.MAX_VALUE, Float.MAX_VALUE};

    assertArrayEquals(new float[] {1}, Scaling.minMax(1, narrow).factor());
    Scaling.minMax(1, wide).apply(2, wide);
    assertArrayEquals(new float[] {0, 1}, wide, 1e-6f);
  }

  @Test
  void keepsItsNumbersToItself() {
    float[] shift = {1};
    float[] factor = {2};
    Scaling scaling = new Scaling(shift, factor);
    shift[0] = 9;
    factor[0] = 9;
    scaling.shift()[0] = 9;
    scaling.factor()[0] = 9;

    assertArrayEquals(new float[] {1}, scaling.shift());
    assertArrayEquals(new float[] {2}, scaling.factor());
    assertEquals(1, scaling.columns());
  }

  @Test
  void saysWhatDoesNotFit() {
    float[] x = X.clone();
    x[7] = Float.POSITIVE_INFINITY;
    assertRefused(
        "row 2, input 1 is Infinity; expected a finite number: mend it or leave the row out",
        () -> Scaling.standard(new Dataset(3, x, 1, new float[4])));
    assertRefused(
        "row 2, column 1 is Infinity; expected a finite number: mend it or leave the row out",
        () -> Scaling.minMax(3, x));
    assertRefused(
        "values must be at least 1 row of at least 1 column, but are 4 for rows of 3",
        () -> Scaling.standard(3, new float[4]));
    assertRefused(
        "the data set has 3 inputs; expected 1", () -> Scaling.standard(1, X).applyTo(DATA));
    assertRefused(
        "a scaling needs a shift and a factor for each of at least 1 column, not 2 and 1",
        () -> new Scaling(new float[2], new float[1]));
    assertRefused(
        "column 1 has the shift 0.0 and the factor 0.0; expected finite numbers, the factor above"
            + " 0",
        () -> new Scaling(new float[2], new float[] {1, 0}));
    float[] short5 = {1, 1, 1, 1, 1};
    assertThrows(IndexOutOfBoundsException.class, () -> Scaling.standard(DATA).apply(2, short5));
    assertArrayEquals(new float[] {1, 1, 1, 1, 1}, short5);
  }

  private static void assertRefused(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }
}
