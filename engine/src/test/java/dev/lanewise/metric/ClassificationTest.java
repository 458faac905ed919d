package dev.lanewise.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected numbers without an explanation are those of scikit-learn 1.9.1. */
class ClassificationTest {
  private static final int[] LABELS = {0, 1, 2, 2, 1, 0, 2, 1, 0, 2};
  private static final float[] Y = {
    0.7f, 0.2f, 0.1f,
    0.3f, 0.4f, 0.3f,
    0.2f, 0.2f, 0.6f,
    0.5f, 0.1f, 0.4f,
    0.1f, 0.8f, 0.1f,
    0.2f, 0.5f, 0.3f,
    0.1f, 0.1f, 0.8f,
    0.6f, 0.3f, 0.1f,
    0.9f, 0.1f, 0,
    0.25f, 0.25f, 0.5f
  };

  private static final float[] SCORES = {0.1f, 0.4f, 0.35f, 0.8f, 0.4f, 0.4f, 1, 0};
  private static final float[] BINARY = {0, 0, 1, 1, 1, 0, 1, 0};

  /** As a vocabulary has them: a table of all pairs would take 4 TB. */
  @ParameterizedTest
  @ValueSource(ints = {10_000, 46_341, 1_000_000})
  void aMillionClassesTakeTheMemoryOfAMillionClasses(int classes) {
    float[] y = new float[2 * classes];
    float[] t = new float[2 * classes];
    y[classes - 1] = 0.5f;
    t[classes - 1] = 1;
    y[classes] = 0.5f;
    t[classes + 2] = 1;
    assertEquals(0.5, Classification.ACCURACY.of(2, classes, y, t));
    assertEquals(1 / 3.0, Classification.MACRO_F1.of(2, classes, y, t));
    assertEquals(0.5, new TopKAccuracy(2).of(2, classes, y, t));
    assertEquals(
        -(Math.log(0.5) + Math.log(0x1p-23)) / 2,
        Classification.LOG_LOSS.of(2, classes, y, t),
        1e-12);
    assertEquals(0.5, Classification.ACCURACY.of(2, classes, y, new int[] {classes - 1, 2}));
  }

  @Test
  void agreesWithScikitLearnOnThreeClasses() {
    assertEquals(0.7, Classification.ACCURACY.of(10, 3, Y, LABELS), 1e-15);
    assertEquals(0.6984126984126985, Classification.MACRO_F1.of(10, 3, Y, LABELS), 1e-15);
    assertEquals(0.8968253968253967, Classification.ROC_AUC.of(10, 3, Y, LABELS), 1e-15);
    assertEquals(0.675828754901886, Classification.LOG_LOSS.of(10, 3, Y, LABELS), 1e-7);
    assertEquals(0.9, new TopKAccuracy(2).of(10, 3, Y, LABELS), 1e-15);
  }

  @Test
  void agreesWithScikitLearnOnASingleOutput() {
    assertEquals(0.8125, Classification.ROC_AUC.of(8, 1, SCORES, BINARY), 1e-15);
    assertEquals(0.4145335555076599, Classification.LOG_LOSS.of(8, 1, SCORES, BINARY), 1e-7);
    // Right: 0.1, 0.4, 0.8, 0.4, 1, 0.
    assertEquals(6 / 8.0, Classification.ACCURACY.of(8, 1, SCORES, BINARY));
  }

  @Test
  void twoOutputsAreWorthAsMuchAsOne() {
    float[] y = new float[16];
    float[] t = new float[16];
    for (int r = 0; r < 8; r++) {
      y[2 * r] = 1 - SCORES[r];
      y[2 * r + 1] = SCORES[r];
      t[2 * r] = 1 - BINARY[r];
      t[2 * r + 1] = BINARY[r];
    }

    for (Classification metric : Classification.values()) {
      assertEquals(metric.of(8, 1, SCORES, BINARY), metric.of(8, 2, y, t), metric.label());
    }
  }

  @Test
  void targetsAreWorthAsMuchAsClasses() {
    float[] t = new float[30];
    for (int r = 0; r < 10; r++) {
      t[3 * r + LABELS[r]] = 1;
    }

    for (Classification metric : Classification.values()) {
      assertEquals(metric.of(10, 3, Y, LABELS), metric.of(10, 3, Y, t), metric.label());
    }
    TopKAccuracy top2 = new TopKAccuracy(2);
    assertEquals(top2.of(10, 3, Y, LABELS), top2.of(10, 3, Y, t));
  }

  @Test
  void theFirstOfEquallyLargeOutputsIsPredicted() {
    float[] y = {0.2f, 0.4f, 0.4f};

    assertEquals(1, Classification.ACCURACY.of(1, 3, y, new int[] {1}));
    assertEquals(0, Classification.ACCURACY.of(1, 3, y, new int[] {2}));
    assertEquals(1, new TopKAccuracy(2).of(1, 3, y, new int[] {2}));
    assertEquals(0, new TopKAccuracy(2).of(1, 3, y, new int[] {0}));
    assertEquals(1, Classification.ACCURACY.of(1, 1, new float[] {0.5f}, new int[] {0}));
  }

  @Test
  void theBestOneIsTheAccuracyAndAllTogetherAreAlwaysRight() {
    assertEquals(
        Classification.ACCURACY.of(10, 3, Y, LABELS), new TopKAccuracy(1).of(10, 3, Y, LABELS));
    assertEquals(1, new TopKAccuracy(3).of(10, 3, Y, LABELS));
    assertEquals(6 / 8.0, new TopKAccuracy(1).of(8, 1, SCORES, BINARY));
    assertEquals(1, new TopKAccuracy(2).of(8, 1, SCORES, BINARY));
  }

  @Test
  void certainMistakesCostALimitedAmount() {
    assertEquals(
        15.942384719848633,
        Classification.LOG_LOSS.of(2, 1, new float[] {0, 1}, new float[] {1, 0}),
        1e-6);
  }

  /** The area is how many of the pairs, one row of each class, are in order. */
  @Test
  void areaUnderTheCurveCountsPairs() {
    Random random = new Random(5);
    int rows = 300;
    float[] scores = new float[rows];
    float[] t = new float[rows];
    for (int r = 0; r < rows; r++) {
      // Few values, so that many are equal; both zeros and both signs.
      scores[r] = (random.nextInt(21) - 10) * (random.nextBoolean() ? 0f : 0.25f);
      t[r] = random.nextInt(4) == 0 ? 1 : 0;
    }
    double ordered = 0;
    int pairs = 0;
    for (int p = 0; p < rows; p++) {
      for (int n = 0; n < rows; n++) {
        if (t[p] == 1 && t[n] == 0) {
          ordered += scores[p] > scores[n] ? 1 : scores[p] == scores[n] ? 0.5 : 0;
          pairs++;
        }
      }
    }

    assertEquals(ordered / pairs, Classification.ROC_AUC.of(rows, 1, scores, t), 1e-15);
  }

  @Test
  void areaUnderTheCurveIsUndefinedWithoutBothKindsOfRows() {
    assertTrue(Double.isNaN(Classification.ROC_AUC.of(2, 1, new float[2], new float[] {1, 1})));
    assertTrue(Double.isNaN(Classification.ROC_AUC.of(2, 3, new float[6], new int[] {0, 1})));
  }

  @Test
  void knowsWhichWayIsBetter() {
    assertTrue(Classification.ACCURACY.isBetter(0.9, 0.8));
    assertFalse(Classification.ACCURACY.isBetter(0.8, 0.8));
    assertTrue(Classification.LOG_LOSS.isBetter(0.1, 0.2));
    assertFalse(Classification.LOG_LOSS.isBetter(0.2, 0.1));
    assertTrue(Classification.ROC_AUC.isBetter(0, Double.NaN));
    assertFalse(Classification.ROC_AUC.isBetter(Double.NaN, 0));
    assertFalse(Classification.LOG_LOSS.isBetter(Double.NaN, Double.NaN));
    assertTrue(new TopKAccuracy(3).isBetter(1, 0));
    assertEquals("top3Accuracy", new TopKAccuracy(3).label());
  }

  @Test
  void looksAtTheRowsAskedForOnly() {
    float[] longer = {1, 0, Float.NaN, Float.NaN};

    assertEquals(1, Classification.ACCURACY.of(2, 1, longer, new float[] {1, 0, 7}));
  }

  @Test
  void saysWhatDoesNotFit() {
    Metric accuracy = Classification.ACCURACY;
    assertRefused(
        "a metric needs at least 1 row and 1 output, not 0 and 1",
        () -> accuracy.of(0, 1, new float[1], new float[1]));
    assertRefused(
        "y must hold 2 x 3 numbers, but holds 5",
        () -> accuracy.of(2, 3, new float[5], new float[6]));
    assertRefused(
        "t must hold 65536 x 65536 numbers, but holds 1",
        () -> Predictions.check("t", "target", 65_536, 65_536, new float[1]));
    assertRefused(
        "the prediction of row 1, output 0, is NaN; a metric needs finite numbers",
        () -> accuracy.of(2, 2, new float[] {1, 2, Float.NaN, 4}, new float[4]));
    assertRefused(
        "the target of row 0, output 1, is Infinity; a metric needs finite numbers",
        () -> accuracy.of(1, 2, new float[2], new float[] {0, Float.POSITIVE_INFINITY}));
    assertRefused(
        "the target of row 1 is 0.5; a single output needs 0 or 1",
        () -> accuracy.of(2, 1, new float[2], new float[] {0, 0.5f}));
    assertRefused(
        "row 0 has no class: none of its targets is above 0; expected 1 at its class",
        () -> accuracy.of(1, 2, new float[2], new float[2]));
    assertRefused(
        "labels has 3 at row 1; expected 0 to 2",
        () -> Classification.ACCURACY.of(2, 3, new float[6], new int[] {0, 3}));
    assertRefused(
        "labels must hold 2 numbers, but holds 1",
        () -> Classification.ACCURACY.of(2, 3, new float[6], new int[1]));
    assertRefused("k must be at least 1, but was 0", () -> new TopKAccuracy(0));
    assertRefused(
        "top 4 needs at least 4 classes, but there are 3",
        () -> new TopKAccuracy(4).of(10, 3, Y, LABELS));
  }

  private static void assertRefused(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }
}
