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

  /** A tile row of zeros, which is only read: the start of a sum, or what a sum is added to. */
  static final float[] ZEROS = new float[4 * LANES];

  private BlockSizes() {}

  /** Returns how many columns the next tile has, where {@code left} are left. */
  static int tileColumns(int left) {
    if (left >= VECTORS * LANES) {
      return VECTORS * LANES;
    }
    return left >= 2 * LANES ? 2 * LANES : Math.min(left, LANES);
  }

  /**
   * Returns how many rows the next tile has, where {@code left} are left: 6 or 4, so that the last
   * one lacks as few as can be.
   */
  static int tileRows(int left) {
    return left > 8 || left % 6 == 0 || left == 5 ? 6 : 4;
  }
}
