package dev.lanewise.spark;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * Parameters: how training is split over shards and rounds. In a round every shard learns from its
 * own rows, starting from the same model; the average of what they made is the model of the next
 * round. What decides bits does not follow from the cluster, and {@code tasks}, which may, decides
 * none.
 */
public interface RoundParams extends Params {
  /** {@return how many rounds} Default: 20. */
  default IntParam rounds() {
    return Parameter.whole(
        this, "rounds", "how many rounds of learning and averaging, at least 1", 1);
  }

  /** {@return how many rounds} */
  default int getRounds() {
    return (Integer) getOrDefault(rounds());
  }

  /** {@return how many steps a shard makes in a round} Default: 0, an epoch. */
  default IntParam roundSteps() {
    return Parameter.whole(
        this, "roundSteps", "how many steps each shard makes in a round; 0 for all its rows", 0);
  }

  /** {@return how many steps a shard makes in a round; 0 for an epoch} */
  default int getRoundSteps() {
    return (Integer) getOrDefault(roundSteps());
  }

  /** {@return how many rows a step takes from all shards together} Default: 64. */
  default IntParam batchSize() {
    return Parameter.whole(
        this,
        "batchSize",
        "how many rows a step takes from all shards together, a multiple of shards",
        1);
  }

  /** {@return how many rows a step takes from all shards together} */
  default int getBatchSize() {
    return (Integer) getOrDefault(batchSize());
  }

  /** {@return into how many shards rows are dealt} Default: 8. */
  default IntParam shards() {
    return Parameter.powerOfTwo(
        this,
        "shards",
        "into how many shards rows are dealt, a power of two; decides the model's bits, as the"
            + " cluster does not: as many as there may ever be cores in use");
  }

  /** {@return into how many shards rows are dealt} */
  default int getShards() {
    return (Integer) getOrDefault(shards());
  }

  /** {@return how many tasks a round has} Default: 0, as many as the cluster has slots. */
  default IntParam tasks() {
    return Parameter.whole(
        this,
        "tasks",
        "how many tasks train in a round, at most one a shard; 0 for as many as the cluster has"
            + " slots; changes no bit",
        0);
  }

  /** {@return how many tasks a round has; 0 for as many as the cluster has slots} */
  default int getTasks() {
    return (Integer) getOrDefault(tasks());
  }

  /** {@return how much of the velocity of rounds is kept} Default: 0. */
  default DoubleParam outerMomentum() {
    return Parameter.fraction(
        this,
        "outerMomentum",
        "how much of the direction of the rounds before a round goes on with; 0 for averages"
            + " alone");
  }

  /** {@return how much of the velocity of rounds is kept} */
  default double getOuterMomentum() {
    return (Double) getOrDefault(outerMomentum());
  }

  /** {@return what chooses first weights, shards, orders, dropout} Default: 1. */
  default LongParam seed() {
    return Parameter.any(
        this, "seed", "chooses first weights, shards of rows, their order, and dropout");
  }

  /** {@return what chooses first weights, shards, orders, dropout} */
  default long getSeed() {
    return (Long) getOrDefault(seed());
  }

  /** {@return where checkpoints go} Not set: none are written. */
  default Param<String> checkpointDir() {
    return Parameter.column(
        this,
        "checkpointDir",
        "a directory on any Hadoop file system in which each fit keeps checkpoints of its own: run"
            + " again, one that was cut off goes on to the same bits; if not set or empty, none are"
            + " written");
  }

  /** {@return where checkpoints go; empty for none} */
  default String getCheckpointDir() {
    return isDefined(checkpointDir()) ? getOrDefault(checkpointDir()) : "";
  }

  /** {@return after how many rounds a checkpoint is written} Default: 10. */
  default IntParam checkpointInterval() {
    return Parameter.whole(
        this, "checkpointInterval", "after how many rounds a checkpoint is written", 1);
  }

  /** {@return after how many rounds a checkpoint is written} */
  default int getCheckpointInterval() {
    return (Integer) getOrDefault(checkpointInterval());
  }
}
