package dev.lanewise.cli.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lanewise.data.Dataset;
import dev.lanewise.data.OneHot;
import dev.lanewise.data.RowSource;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private static final int ROWS = 50;

  @Test
  void theSeedChoosesATablesRowsToTestWithAsManyOfEachClass() throws IOException {
    Samples table = samples(Samples.Kind.TABLE);

    RowSource test = split(table, 1).test();
    assertEquals(10, test.rows());
    assertEquals(40, split(table, 1).train().rows());
    assertArrayEquals(x(test), x(split(table, 1).test()));
    assertFalse(Arrays.equals(x(test), x(split(table, 2).test())));
    double ofSecondClass = 0;
    for (float x : x(test)) {
      ofSecondClass += x % 5 == 0 ? 1 : 0;
    }
    assertEquals(2, ofSecondClass);
  }

  @Test
  void theLastImagesAreThoseToTestWith() throws IOException {
    Samples images = samples(Samples.Kind.IMAGES);

    assertArrayEquals(
        new float[] {40, 41, 42, 43, 44, 45, 46, 47, 48, 49}, x(split(images, 1).test()));
    assertArrayEquals(x(split(images, 1).test()), x(split(images, 2).test()));
  }

  private static Samples.Split split(Samples samples, long seed) throws IOException {
    return samples.split(seed, false);
  }

  private static float[] x(RowSource rows) {
    int[] all = new int[rows.rows()];
    for (int r = 0; r < all.length; r++) {
      all[r] = r;
    }
    float[] x = new float[all.length];
    rows.gather(all, 0, all.length, x, new float[2 * all.length]);
    return x;
  }

  /** One row in five is of the second class. */
  private static Samples samples(Samples.Kind kind) throws IOException {
    float[] x = new float[ROWS];
    int[] labels = new int[ROWS];
    for (int r = 0; r < ROWS; r++) {
      x[r] = r;
      labels[r] = r % 5 == 0 ? 1 : 0;
    }
    OneHot classes = new OneHot(List.of("a", "b"), OneHot.Unknown.REFUSED);
    Schema schema =
        Schema.table(List.of(Column.number("x", 0), Column.categories("y", classes, 0)), 1, 1);
    Loaded rows = Loaded.of(Dataset.ofClasses(1, x, labels, 2), schema);
    return new Samples(kind, "numbers", "some numbers", schema, rows, null, 0.2);
  }
}
