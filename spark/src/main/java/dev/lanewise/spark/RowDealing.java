package dev.lanewise.spark;

import dev.lanewise.data.RowShards;
import dev.lanewise.kernel.SparseRows;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** Deals the rows of a partition to shards: few blocks of rows for each shard, not each row. */
final class RowDealing implements PairFlatMapFunction<Iterator<Row>, Integer, RowBlock> {
  private static final long serialVersionUID = 1;

  /** How many numbers a task holds at most before it hands some on: 32 MB. */
  private static final int NUMBERS_HELD = 8 << 20;

  private static final int LEAST = 1 << 14;

  private final RowSchema schema;
  private final int shards;
  private final long seed;

  RowDealing(RowSchema schema, int shards, long seed) {
    this.schema = schema;
    this.shards = shards;
    this.seed = seed;
  }

  @Override
  public Iterator<Tuple2<Integer, RowBlock>> call(Iterator<Row> rows) {
    return new Blocks(rows);
  }

  /** Blocks of rows as they fill, then what is left. */
  private final class Blocks implements Iterator<Tuple2<Integer, RowBlock>> {
    private final Iterator<Row> rows;
    private final RowReader reader = new RowReader(schema);
    private final SparseRows.Builder inputs = new SparseRows.Builder(schema.inputs());
    private final float[] targets = new float[schema.outputs()];
    private final RowBlockBuilder[] builders = new RowBlockBuilder[shards];
    private final Deque<Tuple2<Integer, RowBlock>> full = new ArrayDeque<>();
    private int left;

    Blocks(Iterator<Row> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      int most = Math.max(LEAST, NUMBERS_HELD / shards);
      while (full.isEmpty() && rows.hasNext()) {
        reader.read(rows.next());
        long hash = hash();
        int shard = RowShards.shard(hash, shards);
        if (builders[shard] == null) {
          builders[shard] = new RowBlockBuilder(schema);
        }
        builders[shard].add(reader, hash);
        if (builders[shard].size() >= most) {
          full.add(new Tuple2<>(shard, builders[shard].build()));
        }
      }
      while (full.isEmpty() && left < shards) {
        RowBlockBuilder builder = builders[left];
        builders[left] = null;
        if (builder != null && builder.size() > 0) {
          full.add(new Tuple2<>(left, builder.build()));
        }
        left++;
      }
      return !full.isEmpty();
    }

    @Override
    public Tuple2<Integer, RowBlock> next() {
      if (!hasNext()) {
        throw new NoSuchElementException("there is no further block");
      }
      return full.remove();
    }

    private long hash() {
      inputs.clear();
      inputs.add(reader.pairs(), reader.columns(), 0, reader.values(), 0);
      int target = schema.classes() ? (int) reader.label() : 0;
      targets[target] = schema.classes() ? 1 : reader.label();
      long hash = RowShards.hash(seed, inputs.rows(), 0, schema.outputs(), targets, 0);
      targets[target] = 0;
      return hash;
    }
  }
}
