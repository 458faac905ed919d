package dev.lanewise.spark;

import dev.lanewise.data.RowShards;
import dev.lanewise.data.RowSource;
import dev.lanewise.kernel.SparseRows;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import scala.Tuple2;

/** Makes one block of each shard's blocks, which come together: its rows in the shard's order. */
final class ShardSorting
    implements PairFlatMapFunction<Iterator<Tuple2<Integer, RowBlock>>, Integer, RowBlock> {
  private static final long serialVersionUID = 1;

  private final RowSchema schema;
  private final long seed;

  ShardSorting(RowSchema schema, long seed) {
    this.schema = schema;
    this.seed = seed;
  }

  @Override
  public Iterator<Tuple2<Integer, RowBlock>> call(Iterator<Tuple2<Integer, RowBlock>> blocks) {
    return new Iterator<>() {
      private Tuple2<Integer, RowBlock> ahead;

      @Override
      public boolean hasNext() {
        return ahead != null || blocks.hasNext();
      }

      @Override
      public Tuple2<Integer, RowBlock> next() {
        if (!hasNext()) {
          throw new NoSuchElementException("there is no further shard");
        }
        Tuple2<Integer, RowBlock> first = ahead == null ? blocks.next() : ahead;
        List<RowBlock> parts = new ArrayList<>(List.of(first._2()));
        ahead = null;
        while (ahead == null && blocks.hasNext()) {
          Tuple2<Integer, RowBlock> block = blocks.next();
          if (block._1().equals(first._1())) {
            parts.add(block._2());
          } else {
            ahead = block;
          }
        }
        return new Tuple2<>(first._1(), sorted(first._1(), parts));
      }
    };
  }

  private RowBlock sorted(int shard, List<RowBlock> parts) {
    long rows = 0;
    long pairs = 0;
    long fingerprint = 0;
    for (RowBlock part : parts) {
      rows += part.rows();
      pairs += part.pairs();
      fingerprint += part.fingerprint();
    }
    boolean whole = RowBlock.isWhole(schema, rows, pairs);
    if (rows > RowBlock.LONGEST || (!whole && pairs > RowBlock.LONGEST)) {
      throw new RefusedRow(
          "shard "
              + shard
              + " has "
              + rows
              + " rows with "
              + pairs
              + " inputs that are not 0; expected at most "
              + RowBlock.LONGEST
              + " of either: take more shards");
    }
    RowSource source = RowShards.sorted(new RowBlocks(schema, parts, !whole), seed);
    int inputs = schema.inputs();
    float[] x = whole ? new float[(int) (rows * inputs)] : null;
    int[] starts = whole ? null : new int[(int) rows + 1];
    int[] columns = whole ? null : new int[(int) pairs];
    float[] values = whole ? null : new float[(int) pairs];
    float[] labels = new float[(int) rows];
    float[] weights = schema.weight() == null ? null : new float[labels.length];
    float[] numbers = new float[whole ? inputs : 0];
    SparseRows.Builder builder = new SparseRows.Builder(inputs);
    float[] targets = new float[schema.outputs()];
    float[] weight = new float[1];
    int[] row = new int[1];
    for (int r = 0; r < labels.length; r++) {
      row[0] = r;
      if (whole) {
        source.gather(row, 0, 1, numbers, targets, weight);
        System.arraycopy(numbers, 0, x, r * inputs, inputs);
      } else {
        source.gather(row, 0, 1, builder, targets, weight);
        SparseRows named = builder.rows();
        System.arraycopy(named.indices(), 0, columns, starts[r], named.nnz());
        System.arraycopy(named.values(), 0, values, starts[r], named.nnz());
        starts[r + 1] = starts[r] + named.nnz();
      }
      labels[r] = schema.classes() ? place(targets) : targets[0];
      if (weights != null) {
        weights[r] = weight[0];
      }
    }
    return new RowBlock(schema, x, starts, columns, values, labels, weights, pairs, fingerprint);
  }

  /** Returns where the 1 is. */
  private static int place(float[] targets) {
    int place = 0;
    while (targets[place] == 0) {
      place++;
    }
    return place;
  }
}
