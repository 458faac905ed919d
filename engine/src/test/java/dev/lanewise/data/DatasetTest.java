package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class DatasetTest {
  private static final float[] X = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

  @Test
  void makesATargetForEachClass() {
    Dataset data = Dataset.ofClasses(5, X, new int[] {2, 0}, 3);

    assertEquals(2, data.rows());
    assertEquals(5, data.inputs());
    assertEquals(3, data.targets());
    assertArrayEquals(new float[] {0, 0, 1, 1, 0, 0}, data.t());
  }

  @Test
  void keepsTheLastRowsForTesting() {
    Dataset.Split split = new Dataset(2, X, 1, new float[] {1, 2, 3, 4, 5}).split(0.4);

    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, split.train().x());
    assertArrayEquals(new float[] {1, 2, 3}, split.train().t());
    assertArrayEquals(new float[] {7, 8, 9, 10}, split.test().x());
    assertArrayEquals(new float[] {4, 5}, split.test().t());
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
        "t must hold 5 x 2 numbers, but holds 9", () -> new Dataset(2, X, 2, new float[9]));
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

  private static void assertRefused(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }
}
