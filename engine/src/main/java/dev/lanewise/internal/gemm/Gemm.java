package dev.lanewise.internal.gemm;

import dev.lanewise.internal.tuning.Tunable;
import java.util.Map;

/**
 * Matrix products: small ones in place, large ones on packed panels. Operands are row-major. Each
 * number of a result is one chain of fused multiply-adds in the order of the summed index, whatever
 * the way and the tile.
 *
 * <p>Callers have checked the operands.
 */
public final class Gemm {
  private Gemm() {}

  /** Returns the sizes of tiles and blocks that are in use. */
  public static Map<Tunable, Integer> tuned() {
    return BlockSizes.tuned();
  }

  /** Adds a product: {@code c = c + a b}, one chain that starts from the old {@code c}. */
  public static void product(
      int rows,
      int columns,
      int depth,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float[] c,
      int cOffset,
      int ldc,
      float[] work,
      int workOffset) {
    if (BlockSizes.packed(rows, columns, depth)) {
      PackedGemm.run(
          PackedGemm.Shape.FORWARD,
          rows,
          columns,
          depth,
          a,
          aOffset,
          lda,
          b,
          bOffset,
          ldb,
          1,
          c,
          cOffset,
          ldc,
          work,
          workOffset);
    } else {
      InPlaceGemm.product(
          rows,
          columns,
          depth,
          a,
          aOffset,
          lda,
          b,
          bOffset,
          ldb,
          c,
          cOffset,
          ldc,
          work,
          workOffset);
    }
  }

  /** Returns how many numbers {@link #product} writes to its work space. */
  public static int productWork(int rows, int columns, int depth) {
    return BlockSizes.packed(rows, columns, depth)
        ? Math.toIntExact(PackedGemm.work(rows, columns, depth))
        : InPlaceGemm.productWork(rows, depth);
  }

  /**
   * Adds a multiple of a product with the transpose: {@code c = c + factor (aT b)}, with a chain
   * that starts from 0.
   *
   * @param rows of {@code c}, the columns of {@code a}
   * @param depth the rows of {@code a} and {@code b}
   */
  public static void weightGradient(
      int rows,
      int columns,
      int depth,
      float[] a,
      int aOffset,
      int lda,
      float[] b,
      int bOffset,
      int ldb,
      float factor,
      float[] c,
      int cOffset,
      int ldc,
      float[] work,
      int workOffset) {
    if (BlockSizes.packedWeightGradient(rows, columns, depth, lda, ldb)) {
      PackedGemm.run(
          PackedGemm.Shape.WEIGHT_GRADIENT,
          rows,
          columns,
          depth,
          a,
          aOffset,
          lda,
          b,
          bOffset,
          ldb,
          factor,
          c,
          cOffset,
          ldc,
          work,
          workOffset);
    } else {
      InPlaceWeightGradient.run(
          rows, columns, depth, a, aOffset, lda, b, bOffset, ldb, factor, c, cOffset, ldc);
    }
  }

  /** Returns how many numbers {@link #weightGradient} writes to its work space. */
  public static int weightGradientWork(int rows, int columns, int depth) {
    return BlockSizes.mayPackWeightGradient(rows, columns, depth)
        ? Math.toIntExact(PackedGemm.work(rows, columns, depth))
        : 0;
  }

  /**
   * Multiplies by a transposed matrix: {@code dx = dy wT}.
   *
   * @param work room for {@link #inputGradientWork} numbers
   */
  public static void inputGradient(
      int rows,
      int in,
      int out,
      float[] dy,
      int dyOffset,
      int lddy,
      float[] w,
      int wOffset,
      int ldw,
      float[] dx,
      int dxOffset,
      int lddx,
      float[] work,
      int workOffset) {
    if (BlockSizes.packedInputGradient(rows, in, out)) {
      PackedGemm.run(
          PackedGemm.Shape.INPUT_GRADIENT,
          rows,
          in,
          out,
          dy,
          dyOffset,
          lddy,
          w,
          wOffset,
          ldw,
          1,
          dx,
          dxOffset,
          lddx,
          work,
          workOffset);
    } else {
      InPlaceGemm.inputGradient(
          rows, in, out, dy, dyOffset, lddy, w, wOffset, ldw, dx, dxOffset, lddx, work, workOffset);
    }
  }

  /**
   * Returns how many numbers {@link #inputGradient} has room for in its work space, so that fewer
   * rows never need more.
   */
  public static int inputGradientWork(int rows, int in, int out) {
    int inPlace = Math.multiplyExact(in, out);
    return BlockSizes.packedInputGradient(rows, in, out)
        ? Math.max(inPlace, Math.toIntExact(PackedGemm.work(rows, in, out)))
        : inPlace;
  }
}
