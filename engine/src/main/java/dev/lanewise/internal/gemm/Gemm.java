package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.Lanes.LANES;

/**
 * Matrix products as loops over tiles of the result. Operands are row-major and used in place;
 * lanes run over columns of the result, so each of its elements is one chain of fused multiply-adds
 * in the order of the summed index, whatever the tile.
 *
 * <p>Callers have checked the operands.
 */
public final class Gemm {
  private Gemm() {}

  /**
   * Adds a product: {@code c = c + a b}, one chain that starts from the old {@code c}.
   *
   * @param aRow how far the rows of {@code a} lie apart
   * @param aStep how far the elements of a row of {@code a} lie apart
   */
  public static void add(
      int rows,
      int columns,
      int depth,
      float[] a,
      int aOffset,
      int aRow,
      int aStep,
      float[] b,
      int bOffset,
      int ldb,
      float[] c,
      int cOffset,
      int ldc) {
    int k = 0;
    do {
      int n = Math.min(BlockSizes.DEPTH, depth - k);
      tiles(
          rows,
          columns,
          n,
          a,
          aOffset + k * aStep,
          aRow,
          aStep,
          b,
          bOffset + k * ldb,
          ldb,
          true,
          1,
          c,
          cOffset,
          ldc);
      k += n;
    } while (k < depth);
  }

  /**
   * Adds a multiple of a product: {@code c = c + factor (a b)}, with a chain that starts from 0.
   */
  public static void addMultiple(
      int rows,
      int columns,
      int depth,
      float[] a,
      int aOffset,
      int aRow,
      int aStep,
      float[] b,
      int bOffset,
      int ldb,
      float factor,
      float[] c,
      int cOffset,
      int ldc) {
    tiles(
        rows, columns, depth, a, aOffset, aRow, aStep, b, bOffset, ldb, false, factor, c, cOffset,
        ldc);
  }

  private static void tiles(
      int rows,
      int columns,
      int depth,
      float[] a,
      int aOffset,
      int aRow,
      int aStep,
      float[] b,
      int bOffset,
      int ldb,
      boolean chained,
      float factor,
      float[] c,
      int cOffset,
      int ldc) {
    float[] from = chained ? c : BlockSizes.ZEROS;
    float[] base = chained ? BlockSizes.ZEROS : c;
    int ldfrom = chained ? ldc : 0;
    int ldbase = chained ? 0 : ldc;
    int r = 0;
    int j = 0;
    while (r < rows && j < columns) {
      int width = BlockSizes.tileColumns(columns - j);
      int height = BlockSizes.tileRows(rows - r);
      int cAt = cOffset + r * ldc + j;
      tile(
          Math.min(height, rows - r),
          height,
          width,
          depth,
          a,
          aOffset + r * aRow,
          aRow,
          aStep,
          b,
          bOffset + j,
          ldb,
          from,
          chained ? cAt : 0,
          ldfrom,
          factor,
          base,
          chained ? 0 : cAt,
          ldbase,
          c,
          cAt,
          ldc);
      if (chained) {
        r += height;
        if (r >= rows) {
          r = 0;
          j += width;
        }
      } else {
        j += width;
        if (j >= columns) {
          j = 0;
          r += height;
        }
      }
    }
  }

  private static void tile(
      int rows,
      int height,
      int columns,
      int depth,
      float[] a,
      int aOffset,
      int aRow,
      int aStep,
      float[] b,
      int bOffset,
      int ldb,
      float[] from,
      int fromOffset,
      int ldfrom,
      float factor,
      float[] base,
      int baseOffset,
      int ldbase,
      float[] c,
      int cOffset,
      int ldc) {
    if (columns == 4 * LANES) {
      if (height == 4) {
        Tile4x4v.run(
            rows,
            depth,
            a,
            aOffset,
            aRow,
            aStep,
            b,
            bOffset,
            ldb,
            from,
            fromOffset,
            ldfrom,
            factor,
            base,
            baseOffset,
            ldbase,
            c,
            cOffset,
            ldc);
      } else {
        Tile6x4v.run(
            rows,
            depth,
            a,
            aOffset,
            aRow,
            aStep,
            b,
            bOffset,
            ldb,
            from,
            fromOffset,
            ldfrom,
            factor,
            base,
            baseOffset,
            ldbase,
            c,
            cOffset,
            ldc);
      }
    } else if (columns == 2 * LANES) {
      if (height == 4) {
        Tile4x2v.run(
            rows,
            depth,
            a,
            aOffset,
            aRow,
            aStep,
            b,
            bOffset,
            ldb,
            from,
            fromOffset,
            ldfrom,
            factor,
            base,
            baseOffset,
            ldbase,
            c,
            cOffset,
            ldc);
      } else {
        Tile6x2v.run(
            rows,
            depth,
            a,
            aOffset,
            aRow,
            aStep,
            b,
            bOffset,
            ldb,
            from,
            fromOffset,
            ldfrom,
            factor,
            base,
            baseOffset,
            ldbase,
            c,
            cOffset,
            ldc);
      }
    } else if (columns == LANES) {
      Tile6x1v.run(
          rows,
          depth,
          a,
          aOffset,
          aRow,
          aStep,
          b,
          bOffset,
          ldb,
          from,
          fromOffset,
          ldfrom,
          factor,
          base,
          baseOffset,
          ldbase,
          c,
          cOffset,
          ldc);
    } else {
      // Two rows at a time: with more masks HotSpot's first compiler gives up on the method.
      for (int r = 0; r < rows; r += 2) {
        Tile2x1vMasked.run(
            Math.min(2, rows - r),
            columns,
            depth,
            a,
            aOffset + r * aRow,
            aRow,
            aStep,
            b,
            bOffset,
            ldb,
            from,
            fromOffset + r * ldfrom,
            ldfrom,
            factor,
            base,
            baseOffset + r * ldbase,
            ldbase,
            c,
            cOffset + r * ldc,
            ldc);
      }
    }
  }
}
