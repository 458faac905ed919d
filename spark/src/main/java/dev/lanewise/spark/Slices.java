package dev.lanewise.spark;

import dev.lanewise.loop.LocalSgd;
import dev.lanewise.loop.ShardModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Averages large models on executors: each task cuts its model into slices, a slice of all models
 * goes to one owner, and the driver gets the averages of slices, one model in all. An average goes
 * number by number, so it has the same bits.
 */
final class Slices {
  private Slices() {}

  /**
   * Averages.
   *
   * @param parts {@link ShardModel}s, or exceptions of tasks that could make none
   * @param owners into how many slices models are cut
   * @param sgd knows the tree
   * @return the average of all
   * @throws RuntimeException one of the exceptions
   */
  static ShardModel average(JavaRDD<Object> parts, int owners, LocalSgd sgd) {
    JavaRDD<Packed> averages =
        parts
            .flatMapToPair(part -> cut(part, owners))
            .partitionBy(ShardPartitioner.each(owners))
            .mapPartitions(slices -> average(slices, sgd));
    try {
      return joined(Packed.models(averages.collect()));
    } finally {
      // Else each round leaves models on the executors' disks.
      averages.rdd().cleanShuffleDependencies(false);
    }
  }

  private static Iterator<Tuple2<Integer, Packed>> cut(Object part, int owners) {
    Stream<Tuple2<Integer, Packed>> slices =
        part instanceof ShardModel model
            ? IntStream.range(0, owners)
                .mapToObj(s -> new Tuple2<>(s, Packed.of(slice(model, s, owners))))
            : Stream.of(new Tuple2<>(0, Packed.of(part)));
    return slices.iterator();
  }

  private static ShardModel slice(ShardModel model, int s, int owners) {
    return with(model, slice(model.parameters(), s, owners), slice(model.buffers(), s, owners));
  }

  private static float[] slice(float[] numbers, int s, int owners) {
    long length = numbers.length;
    return Arrays.copyOfRange(
        numbers, (int) (length * s / owners), (int) (length * (s + 1) / owners));
  }

  private static Iterator<Packed> average(Iterator<Tuple2<Integer, Packed>> slices, LocalSgd sgd) {
    List<Packed> parts = new ArrayList<>();
    slices.forEachRemaining(slice -> parts.add(slice._2()));
    if (parts.isEmpty()) {
      return Stream.<Packed>empty().iterator();
    }
    Object made;
    try {
      made = sgd.average(Packed.models(parts));
    } catch (RuntimeException e) {
      made = e;
    }
    return List.of(Packed.of(made)).iterator();
  }

  private static ShardModel joined(List<ShardModel> slices) {
    return with(
        slices.getFirst(),
        joined(slices, ShardModel::parameters),
        joined(slices, ShardModel::buffers));
  }

  private static float[] joined(List<ShardModel> slices, Function<ShardModel, float[]> numbers) {
    float[] whole = new float[slices.stream().mapToInt(s -> numbers.apply(s).length).sum()];
    int at = 0;
    for (ShardModel slice : slices) {
      float[] part = numbers.apply(slice);
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    return whole;
  }

  private static ShardModel with(ShardModel model, float[] parameters, float[] buffers) {
    return new ShardModel(
        model.first(),
        model.end(),
        model.rows(),
        model.weight(),
        model.loss(),
        parameters,
        buffers,
        null);
  }
}
