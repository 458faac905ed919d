package dev.lanewise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lanewise.data.Dataset;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private static final int ROWS = 50;

  @Test
  void theSeedChoosesATablesRowsToTestWithAsManyOfEachClass() {
    Samples table = samples(Samples.Kind.TABLE);

    Dataset test = table.split(1).test();
    assertEquals(10, test.rows());
    assertArrayEquals(test.x(), table.split(1).test().x());
    assertFalse(Arrays.equals(test.x(), table.split(2).test().x()));
    double second = 0;
    for (int r = 0; r < test.rows(); r++) {
      second += test.t()[2 * r + 1];
    }
    assertEquals(2, second);
  }

  @Test
  void theLastImagesAreThoseToTestWith() {
    Samples images = samples(Samples.Kind.IMAGES);

    assertArrayEquals(
        new float[] {40, 41, 42, 43, 44, 45, 46, 47, 48, 49}, images.split(1).test().x());
    assertArrayEquals(images.split(1).test().x(), images.split(2).test().x());
  }

  /** One row in five is of the second class. */
  private static Samples samples(Samples.Kind kind) {
    float[] x = new float[ROWS];
    int[] labels = new int[ROWS];
    for (int r = 0; r < ROWS; r++) {
      x[r] = r;
      labels[r] = r % 5 == 0 ? 1 : 0;
    }
    return new Samples(kind, "numbers", true, Dataset.ofClasses(1, x, labels, 2), null, 0.2);
  }
}
