package dev.lanewise.data;

import dev.lanewise.internal.random.SplitMix64;
import dev.lanewise.kernel.SparseRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Deals rows to shards, each of which learns by itself for a while (see {@code
 * dev.lanewise.loop.LocalSgd}). Which shard a row goes to, and where it stands there, follows from
 * its own numbers and a seed: neither the order in which rows come nor where they are kept can
 * matter. Equal rows go to one shard.
 *
 * <p>The hash of a row is the sum, modulo 2^64, of a number of SplitMix64 for each of its inputs
 * and targets that is not 0, from its column and its bits, mixed once more. Zeros of either sign
 * add nothing, so rows given sparsely have the hash of the same rows given densely. Weights do not
 * enter it. The same seed gives the same hashes on every machine and for ever.
 *
 * <p>Hashes of 64 bits are taken as numbers without sign: of {@code n} shards, shard {@code s} has
 * those from {@code s 2^64 / n} on, and within a shard rows ascend by their hash. Rows of one hash
 * are ordered by the bits of their inputs, then of their targets and weights.
 */
public final class RowShards {
  /** How many bits of a hash are left where the others make room for the number of a row. */
  private static final int ROW_BITS = 31;

  private RowShards() {}

  /**
   * Returns the hash of a row.
   *
   * @param seed any number
   * @param inputs how many inputs the row has
   * @param x where they are
   * @param xOffset where they start
   * @param outputs how many targets it has; a class is a target of 1 at its place, else 0
   * @param targets where they are
   * @param targetsOffset where they start
   * @return the hash, any 64 bits
   * @throws IndexOutOfBoundsException if an array is too short
   */
  public static long hash(
      long seed,
      int inputs,
      float[] x,
      int xOffset,
      int outputs,
      float[] targets,
      int targetsOffset) {
    long sum = 0;
    for (int i = 0; i < inputs; i++) {
      sum += hash(seed, i, x[xOffset + i]);
    }
    return hash(seed, sum, inputs, outputs, targets, targetsOffset);
  }

  /**
   * Returns the hash of a row given sparsely: that of the same row given densely.
   *
   * @param seed any number
   * @param x rows of as many columns as there are inputs
   * @param row which of them, from 0
   * @param outputs how many targets it has
   * @param targets where they are
   * @param targetsOffset where they start
   * @return the hash, any 64 bits
   * @throws IndexOutOfBoundsException if there is no such row, or the array is too short
   */
  public static long hash(
      long seed, SparseRows x, int row, int outputs, float[] targets, int targetsOffset) {
    long sum = 0;
    for (int p = x.indptr()[row]; p < x.indptr()[row + 1]; p++) {
      sum += hash(seed, x.indices()[p], x.values()[p]);
    }
    return hash(seed, sum, x.columns(), outputs, targets, targetsOffset);
  }

  private static long hash(
      long seed, long sumOfInputs, long inputs, int outputs, float[] targets, int targetsOffset) {
    long sum = sumOfInputs;
    for (int j = 0; j < outputs; j++) {
      sum += hash(seed, inputs + j, targets[targetsOffset + j]);
    }
    return SplitMix64.bits(seed, sum);
  }

  private static long hash(long seed, long column, float value) {
    long bits = Integer.toUnsignedLong(Float.floatToRawIntBits(value));
    return value == 0 ? 0 : SplitMix64.bits(seed, (column << Integer.SIZE) | bits);
  }

  /**
   * Returns which shard a row belongs to.
   *
   * @param hash the row's hash
   * @param shards how many there are, at least 1
   * @return the shard's number, from 0; it does not decrease with the hash taken without sign
   * @throws IllegalArgumentException if {@code shards} is below 1
   */
  public static int shard(long hash, int shards) {
    requireShards(shards);
    return (int) Math.unsignedMultiplyHigh(hash, shards);
  }

  private static void requireShards(int shards) {
    if (shards < 1) {
      throw new IllegalArgumentException("rows go to at least 1 shard, not " + shards);
    }
  }

  /**
   * Deals rows to shards. Goes through all rows once.
   *
   * @param data the rows
   * @param shards how many shards there are, at least 1
   * @param seed of the hashes
   * @return the rows of each shard in its order, not copied; a shard that got none has 0 rows,
   *     which only {@code LocalSgd} takes
   * @throws IllegalArgumentException if {@code shards} is below 1
   */
  public static List<RowSource> deal(RowSource data, int shards, long seed) {
    requireShards(shards);
    long[] hashes = hashes(data, seed);
    int[] order = order(data, hashes);
    List<RowSource> dealt = new ArrayList<>();
    int from = 0;
    for (int s = 0; s < shards; s++) {
      int to = from;
      while (to < order.length && shard(hashes[order[to]], shards) == s) {
        to++;
      }
      dealt.add(RowSelection.ofAny(data, Arrays.copyOfRange(order, from, to)));
      from = to;
    }
    return List.copyOf(dealt);
  }

  /**
   * Puts the rows of one shard in its order, for whoever has brought them together otherwise. Goes
   * through all rows once.
   *
   * @param rows the rows of the shard, in any order
   * @param seed of the hashes
   * @return the rows in their order, not copied
   */
  public static RowSource sorted(RowSource rows, long seed) {
    return deal(rows, 1, seed).get(0);
  }

  private static long[] hashes(RowSource data, long seed) {
    long[] hashes = new long[data.rows()];
    Batches batches = Batches.inOrder(data);
    int outputs = data.outputs();
    while (batches.next()) {
      for (int r = 0; r < batches.rows(); r++) {
        hashes[batches.row(r)] =
            batches.sparse() == null
                ? hash(
                    seed,
                    data.inputs(),
                    batches.x(),
                    r * data.inputs(),
                    outputs,
                    batches.targets(),
                    r * outputs)
                : hash(seed, batches.sparse(), r, outputs, batches.targets(), r * outputs);
      }
    }
    return hashes;
  }

  private static int[] order(RowSource data, long[] hashes) {
    long mask = (1L << ROW_BITS) - 1;
    // The upper bits of the hash, above the number of its row; signed numbers are sorted.
    long[] keys = new long[hashes.length];
    Arrays.setAll(keys, r -> ((hashes[r] & ~mask) | r) ^ Long.MIN_VALUE);
    Arrays.sort(keys);
    int[] order = new int[keys.length];
    Arrays.setAll(order, i -> (int) (keys[i] & mask));
    RowComparison rows = new RowComparison(data);
    Comparator<Integer> byHash =
        (a, b) -> {
          int sign = Long.compareUnsigned(hashes[a], hashes[b]);
          return sign == 0 ? rows.compare(a, b) : sign;
        };
    int to;
    for (int from = 0; from < order.length; from = to) {
      to = from + 1;
      while (to < order.length && keys[to] >>> ROW_BITS == keys[from] >>> ROW_BITS) {
        to++;
      }
      if (to > from + 1) {
        int[] sorted =
            IntStream.range(from, to)
                .mapToObj(i -> order[i])
                .sorted(byHash)
                .mapToInt(r -> r)
                .toArray();
        System.arraycopy(sorted, 0, order, from, sorted.length);
      }
    }
    return order;
  }
}
