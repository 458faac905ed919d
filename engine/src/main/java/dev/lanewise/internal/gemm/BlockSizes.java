package dev.lanewise.internal.gemm;

import static dev.lanewise.internal.simd.Lanes.LANES;

/** Every block size of the matrix products, chosen by measurement; none changes a bit. */
final class BlockSizes {
  /**
   * Summed elements a tile takes at once, where the chain can be interrupted: so many rows of one
   * column of tiles stay in the L2 cache even where each lies on a page of its own.
   */
  static final int DEPTH = 512;

  /** Vectors of the widest tile. Below 512 bits a machine may have only 16 registers. */
  private static final int VECTORS = LANES == 16 ? 4 : 2;

  private BlockSizes() {}

  /** Returns how many columns the next tile has, where {@code left} are left. */
  static int tileColumns(int left) {
    if (left >= VECTORS * LANES) {
      return VECTORS * LANES;
    }
    return left >= 2 * LANES ? 2 * LANES : Math.min(left, LANES);
  }

  /**
   * Returns how many rows the next tile has, where {@code left} are left: one of those that there
   * are, so that as few as can be are computed in vain.
   */
  static int tileRows(int columns, int left) {
    if (columns < LANES) {
      return Math.min(left, 2);
    }
    if (columns == LANES) {
      return left >= 8 ? 8 : Math.min(left, 2);
    }
    boolean six = left >= 6 && left % 6 != 1 && left % 6 != 2 && left % 6 != 5;
    return six ? 6 : Math.min(left, 4);
  }
}
