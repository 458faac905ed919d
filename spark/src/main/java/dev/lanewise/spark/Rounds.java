package dev.lanewise.spark;

import dev.lanewise.loop.LocalModel;
import dev.lanewise.loop.LocalSgd;
import dev.lanewise.loop.ShardModel;
import java.io.IOException;
import java.io.UncheckedIOException;
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
   * @throws UncheckedIOException if a checkpoint cannot be read or written
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
    RoundCheckpoint checkpoint = checkpoint(start);
    LocalModel model = resumed(checkpoint, start);
    Broadcast<Packed> sent = send(model);
    try {
      while (model.round() < rounds) {
        long began = System.nanoTime();
        model = sgd.next(model, average(model, sent));
        Broadcast<Packed> before = sent;
        sent = send(model);
        before.destroy();
        write(checkpoint, model);
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

  /** Returns where models are kept, or null. */
  private RoundCheckpoint checkpoint(LocalModel start) {
    if (settings.checkpoints() == null) {
      return null;
    }
    try {
      return new RoundCheckpoint(
          settings.checkpoints(),
          rows.spark().hadoopConfiguration(),
          RunDescription.of(sgd, rows, start));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LocalModel resumed(RoundCheckpoint checkpoint, LocalModel start) {
    try {
      LocalModel last = checkpoint == null ? null : checkpoint.last(rounds);
      return last == null ? start : last;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(RoundCheckpoint checkpoint, LocalModel model) {
    boolean due = model.round() % settings.interval() == 0 || model.round() == rounds;
    if (checkpoint != null && due) {
      try {
        checkpoint.write(model);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
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
    JavaRDD<Object> parts = rows.blocks().mapPartitions(new RoundTask(sgd, sent, learned));
    long numbers = (long) model.parameters().length + model.buffers().length;
    boolean small = numbers * Float.BYTES * rows.tasks() <= settings.collectLimit();
    return job.run(
        progress(model),
        () ->
            small || rows.tasks() == 1
                ? sgd.average(Packed.models(parts.map(Packed::of).collect()))
                : Slices.average(parts, rows.tasks(), sgd));
  }
}
