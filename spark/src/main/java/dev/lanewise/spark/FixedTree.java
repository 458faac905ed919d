package dev.lanewise.spark;

import java.util.List;
import java.util.function.BinaryOperator;

/**
 * Puts together what was computed of shards, or of blocks of 2^k shards, in the tree of {@link
 * dev.lanewise.loop.LocalSgd}: cut at the highest power of two. Which machine had which cannot
 * matter then.
 */
final class FixedTree {
  private FixedTree() {}

  /**
   * Puts together.
   *
   * @param parts one of each, null where there is nothing
   * @param both puts two together
   * @return all of it; null if all are null
   */
  static <T> T of(List<T> parts, BinaryOperator<T> both) {
    if (parts.size() <= 1) {
      return parts.isEmpty() ? null : parts.getFirst();
    }
    int middle = Integer.highestOneBit(parts.size() - 1);
    T left = of(parts.subList(0, middle), both);
    T right = of(parts.subList(middle, parts.size()), both);
    return left == null ? right : right == null ? left : both.apply(left, right);
  }
}
