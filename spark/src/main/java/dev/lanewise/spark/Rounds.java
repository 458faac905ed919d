package dev.lanewise.spark;

import dev.lanewise.loop.LocalModel;
import dev.lanewise.loop.LocalSgd;
import dev.lanewise.loop.ShardModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;

/**
 * Trains by rounds: each is a job of plain tasks, which may run in any order, on any executor, and
 * more than once. The bits are those of {@link LocalSgd#round} with the same rows.
 */
final class Rounds {
  private final ShardedRows rows;
  private final ShardedRows validation;
  private final LocalSgd sgd;
  private final long rounds;
  private final RoundSettings settings;
  private final SparkJob job;
  private final LongAccumulator learned;

  private Rounds(
      ShardedRows rows, ShardedRows validation, LocalSgd sgd, long rounds, RoundSettings settings) {
    this.rows = rows;
    this.validation = validation;
    this.sgd = sgd;
    this.rounds = rounds;
    this.settings = settings;
    this.job = new SparkJob(rows.spark());
    this.learned = rows.spark().sc().longAccumulator("Lanewise: rows learned from");
  }

  /**
   * Trains.
   *
   * @param rows dealt to as many shards as {@code sgd} has
   * @param validation rows whose loss is computed after each round; null for none
   * @param sgd how to train
   * @param start the model to start from
   * @param rounds how many rounds the model shall have made at the end, at least 0
   * @param settings how to run them
   * @return the model
   * @throws IllegalArgumentException if rows and settings do not fit
   * @throws dev.lanewise.DivergenceException as {@link LocalSgd#learn} does
   */
  static LocalModel run(
      ShardedRows rows,
      ShardedRows validation,
      LocalSgd sgd,
      LocalModel start,
      long rounds,
      RoundSettings settings) {
    if (rows.shards() != sgd.shards()) {
      throw new IllegalArgumentException(
          "rows are dealt to "
              + rows.shards()
              + " shards, but training is set up for "
              + sgd.shards()
              + ": give both the same number");
    }
    return new Rounds(rows, validation, sgd, rounds, settings).run(start);
  }

  private LocalModel run(LocalModel start) {
    LocalModel model = start;
    Broadcast<Packed> sent = send(model);
    try {
      while (model.round() < rounds) {
        long began = System.nanoTime();
        model = sgd.next(model, average(model, sent));
        Broadcast<Packed> before = sent;
        sent = send(model);
        before.destroy();
        double loss =
            validation == null
                ? Double.NaN
                : ValidationLoss.of(validation, sgd, sent, "validation, " + progress(model));
        double seconds = (System.nanoTime() - began) / 1e9;
        settings
            .listener()
            .after(
                new RoundListener.Round(
                    model.round(), rounds, model.rows(), model.loss(), loss, seconds));
      }
      return model;
    } finally {
      sent.destroy();
    }
  }

  private Broadcast<Packed> send(LocalModel model) {
    return rows.spark().broadcast(Packed.of(model.withoutVelocity()));
  }

  private String progress(LocalModel model) {
    String round = "round " + Math.min(model.round() + 1, rounds) + " of " + rounds;
    return Double.isNaN(model.loss())
        ? round
        : round + String.format(Locale.ROOT, ", loss %.4g", model.loss());
  }

  private ShardModel average(LocalModel model, Broadcast<Packed> sent) {
    JavaRDD<Packed> parts = rows.blocks().mapPartitions(new RoundTask(sgd, sent, learned));
    return job.run(progress(model), () -> sgd.average(opened(parts.collect())));
  }

  /** Returns what tasks made, or throws what the first of them threw. */
  private static List<ShardModel> opened(List<Packed> parts) {
    List<ShardModel> models = new ArrayList<>();
    for (Packed part : parts) {
      switch (part.open()) {
        case ShardModel model -> models.add(model);
        case RuntimeException failure -> throw failure;
        case Object other -> throw new IllegalStateException("a task gave " + other);
      }
    }
    return models;
  }
}
