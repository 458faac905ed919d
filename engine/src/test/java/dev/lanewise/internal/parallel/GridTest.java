package dev.lanewise.internal.parallel;

import static dev.lanewise.internal.tuning.Sizes.PART_COLUMNS;
import static dev.lanewise.internal.tuning.Sizes.PART_ROWS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GridTest {
  private static final int[] SIZES = {0, 1, 3, 4, 15, 16, 17, 33, 100, 255, 256, 1_000, 1_024};
  private static final int[] PARTS = {1, 2, 3, 4, 6, 7, 12, 16, 64};

  private static Grid grid(int rows, int columns, int parts) {
    Grid grid = new Grid();
    grid.cut(rows, columns, parts);
    return grid;
  }

  @ParameterizedTest
  @CsvSource({
    "1024, 1024,  1,  1",
    "1024, 1024,  2,  2",
    "1024, 1024,  4,  2",
    "1024, 1024,  8,  4",
    "1024, 1024, 16,  4",
    "1024, 1024, 64,  8",
    "  32, 1024,  2,  1",
    "  32, 1024, 16,  1",
    " 256, 1024, 16,  2",
    "4096,  256, 16, 16",
    " 256,   64,  2,  2",
    "1024, 1024,  7,  7",
    " 100, 1024,  7,  1"
  })
  void partsAreAsNearToSquaresAsTheNumberOfThreadsAllows(
      int rows, int columns, int parts, int bands) {
    assertEquals(bands, Grid.bands(rows, columns, parts));
  }

  /** Each part begins at a multiple of 6 rows and 16 columns, so tiles and lines stay whole. */
  @Test
  void eachNumberIsInOnePartAndPartsAreOfWholeTiles() {
    for (int rows : SIZES) {
      for (int columns : SIZES) {
        for (int parts : PARTS) {
          String which = rows + " x " + columns + " in " + parts;
          int bands = Grid.bands(rows, columns, parts);
          Grid grid = grid(rows, columns, parts);
          byte[] times = new byte[rows * columns];
          for (int part = 0; part < parts; part++) {
            int row = grid.firstRow(part);
            int column = grid.firstColumn(part);
            int m = grid.endRow(part) - row;
            int n = grid.endColumn(part) - column;
            assertTrue(m >= 0 && m <= Grid.mostRows(rows, bands), which);
            assertTrue(n >= 0 && n <= Grid.mostColumns(columns, parts / bands), which);
            assertTrue(row % PART_ROWS == 0 || m == 0, which);
            assertTrue(column % PART_COLUMNS == 0 || n == 0, which);
            for (int r = row; r < row + m; r++) {
              for (int c = column; c < column + n; c++) {
                times[r * columns + c]++;
              }
            }
          }
          for (byte number : times) {
            assertEquals(1, number, which);
          }
        }
      }
    }
  }

  @Test
  void noPartIsEmptyWhereThereIsWorkForAll() {
    for (int parts : PARTS) {
      Grid wide = grid(1, PART_COLUMNS * parts, parts);
      Grid high = grid(PART_ROWS * parts, 1, parts);
      for (int part = 0; part < parts; part++) {
        assertEquals(PART_COLUMNS, wide.endColumn(part) - wide.firstColumn(part));
        assertEquals(PART_ROWS, high.endRow(part) - high.firstRow(part));
      }
    }
  }

  /** Scratch that was enough for many rows must be enough for fewer. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 6, 7, 12, 16, 60, 64})
  void fewerRowsHaveNoMoreBands(int parts) {
    for (int columns : new int[] {1, 16, 37, 100, 512, 1_000}) {
      int before = 1;
      for (int rows = 1; rows < 3_000; rows++) {
        int bands = Grid.bands(rows, columns, parts);
        assertTrue(bands >= before && parts % bands == 0, rows + " rows: " + bands);
        before = bands;
      }
    }
  }

  @Test
  void aGridThatIsCutAgainForgetsWhatWasBefore() {
    Grid grid = grid(1_024, 1_024, 16);
    grid.cut(32, 1_024, 16);
    assertEquals(32, grid.endRow(0));
    grid.cut(32, 1_024, 1);
    assertEquals(1_024, grid.endColumn(0));
  }
}
