package dev.lanewise.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The expected numbers without an explanation are those of scikit-learn 1.9.1. */
class RegressionTest {
  private static final float[] Y = {2.5f, 0, 0, -1.5f, 2, 8, 8, 7.25f};
  private static final float[] T = {3, 1, -0.5f, -1, 2, 6.5f, 7, 7};

  @Test
  void agreesWithScikitLearnOnTwoOutputs() {
    assertEquals(0.7780508700523191, Regression.RMSE.of(4, 2, Y, T), 1e-15);
    assertEquals(0.65625, Regression.MAE.of(4, 2, Y, T));
    assertEquals(0.9369515128213044, Regression.R_SQUARED.of(4, 2, Y, T), 1e-15);
  }

  @Test
  void agreesWithWhatIsWorkedOutByHand() {
    float[] y = {1, 2, 6};
    float[] t = {1, 4, 7};

    assertEquals(Math.sqrt(5 / 3.0), Regression.RMSE.of(3, 1, y, t));
    assertEquals(1, Regression.MAE.of(3, 1, y, t));
    // The mean is 4; squared error 0 + 4 + 1, spread 9 + 0 + 9.
    assertEquals(1 - 5 / 18.0, Regression.R_SQUARED.of(3, 1, y, t));
  }

  @Test
  void constantTargetsAreExplainedFullyOrNotAtAll() {
    float[] constant = {0.1f, 0.1f, 0.1f};

    assertEquals(1, Regression.R_SQUARED.of(3, 1, constant, constant));
    assertEquals(0, Regression.R_SQUARED.of(3, 1, new float[] {0.1f, 0.1f, 9}, constant));
    assertEquals(
        0.39285714285714285,
        Regression.R_SQUARED.of(
            3, 2, new float[] {2, 1, 2, 2, 2.5f, 3}, new float[] {2, 1, 2, 2, 2, 4}),
        1e-15);
  }

  @Test
  void aSingleRowHasNoSpread() {
    assertTrue(Double.isNaN(Regression.R_SQUARED.of(1, 1, new float[1], new float[1])));
  }

  @Test
  void knowsWhichWayIsBetter() {
    assertTrue(Regression.RMSE.isBetter(1, 2));
    assertFalse(Regression.MAE.isBetter(2, 1));
    assertTrue(Regression.R_SQUARED.isBetter(0.5, -3));
  }

  @Test
  void largeDifferencesDoNotOverflow() {
    float[] y = {Float.MAX_VALUE};
    float[] t = {-Float.MAX_VALUE};

    assertEquals(2.0 * Float.MAX_VALUE, Regression.RMSE.of(1, 1, y, t), 1e24);
    assertEquals(2.0 * Float.MAX_VALUE, Regression.MAE.of(1, 1, y, t));
  }

  @Test
  void saysWhatDoesNotFit() {
    assertEquals(
        "t must hold 2 x 1 numbers, but holds 1",
        assertThrows(
                IllegalArgumentException.class,
                () -> Regression.MAE.of(2, 1, new float[2], new float[1]))
            .getMessage());
    assertEquals(
        "the prediction of row 1, output 0, is NaN; a metric needs finite numbers",
        assertThrows(
                IllegalArgumentException.class,
                () -> Regression.MAE.of(2, 1, new float[] {0, Float.NaN}, new float[2]))
            .getMessage());
  }
}
