package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetTest {
  private static final float[] X = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

  @Test
  void makesATargetForEachClass() {
    Dataset data = Dataset.ofClasses(5, X, new int[] {2, 0}, 3);

    assertEquals(2, data.rows());
    assertEquals(5, data.inputs());
    assertEquals(3, data.outputs());
    assertArrayEquals(new float[] {0, 0, 1, 1, 0, 0}, data.targets());
  }

  @Test
  void keepsTheLastRowsForTesting() {
    Dataset.Split split = new Dataset(2, X, 1, new float[] {1, 2, 3, 4, 5}).split(0.4);

    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, split.train().x());
    assertArrayEquals(new float[] {1, 2, 3}, split.train().targets());
    assertArrayEquals(new float[] {7, 8, 9, 10}, split.test().x());
    assertArrayEquals(new float[] {4, 5}, split.test().targets());
  }

  @Test
  void keeps2000Of10000RowsWithAFractionOfAFifth() {
    Dataset.Split split = new Dataset(1, new float[10_000], 1, new float[10_000]).split(0.2);

    assertEquals(8_000, split.train().rows());
    assertEquals(2_000, split.test().rows());
  }

  @Test
  void gathersRowsInTheOrderAskedFor() {
    Dataset data = new Dataset(2, X, 1, new float[] {1, 2, 3, 4, 5});
    float[] x = new float[5];
    float[] t = new float[3];

    data.gather(new int[] {9, 4, 1, 9}, 1, 2, x, t);

    assertArrayEquals(new float[] {9, 10, 3, 4, 0}, x);
    assertArrayEquals(new float[] {5, 2, 0}, t);
    assertThrows(IndexOutOfBoundsException.class, () -> data.gather(new int[] {5}, 0, 1, x, t));
  }

  @Test
  void saysWhatDoesNotFit() {
    assertRefused(
        "the label of row 1 is 3; expected 0 to 2",
        () -> Dataset.ofClasses(5, X, new int[] {2, 3}, 3));
    assertRefused(
        "x must hold a positive multiple of 3 numbers, but holds 10",
        () -> new Dataset(3, X, 1, new float[3]));
    assertRefused(
        "targets must hold 5 x 2 numbers, but holds 9", () -> new Dataset(2, X, 2, new float[9]));
    assertRefused(
        "a row needs at least 1 input and 1 target, not 0 and 1",
        () -> new Dataset(0, X, 1, new float[1]));
    Dataset data = new Dataset(2, X, 1, new float[5]);
    assertRefused(
        "the test fraction must be above 0 and below 1, but was 1.0", () -> data.split(1));
    assertRefused(
        "the test fraction must be above 0 and below 1, but was NaN", () -> data.split(Double.NaN));
    assertRefused(
        "a test fraction of 0.05 leaves 0 of 5 rows for testing;"
            + " at least 1 must be for testing and 1 for training",
        () -> data.split(0.05));
  }

  @Test
  void weightsStayWithTheirRows() {
    Dataset data =
        new Dataset(2, X, 1, new float[] {1, 2, 3, 4, 5}).withWeights(new float[] {1, 0, 3, 4, 5});
    float[] weights = new float[2];
    data.gather(new int[] {4, 1}, 0, 2, new float[4], new float[2], weights);

    assertArrayEquals(new float[] {5, 0}, weights);
    assertTrue(data.hasWeights());
    assertArrayEquals(new float[] {1, 0, 3}, data.split(0.4).train().weights());
    for (Dataset part :
        List.of(
            data.split(0.4).test(),
            data.shuffledSplit(0.4, 1).train(),
            data.shuffledSplit(0.4, 1).test(),
            data.fold(5, 3, 1).train(),
            data.select(2, 2, 0))) {
      for (int r = 0; r < part.rows(); r++) {
        assertEquals(part.targets()[r] == 2 ? 0 : part.targets()[r], part.weights()[r]);
      }
    }
  }

  @Test
  void rowsWithoutWeightsCountOne() {
    Dataset data = new Dataset(2, X, 1, new float[5]);
    float[] weights = new float[3];
    data.gather(new int[] {4, 1}, 0, 2, new float[4], new float[2], weights);

    assertArrayEquals(new float[] {1, 1, 0}, weights);
    assertFalse(data.hasWeights());
    assertNull(data.weights());
    assertNull(data.split(0.4).test().weights());
  }

  @Test
  void shuffledSplitTakesEveryRowOnceAsTheSeedSays() {
    Dataset data = numbered(100);
    Dataset.Split split = data.shuffledSplit(0.3, 7);

    assertEquals(30, split.test().rows());
    assertArrayEquals(data.x(), sorted(split));
    assertArrayEquals(split.test().x(), data.shuffledSplit(0.3, 7).test().x());
    assertFalse(Arrays.equals(split.test().x(), data.shuffledSplit(0.3, 8).test().x()));
    assertArrayEquals(
        new float[] {9, 3, 6}, numbered(10).shuffledSplit(0.3, 42).test().x(), "for ever");
  }

  /** 7 of class 0, 13 of class 1, 1 of class 2, 79 of class 3. */
  @Test
  void stratifiedSplitGivesEachClassItsShareWithinOneRow() {
    int[] rowsOfClass = {7, 13, 1, 79};
    int[] labels = new int[100];
    float[] x = new float[100];
    for (int r = 0; r < 100; r++) {
      x[r] = r;
      labels[r] = r < 7 ? 0 : r < 20 ? 1 : r < 21 ? 2 : 3;
    }
    Dataset data = Dataset.ofClasses(1, x, labels, 4);
    for (int percent = 1; percent < 100; percent++) {
      Dataset.Split split = data.stratifiedSplit(percent / 100.0, percent);
      assertEquals(percent, split.test().rows());
      assertArrayEquals(x, sorted(split));
      for (int c = 0; c < 4; c++) {
        int tested = 0;
        for (int r = 0; r < percent; r++) {
          tested += split.test().targets()[4 * r + c] == 1 ? 1 : 0;
        }
        double share = rowsOfClass[c] * percent / 100.0;
        assertTrue(Math.abs(tested - share) < 1, percent + " %, class " + c + ": " + tested);
      }
    }
  }

  @Test
  void stratifiedSplitTakesASingleTargetOf0Or1() {
    float[] t = {0, 0, 0, 1, 1, 0, 0, 0, 1, 1};
    Dataset.Split split = new Dataset(1, X, 1, t).stratifiedSplit(0.5, 3);

    int ones = 0;
    for (float target : split.test().targets()) {
      ones += (int) target;
    }
    assertEquals(2, ones);
    assertArrayEquals(X, sorted(split));
  }

  @Test
  void everyRowIsTestedInOneFold() {
    Dataset data = numbered(11);
    List<Float> tested = new ArrayList<>();
    for (int fold = 0; fold < 3; fold++) {
      Dataset.Split split = data.fold(3, fold, 5);
      assertArrayEquals(data.x(), sorted(split));
      assertTrue(Math.abs(split.test().rows() - 11 / 3.0) < 1);
      for (float x : split.test().x()) {
        tested.add(x);
      }
    }

    assertEquals(11, tested.stream().distinct().count());
    assertEquals(11, tested.size());
  }

  @Test
  void namesTheRowAndColumnThatIsNotFinite() {
    float[] x = X.clone();
    x[7] = Float.NaN;
    assertRefused(
        "row 3, input 1 is NaN; expected a finite number: mend it or leave the row out",
        () -> new Dataset(2, x, 1, new float[5]).requireFinite());
    assertRefused(
        "row 4, target 0 is -Infinity; expected a finite number: mend it or leave the row out",
        () ->
            new Dataset(2, X, 1, new float[] {0, 0, 0, 0, Float.NEGATIVE_INFINITY})
                .requireFinite());
    new Dataset(2, X, 1, new float[5]).requireFinite();
  }

  @Test
  void saysWhichWeightsFoldsAndClassesDoNotFit() {
    Dataset data = new Dataset(2, X, 1, new float[] {0, 1, 0.5f, 1, 0});
    assertRefused(
        "weights must hold 5 numbers, one for each row, but holds 4",
        () -> data.withWeights(new float[4]));
    assertRefused(
        "the weight of row 1 is -1.0; expected a finite number of at least 0",
        () -> data.withWeights(new float[] {0, -1, 0, 0, 0}));
    assertRefused(
        "the weight of row 0 is NaN; expected a finite number of at least 0",
        () -> data.withWeights(new float[] {Float.NaN, 1, 0, 0, 0}));
    assertRefused(
        "all 5 weights are 0; expected at least one above 0", () -> data.withWeights(new float[5]));
    assertRefused("folds must be 2 to 5, the number of rows, but was 6", () -> data.fold(6, 0, 1));
    assertRefused("fold must be 0 to 1, but was 2", () -> data.fold(2, 2, 1));
    assertRefused(
        "the targets of row 2 are not a class; expected 0 or 1; split without classes by"
            + " shuffledSplit",
        () -> data.stratifiedSplit(0.4, 1));
    assertRefused(
        "the targets of row 1 are not a class; expected a single 1, and 0 otherwise; split without"
            + " classes by shuffledSplit",
        () -> new Dataset(5, X, 2, new float[] {0, 1, 1, 1}).stratifiedSplit(0.5, 1));
  }

  private static Dataset numbered(int rows) {
    float[] numbers = new float[rows];
    for (int r = 0; r < rows; r++) {
      numbers[r] = r;
    }
    return new Dataset(1, numbers, 1, numbers);
  }

  /** Returns the single input of all rows of both parts. */
  private static float[] sorted(Dataset.Split split) {
    float[] train = split.train().x();
    float[] test = split.test().x();
    float[] all = Arrays.copyOf(train, train.length + test.length);
    System.arraycopy(test, 0, all, train.length, test.length);
    Arrays.sort(all);
    return all;
  }

  private static void assertRefused(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }
}
