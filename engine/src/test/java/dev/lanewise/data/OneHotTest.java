package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.data.OneHot.Unknown;
import java.util.List;
import org.junit.jupiter.api.Test;

class OneHotTest {
  private static final List<String> SEXES = List.of("M", "F", "I", "F");

  @Test
  void ordersCategoriesAsAskedFor() {
    assertEquals(
        List.of("M", "F", "I"), OneHot.inOrderOfAppearance(SEXES, Unknown.REFUSED).categories());
    assertEquals(List.of("F", "I", "M"), OneHot.sorted(SEXES, Unknown.REFUSED).categories());
  }

  @Test
  void writesA1InTheColumnOfTheCategory() {
    OneHot encoding = OneHot.sorted(SEXES, Unknown.REFUSED);
    float[] row = {9, 9, 9, 9, 9};
    encoding.encode("I", row, 1);

    assertArrayEquals(new float[] {9, 0, 1, 0, 9}, row);
    assertEquals(3, encoding.columns());
    assertArrayEquals(new float[] {0, 0, 1, 1, 0, 0}, encoding.encode(List.of("M", "F")));
  }

  @Test
  void unknownValuesAreZerosOrRefused() {
    float[] row = {9, 9, 9};
    OneHot refusing = OneHot.inOrderOfAppearance(SEXES, Unknown.REFUSED);
    assertRefused("'X' is unknown; expected one of M, F, I", () -> refusing.encode("X", row, 0));
    assertArrayEquals(new float[] {9, 9, 9}, row);
    assertRefused(
        "row 1: 'X' is unknown; expected one of M, F, I", () -> refusing.encode(List.of("M", "X")));

    OneHot.inOrderOfAppearance(SEXES, Unknown.ZEROS).encode("X", row, 0);
    assertArrayEquals(new float[3], row);
  }

  @Test
  void saysWhatDoesNotFit() {
    assertRefused(
        "expected at least 1 category, but there is none",
        () -> OneHot.sorted(List.of(), Unknown.ZEROS));
    assertRefused(
        "the category 'a' is there twice; expected different ones",
        () -> new OneHot(List.of("a", "b", "a"), Unknown.ZEROS));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> OneHot.sorted(SEXES, Unknown.ZEROS).encode("M", new float[3], 1));
  }

  private static void assertRefused(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }
}
