package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RowSelectionTest {
  private static final Dataset DATA =
      Dataset.ofClasses(
          2, new float[] {0, 1, 10, 11, 20, 21, 30, 31, 40, 41}, new int[] {0, 1, 0, 1, 0}, 2);

  @Test
  void holdsChosenRowsInTheirOrder() {
    RowSelection rows = new RowSelection(DATA, 3, 0, 3);
    float[] x = new float[6];
    float[] t = new float[6];
    rows.gather(new int[] {9, 0, 1, 2}, 1, 3, x, t);

    assertEquals(3, rows.rows());
    assertEquals(2, rows.inputs());
    assertEquals(2, rows.outputs());
    assertFalse(rows.hasWeights());
    assertArrayEquals(new float[] {30, 31, 0, 1, 30, 31}, x);
    assertArrayEquals(new float[] {0, 1, 1, 0, 0, 1}, t);
    assertArrayEquals(new int[] {3, 0, 3}, rows.chosen());
  }

  @Test
  void rowsKeepTheirWeights() {
    RowSelection rows = new RowSelection(DATA.withWeights(new float[] {1, 2, 3, 4, 5}), 4, 1);
    float[] weights = new float[2];
    rows.gather(new int[] {0, 1}, 0, 2, new float[4], new float[4], weights);

    assertArrayEquals(new float[] {5, 2}, weights);
  }

  @Test
  void splitsChooseTheRowsThatCopiesWouldHave() {
    assertSame(DATA.split(0.4), RowSelection.last(DATA, 0.4));
    assertSame(DATA.shuffledSplit(0.4, 7), RowSelection.shuffled(DATA, 0.4, 7));
    assertSame(DATA.stratifiedSplit(0.4, 7), RowSelection.stratified(DATA, 0.4, 7));
  }

  private static void assertSame(Dataset.Split copies, RowSelection.Split selections) {
    assertArrayEquals(copies.train().x(), x(selections.train()));
    assertArrayEquals(copies.test().x(), x(selections.test()));
  }

  private static float[] x(RowSelection rows) {
    int[] all = new int[rows.rows()];
    for (int r = 0; r < all.length; r++) {
      all[r] = r;
    }
    float[] x = new float[2 * all.length];
    rows.gather(all, 0, all.length, x, new float[2 * all.length]);
    return x;
  }

  @Test
  void refusesRowsThatAreNotThere() {
    assertThrows(IndexOutOfBoundsException.class, () -> new RowSelection(DATA, 0, 5));
    assertThrows(IndexOutOfBoundsException.class, () -> new RowSelection(DATA, -1));
    assertEquals(
        "a selection needs at least 1 row, but none is chosen",
        assertThrows(IllegalArgumentException.class, () -> new RowSelection(DATA)).getMessage());
  }
}
