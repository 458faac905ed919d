package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SparseRowsTest {
  private static int[] ints(int... numbers) {
    return numbers;
  }

  private static Arguments row(String message, int columns, int[] starts, int[] indices) {
    return Arguments.of(message, columns, starts, indices);
  }

  static Stream<Arguments> mistakes() {
    int[] two = {0, 2};
    return Stream.of(
        row("columns must be at least 1, but was 0", 0, ints(0, 0), ints()),
        row("columns must be at least 1, but was -4", -4, ints(0, 0), ints()),
        row("for at least 1 row, but holds 1", 5, ints(0), ints()),
        row("for at least 1 row, but holds 0", 5, ints(), ints()),
        row("row 0 must start at pair 0 or later, but indptr[0] = -1", 5, ints(-1, 0), ints()),
        row("indptr[1] = 2 and indptr[2] = 1", 5, ints(0, 2, 1), ints(0, 1)),
        row("row 1 must not end before it starts", 5, ints(0, 2, 1), ints(0, 1)),
        row("row 1 ends before pair indptr[2] = 3, but there are only 2", 5, ints(0, 1, 3), two),
        row("row 0 has indices[1] = 5, but with 5 columns", 5, two, ints(4, 5)),
        row("an index must be from 0 to 4", 5, two, ints(4, 5)),
        row("row 1 has indices[1] = -1, but with 5 columns", 5, ints(0, 1, 2), ints(4, -1)),
        row("row 0 has indices[1] = 3 after 3", 5, two, ints(3, 3)),
        row("row 1 has indices[2] = 1 after 2", 5, ints(0, 1, 3), ints(4, 2, 1)),
        row("sort each row's pairs by index", 5, two, ints(3, 3)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void aMistakeIsNamed(String part, int columns, int[] starts, int[] indices) {
    float[] values = new float[indices.length];
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new SparseRows(columns, starts, indices, values))
            .getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void asManyValuesAsIndicesAreNeeded() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new SparseRows(5, ints(0, 2), ints(0, 1), new float[3]))
            .getMessage();
    assertTrue(message.contains("3 values and 2 indices"), message);
  }

  @Test
  void aMissingArrayIsNamed() {
    float[] one = {1};
    Class<NullPointerException> type = NullPointerException.class;
    assertEquals(
        "indptr", assertThrows(type, () -> new SparseRows(5, null, ints(0), one)).getMessage());
    assertEquals(
        "indices", assertThrows(type, () -> new SparseRows(5, ints(0, 1), null, one)).getMessage());
    assertEquals(
        "values",
        assertThrows(type, () -> new SparseRows(5, ints(0, 1), ints(0), null)).getMessage());
    assertEquals("indices", assertThrows(type, () -> SparseRows.oneHot(5, 1, null)).getMessage());
  }

  @Test
  void theArraysAreNotCopied() {
    int[] starts = {0, 2, 2, 3};
    int[] indices = {0, 4, 4};
    float[] values = {1, 2, 3};
    SparseRows x = new SparseRows(5, starts, indices, values);
    assertEquals(3, x.rows());
    assertEquals(5, x.columns());
    assertEquals(3, x.nnz());
    assertSame(starts, x.indptr());
    assertSame(indices, x.indices());
    assertSame(values, x.values());
  }

  /** What lies before the first row and after the last one belongs to other batches. */
  @Test
  void onlyThePairsOfTheRowsAreCheckedAndCounted() {
    SparseRows x = new SparseRows(5, ints(1, 3), ints(-7, 0, 4, 99), new float[4]);
    assertEquals(1, x.rows());
    assertEquals(2, x.nnz());
  }

  @Test
  void oneHotRowsHaveOnes() {
    SparseRows x = SparseRows.oneHot(10, 2, ints(0, 9, 3, 4, 8, 9));
    assertEquals(3, x.rows());
    assertArrayEquals(ints(0, 2, 4, 6), x.indptr());
    assertArrayEquals(new float[] {1, 1, 1, 1, 1, 1}, x.values());
  }

  @Test
  void oneHotRowsAreWhole() {
    Class<IllegalArgumentException> type = IllegalArgumentException.class;
    String odd = assertThrows(type, () -> SparseRows.oneHot(5, 2, ints(0, 1, 2))).getMessage();
    assertTrue(odd.contains("a positive multiple of 2 numbers (rows x 2), but holds 3"), odd);
    String none = assertThrows(type, () -> SparseRows.oneHot(5, 2, ints())).getMessage();
    assertTrue(none.contains("but holds 0"), none);
    String perRow = assertThrows(type, () -> SparseRows.oneHot(5, 0, ints(1))).getMessage();
    assertTrue(perRow.contains("perRow must be at least 1, but was 0"), perRow);
    String twice = assertThrows(type, () -> SparseRows.oneHot(5, 2, ints(1, 1))).getMessage();
    assertTrue(twice.contains("row 0 has indices[1] = 1 after 1"), twice);
  }
}
