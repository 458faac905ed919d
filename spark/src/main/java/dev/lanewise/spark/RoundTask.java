package dev.lanewise.spark;

import dev.lanewise.Backend;
import dev.lanewise.DivergenceException;
import dev.lanewise.loop.LocalModel;
import dev.lanewise.loop.LocalSgd;
import dev.lanewise.loop.ShardModel;
import dev.lanewise.model.Layer.Dense;
import dev.lanewise.model.Layer.Residual;
import dev.lanewise.model.Sgd;
import dev.lanewise.model.TrainingOptions.Penalty;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import scala.Tuple2;

/**
 * The part of a round that a task does, on one thread: its shards learn one after the other, and
 * are averaged. Gives one {@link ShardModel}, or what made it fail; nothing where no shard has
 * rows.
 */
final class RoundTask implements FlatMapFunction<Iterator<Tuple2<Integer, RowBlock>>, Object> {
  private static final long serialVersionUID = 1;

  private final LocalSgd sgd;
  private final Broadcast<Packed> model;
  private final LongAccumulator learned;

  RoundTask(LocalSgd sgd, Broadcast<Packed> model, LongAccumulator learned) {
    this.sgd = sgd;
    this.model = model;
    this.learned = learned;
  }

  @Override
  public Iterator<Object> call(Iterator<Tuple2<Integer, RowBlock>> shards) {
    if (!shards.hasNext()) {
      return Collections.emptyIterator();
    }
    Object made;
    try {
      made = learn(shards);
    } catch (DivergenceException | IllegalArgumentException e) {
      // Thrown here, it would be tried again, and hidden in another exception.
      made = e;
    }
    return List.of(made).iterator();
  }

  private ShardModel learn(Iterator<Tuple2<Integer, RowBlock>> shards) {
    LocalModel start = (LocalModel) model.value().open();
    boolean sparsely = learnsSparse(sgd);
    List<ShardModel> parts = new ArrayList<>();
    while (shards.hasNext()) {
      Tuple2<Integer, RowBlock> shard = shards.next();
      RowBlock rows = shard._2();
      ShardModel part =
          sgd.learn(start, shard._1(), rows.given(sparsely && rows.sparse()), Backend.preferred());
      learned.add(part.rows());
      parts.add(part);
      averageWhole(parts, part.end());
    }
    return sgd.average(parts);
  }

  /** Averages the subtrees that end with a shard, so that few models are kept. */
  private void averageWhole(List<ShardModel> parts, int end) {
    for (int size = 2; end % size == 0; size *= 2) {
      int from = parts.size() - 1;
      while (from > 0 && parts.get(from - 1).first() >= end - size) {
        from--;
      }
      List<ShardModel> subtree = parts.subList(from, parts.size());
      if (subtree.size() > 1) {
        ShardModel average = sgd.average(List.copyOf(subtree));
        subtree.clear();
        parts.add(average);
      }
    }
  }

  /** Tells whether a network can be given sparse rows. */
  static boolean readsSparse(LocalSgd sgd) {
    return sgd.layers().getFirst() instanceof Dense
        && sgd.layers().stream().noneMatch(l -> l instanceof Residual r && r.from() < 0);
  }

  /**
   * Tells whether steps with sparse rows give the bits of the same rows given densely: not where
   * what an optimizer remembers, or a penalty, moves weights of inputs that are 0.
   */
  private static boolean learnsSparse(LocalSgd sgd) {
    return readsSparse(sgd)
        && sgd.options().optimizer() instanceof Sgd plain
        && plain.momentum() == 0
        && sgd.options().weightPenalty(0).equals(Penalty.NONE);
  }
}
