package dev.lanewise.loop;

import java.util.Comparator;
import java.util.List;

/** Averages in the tree that {@link LocalSgd} describes. */
final class ShardTree {
  private final boolean sumsLosses;

  ShardTree(boolean sumsLosses) {
    this.sumsLosses = sumsLosses;
  }

  ShardModel average(List<ShardModel> parts, int shards) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("an average needs at least 1 shard, but there is none");
    }
    List<ShardModel> sorted =
        parts.stream().sorted(Comparator.comparingInt(ShardModel::first)).toList();
    int known = 0;
    for (ShardModel part : sorted) {
      if (part.first() < known) {
        throw new IllegalArgumentException("shard " + part.first() + " is there twice");
      }
      known = part.end();
    }
    if (known > shards) {
      throw new IllegalArgumentException(
          "there are " + shards + " shards, but shard " + (known - 1) + " is to be averaged");
    }
    return node(sorted, 0, shards);
  }

  /** Returns the average of what lies in a range of shards, at least one part. */
  private ShardModel node(List<ShardModel> parts, int from, int to) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    int middle = from + Integer.highestOneBit(to - from - 1);
    int left = 0;
    while (left < parts.size() && parts.get(left).first() < middle) {
      left++;
    }
    if (left > 0 && parts.get(left - 1).end() > middle) {
      ShardModel part = parts.get(left - 1);
      throw new IllegalArgumentException(
          "the average of shards "
              + part.first()
              + " to "
              + (part.end() - 1)
              + " is no subtree: average those before shard "
              + middle
              + " apart from those from it on");
    }
    if (left == 0) {
      return node(parts, middle, to);
    }
    if (left == parts.size()) {
      return node(parts, from, middle);
    }
    return mean(
        node(parts.subList(0, left), from, middle),
        node(parts.subList(left, parts.size()), middle, to));
  }

  private ShardModel mean(ShardModel a, ShardModel b) {
    if (a.parameters().length != b.parameters().length
        || a.buffers().length != b.buffers().length) {
      throw new IllegalArgumentException(
          "shards " + a.first() + " and " + b.first() + " are of different networks");
    }
    double weight = a.weight() + b.weight();
    // Of two that learned nothing the first is as good as the other.
    double part = weight > 0 ? b.weight() / weight : 0;
    double loss =
        part == 0
            ? a.loss()
            : part == 1
                ? b.loss()
                : sumsLosses ? a.loss() + b.loss() : a.loss() + (b.loss() - a.loss()) * part;
    return new ShardModel(
        a.first(),
        b.end(),
        a.rows() + b.rows(),
        weight,
        loss,
        mean(a.parameters(), b.parameters(), (float) part),
        mean(a.buffers(), b.buffers(), (float) part),
        null);
  }

  private static float[] mean(float[] a, float[] b, float part) {
    if (part == 0 || part == 1) {
      return part == 0 ? a : b;
    }
    float[] mean = new float[a.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = a[i] + (b[i] - a[i]) * part;
    }
    return mean;
  }
}
