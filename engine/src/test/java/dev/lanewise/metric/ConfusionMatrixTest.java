package dev.lanewise.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The expected shares are those of scikit-learn 1.9.1 with {@code zero_division=0}. */
class ConfusionMatrixTest {
  private static final ConfusionMatrix MATRIX =
      ConfusionMatrix.of(
          3, new int[] {0, 1, 2, 0, 1, 1, 2, 0, 0, 2}, new int[] {0, 1, 2, 2, 1, 0, 2, 1, 0, 2});

  @Test
  void countsTrueClassesInRowsAndPredictedOnesInColumns() {
    int[] counts = IntStream.range(0, 9).map(i -> MATRIX.count(i / 3, i % 3)).toArray();

    assertEquals("2 1 0 1 2 0 1 0 3", words(counts));
    assertEquals("3 3 4", words(IntStream.range(0, 3).map(MATRIX::support).toArray()));
    assertEquals("4 3 3", words(IntStream.range(0, 3).map(MATRIX::predicted).toArray()));
    assertEquals(3, MATRIX.classes());
  }

  @Test
  void agreesWithScikitLearn() {
    assertEquals(0.7, MATRIX.accuracy());
    assertEquals(0.5, MATRIX.precision(0));
    assertEquals(1, MATRIX.precision(2));
    assertEquals(0.6666666666666666, MATRIX.recall(0));
    assertEquals(0.75, MATRIX.recall(2));
    assertEquals(0.5714285714285714, MATRIX.f1(0));
    assertEquals(0.8571428571428571, MATRIX.f1(2));
    assertEquals(0.7222222222222222, MATRIX.macroPrecision(), 1e-15);
    assertEquals(0.6944444444444443, MATRIX.macroRecall(), 1e-15);
    assertEquals(0.6984126984126985, MATRIX.macroF1(), 1e-15);
  }

  /** A precision of 1, 1 and, for class 2, which has no row, 0. */
  @Test
  void classesThatAreOnlyPredictedCountInMacroAverages() {
    ConfusionMatrix matrix = ConfusionMatrix.of(4, new int[] {0, 2, 1}, new int[] {0, 0, 1});

    assertEquals(2 / 3.0, matrix.macroPrecision());
    assertEquals(0.5, matrix.macroRecall());
  }

  /** Classes 2 and 4 are nowhere, class 3 is never predicted. */
  @Test
  void absentClassesHaveZerosAndDoNotCountWhereTheyAreNowhere() {
    ConfusionMatrix matrix =
        ConfusionMatrix.of(5, new int[] {0, 1, 1, 1, 0}, new int[] {0, 0, 1, 1, 3});

    for (int c = 2; c < 5; c++) {
      assertEquals(0, matrix.precision(c));
      assertEquals(0, matrix.recall(c));
      assertEquals(0, matrix.f1(c));
    }
    assertEquals(0.38888888888888884, matrix.macroPrecision(), 1e-15);
    assertEquals(0.5, matrix.macroRecall(), 1e-15);
    assertEquals(0.43333333333333335, matrix.macroF1(), 1e-15);
  }

  @Test
  void takesOutputsAndTargets() {
    float[] y = {0.1f, 0.9f, 0.5f, 0.5f, 0.2f, 0.8f};
    float[] t = {0, 1, 0, 1, 1, 0};
    ConfusionMatrix matrix = ConfusionMatrix.of(3, 2, y, t);

    assertEquals(1, matrix.count(1, 1));
    assertEquals(1, matrix.count(1, 0));
    assertEquals(1, matrix.count(0, 1));
    assertEquals(0, matrix.count(0, 0));
    assertEquals(2, ConfusionMatrix.of(1, 1, y, t).classes());
  }

  @Test
  void saysWhatDoesNotFit() {
    assertThrows(IndexOutOfBoundsException.class, () -> MATRIX.count(0, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> MATRIX.support(-1));
    assertRefused(
        "a confusion matrix needs at least 1 class and 1 row, not 2 and 0",
        () -> ConfusionMatrix.of(2, new int[0], new int[0]));
    assertRefused(
        "actual must hold 2 numbers, but holds 3",
        () -> ConfusionMatrix.of(2, new int[2], new int[3]));
    assertRefused(
        "predicted has 2 at row 1; expected 0 to 1",
        () -> ConfusionMatrix.of(2, new int[] {0, 2}, new int[2]));
    assertRefused(
        "actual has -1 at row 0; expected 0 to 1",
        () -> ConfusionMatrix.of(2, new int[1], new int[] {-1}));
  }

  @Test
  void aTableThatHasNoRoomIsRefusedInOneLine() {
    for (int classes : new int[] {46_341, 1_000_000, Integer.MAX_VALUE}) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> ConfusionMatrix.of(classes, new int[1], new int[1]))
              .getMessage();
      String start = "a confusion matrix of " + classes + " classes has " + classes + " x ";
      assertTrue(message.startsWith(start), message);
      assertEquals(1, message.lines().count(), message);
    }
    long memory = Runtime.getRuntime().maxMemory();
    int classes = (int) Math.sqrt(memory / 4.0) + 1;
    assumeTrue(classes <= 46_340, () -> "Java may use " + memory + " bytes, enough for all");
    assertThrows(
        IllegalArgumentException.class, () -> ConfusionMatrix.of(classes, new int[1], new int[1]));
  }

  private static String words(int[] numbers) {
    return String.join(" ", IntStream.of(numbers).mapToObj(String::valueOf).toArray(String[]::new));
  }

  private static void assertRefused(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }
}
