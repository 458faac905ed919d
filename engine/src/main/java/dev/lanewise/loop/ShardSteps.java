package dev.lanewise.loop;

import dev.lanewise.Batch;
import dev.lanewise.DivergenceException;
import dev.lanewise.Trainer;
import dev.lanewise.data.Batches;
import dev.lanewise.data.RowSource;
import dev.lanewise.internal.train.RefusedRow;
import dev.lanewise.model.Schedule;

/** The steps of a shard in a round, and what they saw: those that a training loop would make. */
final class ShardSteps {
  private final Trainer trainer;
  private final RowSource data;
  private final Batches batches;
  private final Schedule schedule;
  private final Schedule.Unit unit;
  private final double base;

  private long rows;
  private double weight;
  private double sum;

  ShardSteps(
      Trainer trainer, RowSource data, Batches batches, Schedule schedule, Schedule.Unit unit) {
    this.trainer = trainer;
    this.data = data;
    this.batches = batches;
    this.schedule = schedule;
    this.unit = unit;
    this.base = trainer.options().optimizer().learningRate();
  }

  /**
   * Makes the steps of a round.
   *
   * @param round which one, from 0
   * @param roundSteps how many steps each has; 0 for an epoch
   * @param batchSize how many rows a step has
   * @param least a step with fewer rows learns nothing
   */
  void run(long round, int roundSteps, int batchSize, int least) {
    long perEpoch = (data.rows() + batchSize - 1L) / batchSize;
    long perRound = roundSteps == 0 ? perEpoch : roundSteps;
    long step = Math.multiplyExact(round, perRound);
    long end = Math.addExact(step, perRound);
    try {
      while (step < end) {
        long epoch = step / perEpoch;
        batches.shuffle(epoch);
        batches.moveTo((int) (step % perEpoch * batchSize));
        for (; step < end && batches.next(); step++) {
          long time = unit == Schedule.Unit.STEP ? step : epoch;
          trainer.setLearningRate((float) schedule.rate(base, time));
          if (batches.rows() >= least) {
            learn(Batch.of(batches));
          }
        }
      }
      trainer.requireFinite(null);
    } catch (DivergenceException e) {
      String number = NotFinite.first(data);
      throw number == null ? e : e.because(number);
    } catch (RefusedRow e) {
      throw e.at(batches.row(e.row()));
    }
  }

  private void learn(Batch batch) {
    double counts = trainer.weight(batch);
    if (counts > 0) {
      double loss = trainer.step(batch);
      sum += trainer.options().loss().isSum() ? loss : loss * counts;
      weight += counts;
      rows += batches.rows();
    }
  }

  /** Returns from how many rows was learned, those of weight 0 in their batches among them. */
  long rows() {
    return rows;
  }

  /** Returns the weight of these rows. */
  double weight() {
    return weight;
  }

  /** Returns their mean loss, or the sum for a loss that is one; {@code NaN} without any. */
  double loss() {
    return weight == 0 ? Double.NaN : trainer.options().loss().isSum() ? sum : sum / weight;
  }
}
