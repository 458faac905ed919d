package dev.lanewise.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.apache.spark.Partitioner;
import scala.Tuple2;

/** Blocks of 2^k shards that follow each other, each a partition: subtrees of the averages. */
final class ShardPartitioner extends Partitioner {
  private static final long serialVersionUID = 1;

  private final int shards;
  private final int block;

  private ShardPartitioner(int shards, int block) {
    this.shards = shards;
    this.block = block;
  }

  /** Makes as many blocks as can be, up to a number of tasks. */
  static ShardPartitioner atMost(int tasks, int shards) {
    int block = 1;
    while (Math.ceilDiv(shards, block) > tasks) {
      block *= 2;
    }
    return new ShardPartitioner(shards, block);
  }

  /** Makes a partition of each number. */
  static ShardPartitioner each(int numbers) {
    return new ShardPartitioner(numbers, 1);
  }

  @Override
  public int numPartitions() {
    return Math.ceilDiv(shards, block);
  }

  @Override
  public int getPartition(Object shard) {
    return (Integer) shard / block;
  }

  /**
   * Computes something of each shard of a partition, and puts it together in their subtree.
   *
   * @return it alone, or null alone where the partition has no shard with rows
   */
  <T> Iterator<T> together(
      Iterator<Tuple2<Integer, RowBlock>> partition,
      Function<RowBlock, T> each,
      BinaryOperator<T> both) {
    List<T> parts = new ArrayList<>(Collections.nCopies(block, null));
    partition.forEachRemaining(shard -> parts.set(shard._1() % block, each.apply(shard._2())));
    return Collections.singletonList(FixedTree.of(parts, both)).iterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ShardPartitioner that && shards == that.shards && block == that.block;
  }

  @Override
  public int hashCode() {
    return 31 * shards + block;
  }
}
